import { z } from 'zod';
import { isoDay, wallTime } from './setting-values.ts';

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const;

const exception = z.strictObject({
  day: isoDay.describe('A day on which there would have been a meeting.'),
  movedTo: z
    .strictObject({ day: isoDay, time: wallTime.optional().describe('The usual time where left out.') })
    .optional(),
  cancelled: z.literal(true).optional(),
});

/** When a school's EHT meets, and when its list is posted. */
export const eht = z.strictObject({
  weekday: z.enum(weekdays),
  time: wallTime.describe('When the meeting begins.'),
  minutes: z.number().int().min(10).max(480).describe('How long it lasts.').default(60),
  everyWeeks: z.number().int().min(1).max(12).describe('1 is every week, 2 every other.').default(1),
  from: isoDay.describe('The day of the first meeting; the weeks are counted from it.'),
  listAt: wallTime.describe('The list is posted then, on the school day before.').default('14:00'),
  exceptions: z
    .array(exception)
    .max(60)
    .default([])
    .describe('Meetings that are moved or cancelled. On a closed day there is none anyway.'),
});

export type EhtSettings = z.infer<typeof eht>;
