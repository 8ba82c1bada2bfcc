import { z } from 'zod';

const day = z.iso.date();

/**
 * Every verb a card can send, with what it carries: ids only, everything else is read again. One object types both the
 * card that sends it and the handler that receives it.
 */
export const verbs = {
  /** "I have made contact with this pupil today." Keyed on pupil and day, so that a repeat or a twin changes nothing. */
  'followUp.contacted': z.strictObject({
    pupil: z.uuid(),
    day,
    group: z.uuid(),
    page: z.number().int().min(0).max(20),
  }),
  /** Another page of a large group's card; changes nothing. */
  'morning.page': z.strictObject({ group: z.uuid(), day, page: z.number().int().min(0).max(20) }),
  /** Post a held morning's cards anyway. */
  'morning.release': z.strictObject({ school: z.string().min(1).max(63), day }),
} as const;

export type Verb = keyof typeof verbs;
export type VerbPayload<V extends Verb> = z.infer<(typeof verbs)[V]>;
