import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';

/**
 * The fields of Microsoft Graph that Sedd uses, and no others. What somebody has written about why they are away comes along
 * in both answers, and is dropped here.
 */
const presence = z.object({
  id: z.string(),
  activity: z.string().nullish().catch(undefined),
  outOfOfficeSettings: z.object({ isOutOfOffice: z.boolean().nullish() }).nullish().catch(undefined),
});

export const presencePage = z.object({
  value: z.array(z.unknown()),
  '@odata.nextLink': z.string().nullish(),
});

export const batchAnswer = z.object({ responses: z.array(z.unknown()) });

export const batchPart = z.object({
  id: z.string(),
  status: z.number().int(),
  headers: z.record(z.string(), z.unknown()).nullish().catch(undefined),
  body: z.unknown().optional(),
});

const moment = z.object({ dateTime: z.string(), timeZone: z.string() });

const automaticReplies = z.object({
  status: z.string(),
  scheduledStartDateTime: moment.nullish().catch(undefined),
  scheduledEndDateTime: moment.nullish().catch(undefined),
});

/** The account that a presence says is out of office; undefined where it says anything else. */
export function outOfOffice(given: unknown): string | undefined {
  const { data } = presence.safeParse(given);
  if (data === undefined) return undefined;
  const isOut =
    data.activity?.toLowerCase() === 'outofoffice' || data.outOfOfficeSettings?.isOutOfOffice === true;
  return isOut ? data.id.toLowerCase() : undefined;
}

/** Whether a mailbox answers by itself at that moment. Times that cannot be read say nothing. */
export function repliesAt(given: unknown, now: Temporal.Instant): boolean {
  const { data } = automaticReplies.safeParse(given);
  if (data === undefined) return false;
  if (data.status.toLowerCase() === 'alwaysenabled') return true;
  const [from, to] = [instantOf(data.scheduledStartDateTime), instantOf(data.scheduledEndDateTime)];
  if (data.status.toLowerCase() !== 'scheduled' || from === undefined || to === undefined) return false;
  return Temporal.Instant.compare(from, now) <= 0 && Temporal.Instant.compare(now, to) < 0;
}

function instantOf(given: z.infer<typeof moment> | null | undefined): Temporal.Instant | undefined {
  if (given === null || given === undefined) return undefined;
  try {
    return Temporal.PlainDateTime.from(given.dateTime).toZonedDateTime(given.timeZone).toInstant();
  } catch {
    // Outlook also knows zones by names of its own; without them nobody is said to be away.
    return undefined;
  }
}
