import { z } from 'zod';
import { declineReasons } from '../services/routine/end-case.ts';
import { notNeededReasons } from '../services/routine/finish-step.ts';
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
/** What a day or a list gives that nobody has chosen from: nothing. */
const givenDay = day.optional().catch(undefined);
const givenId = id.optional().catch(undefined);
const routineCase = z.object({ case: id, on });
const step = z.object({ step: id, version, on });
const caseIds = z
  .string()
  .max(8_000)
  .transform((text) => text.split(',').filter(Boolean))
  .pipe(z.array(id).max(100));
const followUp = z.object({ followUp: id, version, on });
const ehtPupil = z.object({ on, pupil: id });
const ehtStep = ehtPupil.extend({ step: id, version });
const ehtPoint = ehtPupil.extend({ point: id });
/** Without a pupil, it stands on a summary or a reminder. */
const ehtDecision = z.object({ on, pupil: id.optional(), decision: id });
const notNeeded = z
  .enum(['alreadyDone', 'otherMeasure', 'absenceCeased', 'wrongData', 'handledElsewhere'])
  .optional()
  .catch(undefined);
const schoolDays = z.enum(['5', '10', '20']).optional().catch(undefined);

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
  /** Opens a case of the routine; changes nothing. */
  'routine.openCase': routineCase,
  /** From now on its steps are somebody's to do. */
  'routine.accept': routineCase,
  /** The same for the cases that the card showed. */
  'routine.acceptAll': z.object({ cases: caseIds, on }),
  /** Says no to a proposal, for a reason from the list. */
  'routine.decline': routineCase.extend({ reason: z.enum(declineReasons).optional().catch(undefined) }),
  'routine.close': routineCase,
  'routine.withdraw': routineCase,
  /** It goes on, whatever it asked for. */
  'routine.keep': routineCase,
  /** Opens what can be said of a step; changes nothing. */
  'routine.openStep': step,
  /** Done today; of a letter that it has been sent on. */
  'routine.stepDone': step,
  /** Done on the day that was chosen. */
  'routine.stepDoneOn': step.extend({ doneDay: givenDay }),
  'routine.stepNotNeeded': step.extend({ reason: z.enum(notNeededReasons).optional().catch(undefined) }),
  'routine.stepMoreTime': step.extend({ until: givenDay }),
  'routine.stepHandOver': step.extend({ to: givenId }),
  /** Makes somebody the pupil's contact person, which is what the step asks for. */
  'routine.stepAppoint': step.extend({ contactPerson: givenId }),
  /** Takes back that a step was done or not needed. */
  'routine.stepUndo': step,
  'routine.letterChosen': step,
  'routine.letterApproved': step,
  /** Takes back that a letter was chosen or approved. */
  'routine.letterBack': step,
  /** One pupil of EHT's list, for whoever pressed; changes nothing. */
  'eht.open': ehtPupil,
  /** "Annat": what else can be said of a step; changes nothing. */
  'eht.askStep': ehtStep,
  'eht.stepDone': ehtStep,
  /** Nothing is chosen where a client sends no more. */
  'eht.stepNotNeeded': ehtStep.extend({ reason: notNeeded }),
  /** So many school days more. */
  'eht.stepMoreTime': ehtStep.extend({ time: schoolDays }),
  'eht.tick': ehtPoint,
  'eht.untick': ehtPoint,
  'eht.takeUp': ehtPupil,
  'eht.putBack': ehtPupil,
  /** The form for a new decision; changes nothing. */
  'eht.askDecision': ehtPupil,
  'eht.decide': ehtPupil.extend({
    choice: z.string().max(100).default(''),
    owner: z.string().max(200).default(''),
    due: schoolDays,
  }),
  'eht.decisionDone': ehtDecision,
  'eht.decisionReopened': ehtDecision,
  'eht.decisionWithdrawn': ehtDecision,
  'eht.close': z.object({ on }),
  /** A school's pupils in the routine, as they are chosen on the card; changes nothing. */
  'pupils.show': z.object({ on, ...pupilFilterFields }),
  /** One pupil's page, in a dialog where the client opens one; that it was opened is put down. */
  'pupil.open': z.object({ on, pupil: id, ...pupilFilterFields }),
  /** Post a held morning's cards anyway. */
  'morning.release': z.object({ school: z.string().min(1).max(63), day }),
  /** Show a reading that is held on a morning's cards all the same. */
  'morning.acceptReading': z.object({ reading: id }),
} as const;

export type Verb = keyof typeof verbs;
export type VerbPayload<V extends Verb> = z.output<(typeof verbs)[V]>;
