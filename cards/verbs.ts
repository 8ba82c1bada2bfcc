import { z } from 'zod';
import { type Chosen, parseChosen } from './chosen.ts';
import { type On, parseOn } from './on.ts';
import { pupilFilterFields } from './pupil-filter-data.ts';

const day = z.iso.date();
const id = z.string().min(1).max(100);
const on = z
  .string()
  .max(240)
  .transform((text, context): On => {
    const parsed = parseOn(text);
    if (parsed !== undefined) return parsed;
    context.addIssue('no card of ours');
    return z.NEVER;
  });
const version = z.number().int().min(0);
const method = z.enum(['phone', 'sms', 'inPerson', 'homeVisit']);
const counterpart = z.enum(['guardian', 'pupil', 'other']);
const chosen = z
  .string()
  .max(8_000)
  .default('')
  .transform((text, context): readonly Chosen[] => {
    const parsed = parseChosen(text);
    if (parsed !== undefined) return parsed;
    context.addIssue('no choice of ours');
    return z.NEVER;
  });
const followUp = z.object({ followUp: id, version, on });

/**
 * Every verb a card can send, with what it carries: ids only, everything else is read again. One object types both the
 * card that sends it and the handler that receives it. What an input on the card adds that a verb does not name is dropped.
 */
export const verbs = {
  /** "Kontaktad": opens the question how it went; changes nothing. */
  'followUp.ask': followUp,
  /** "I have reached somebody." Keyed on the follow-up, so that a repeat or a twin changes nothing. */
  'followUp.contacted': followUp.extend({ method: method.optional(), counterpart: counterpart.optional() }),
  /** "I have tried, and reached nobody." Once for each version. */
  'followUp.notReached': followUp.extend({ method: method.optional(), counterpart: counterpart.optional() }),
  /** Takes a contact back: the one that is named. */
  'followUp.undo': followUp.extend({ contact: id }),
  /** Hands the follow-up to a colleague, chosen on the card. */
  'followUp.handOver': followUp.extend({ to: id }),
  /** Opens the form for several pupils at once; changes nothing. */
  'followUp.several': z.object({ on }),
  /** The same for all who are chosen: ids of follow-ups, as a choice set gives them, separated by commas. */
  'followUp.severalDone': z.object({
    on,
    outcome: z.enum(['reached', 'notReached']),
    method: method.optional(),
    counterpart: counterpart.optional(),
    chosen,
  }),
  /** Shows the card again, or another page of it; changes nothing. */
  'card.show': z.object({ on }),
  /** The open follow-ups of the school's day, one by one. */
  'digest.listOpen': z.object({ on }),
  /** Reminds everybody who answers for an open follow-up, except whoever asks. */
  'digest.remindAll': z.object({ on }),
  /** A school's pupils in the routine, as they are chosen on the card; changes nothing. */
  'pupils.show': z.object({ on, ...pupilFilterFields }),
  /** One pupil's page, in a dialog where the client opens one; that it was opened is put down. */
  'pupil.open': z.object({ on, pupil: id, ...pupilFilterFields }),
  /** Post a held morning's cards anyway. */
  'morning.release': z.object({ school: z.string().min(1).max(63), day }),
} as const;

export type Verb = keyof typeof verbs;
export type VerbPayload<V extends Verb> = z.output<(typeof verbs)[V]>;
