import type { TextKey, Translator } from '../locales/translator.ts';
import { type NotNeededReason, notNeededReasons } from '../services/routine/finish-step.ts';
import { nextStage } from '../services/routine/letter-stage.ts';
import type { StepLine } from '../services/routine/step-line.ts';
import { pupilText } from './pupil-name.ts';
import type { Offered, StepOffers } from './step-panel.ts';
import { takeOnText } from './step-text.ts';
import { asLabel } from './text.ts';
import type { Verb } from './verbs.ts';

const REASONS = {
  alreadyDone: 'steps.reason.alreadyDone',
  otherMeasure: 'steps.reason.otherMeasure',
  absenceCeased: 'steps.reason.absenceCeased',
  wrongData: 'steps.reason.wrongData',
  handledElsewhere: 'steps.reason.handledElsewhere',
} as const satisfies Readonly<Record<NotNeededReason, TextKey>>;

/** More than this a list on a card does not hold. */
const MOST_CHOICES = 60;

interface Ask {
  readonly choiceSets: readonly object[];
  readonly dates: readonly object[];
  readonly hint: string;
  readonly buttons: readonly {
    readonly title: string;
    readonly verb: Verb;
    readonly inputs: 'auto' | 'none';
  }[];
}

const none: Ask = { choiceSets: [], dates: [], hint: '', buttons: [] };

/** What can be said of a step, each with what has to be chosen for it: what it takes to do it comes first. */
export function stepAsks(step: StepLine, offers: StepOffers, words: Translator): readonly Ask[] {
  if (step.state === 'done' || step.state === 'notNeeded') return [undo(words)];
  if (step.state !== 'open') return [];
  return [...doing(step, offers, words), notNeeded(words), moreTime(step, words), ...handOver(offers, words)];
}

function doing(step: StepLine, offers: StepOffers, words: Translator): readonly Ask[] {
  if (step.kind === 'contactPerson') return [appoint(step, offers, words)];
  const next = step.kind === 'guardianLetter' ? nextStage(step.stages) : 'sent';
  const back = step.stages.length === 0 ? [] : [takeBack(step, words)];
  if (next === 'chosen' || next === 'approved') return [{ ...none, buttons: [takeOn(next, words), ...back] }];
  const title = step.kind === 'guardianLetter' ? takeOnText('sent', words) : words.t('steps.doneToday');
  const today = { title, verb: 'routine.stepDone', inputs: 'none' } as const;
  return [{ ...none, buttons: [today, ...back] }, doneEarlier(offers, words)];
}

function takeOn(stage: 'chosen' | 'approved', words: Translator): Ask['buttons'][number] {
  const verb = stage === 'chosen' ? 'routine.letterChosen' : 'routine.letterApproved';
  return { title: takeOnText(stage, words), verb, inputs: 'none' };
}

function takeBack({ stages }: StepLine, words: Translator): Ask['buttons'][number] {
  const last = stages.at(-1)?.stage ?? 'chosen';
  return {
    title: words.t(last === 'approved' ? 'steps.takeBack.approved' : 'steps.takeBack.chosen'),
    verb: 'routine.letterBack',
    inputs: 'none',
  };
}

function doneEarlier({ today, firstDay }: StepOffers, words: Translator): Ask {
  const span = { min: firstDay.toString(), max: today.toString() };
  return {
    ...none,
    dates: [{ id: 'doneDay', label: words.t('steps.doneOnLabel'), ...span }],
    buttons: [{ title: words.t('steps.doneOn'), verb: 'routine.stepDoneOn', inputs: 'auto' }],
  };
}

/** Appointing is what does it: by whatever way it is said. */
function appoint(step: StepLine, { contactPersons }: StepOffers, words: Translator): Ask {
  const isNamed = step.pupil.reference === undefined;
  const choiceSets = choiceSet('contactPerson', contactPersons, {
    label: words.t('steps.contactPersonLabel'),
    placeholder: words.t('steps.chooseContactPerson'),
  });
  return {
    ...none,
    choiceSets,
    hint: isNamed ? words.t('steps.contactPersonHint', { name: pupilText(step.pupil, words) }) : '',
    buttons:
      choiceSets.length === 0
        ? [{ title: words.t('steps.doneToday'), verb: 'routine.stepDone', inputs: 'none' }]
        : [{ title: words.t('steps.appoint'), verb: 'routine.stepAppoint', inputs: 'auto' }],
  };
}

function notNeeded(words: Translator): Ask {
  const choices = notNeededReasons.map((value) => ({ value, title: words.t(REASONS[value]) }));
  const label = words.t('steps.notNeededLabel');
  return {
    ...none,
    choiceSets: [{ id: 'reason', label, placeholder: words.t('steps.chooseReason'), choices }],
    buttons: [{ title: words.t('steps.notNeeded'), verb: 'routine.stepNotNeeded', inputs: 'auto' }],
  };
}

function moreTime({ dueDay }: StepLine, words: Translator): Ask {
  const [min, max] = [dueDay.add({ days: 1 }).toString(), dueDay.add({ years: 1 }).toString()];
  return {
    ...none,
    dates: [{ id: 'until', label: words.t('steps.moreTimeLabel'), min, max }],
    buttons: [{ title: words.t('steps.moreTime'), verb: 'routine.stepMoreTime', inputs: 'auto' }],
  };
}

function handOver({ colleagues }: StepOffers, words: Translator): readonly Ask[] {
  const choiceSets = choiceSet('to', colleagues, {
    label: words.t('contact.handOverLabel'),
    placeholder: words.t('contact.chooseColleague'),
  });
  if (choiceSets.length === 0) return [];
  const button = {
    title: words.t('contact.handOver'),
    verb: 'routine.stepHandOver',
    inputs: 'auto',
  } as const;
  return [{ ...none, choiceSets, buttons: [button] }];
}

function undo(words: Translator): Ask {
  return { ...none, buttons: [{ title: words.t('contact.undo'), verb: 'routine.stepUndo', inputs: 'none' }] };
}

function choiceSet(
  id: string,
  people: readonly Offered[],
  labels: { readonly label: string; readonly placeholder: string },
): readonly object[] {
  const choices = people
    .slice(0, MOST_CHOICES)
    .map(({ staffId, name }) => ({ value: staffId, title: asLabel(name) }));
  return choices.length === 0 ? [] : [{ id, ...labels, choices }];
}
