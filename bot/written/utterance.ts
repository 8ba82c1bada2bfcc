import type { ContactMethod, Counterpart } from '../../services/storage/tables/follow-up.ts';
import { type BindTarget, bindTargets } from './bind-targets.ts';
import { commands } from './commands.ts';
import { readSpan, type WrittenSpan } from './days.ts';
import { endOf, makeGrammar, type Part, partsOf } from './grammar.ts';
import { readers } from './readers.ts';
import { reports } from './reports.ts';
import { part, readSentence, type Sentence } from './sentence.ts';
import { negations, noNames, noSlips, words } from './words.ts';
import { isNegation, nameIn } from './written-names.ts';

/** What somebody wants of Sedd. Names are as they were written, a Swedish genitive s with them. */
export type Utterance =
  | ({ readonly kind: 'contacted' | 'notReached'; readonly name: string } & ContactDetails)
  /** Without a name: what one did last. */
  | { readonly kind: 'undo'; readonly name?: string }
  | {
      readonly kind: 'mine' | 'status' | 'help' | 'open' | 'remindAll' | 'digest' | 'eht' | 'steps' | 'cases';
    }
  /** Without a member of staff: who is it, or who can it be? */
  | { readonly kind: 'contactPerson'; readonly pupil: string; readonly staff?: string }
  | { readonly kind: 'endContactPerson'; readonly pupil: string }
  /** Without `away` it is whoever writes; `from` and `to` as `resolveDays` reads them. */
  | ({ readonly kind: 'standIn'; readonly away?: string; readonly standIn?: string } & WrittenSpan)
  | { readonly kind: 'endStandIn'; readonly away?: string; readonly standIn?: string }
  /** Without targets: which ones can it be? */
  | { readonly kind: 'bind' | 'unbind'; readonly targets: readonly BindTarget[] }
  /** The filters as they were written; '' where there are none. */
  | { readonly kind: 'pupils'; readonly filters: string }
  | { readonly kind: 'pupil'; readonly name: string }
  | { readonly kind: 'unknown'; readonly text: string };

export interface ContactDetails {
  readonly method?: ContactMethod;
  readonly counterpart?: Counterpart;
}

/** More words than a command has: what is longer is told to somebody else. */
const MOST_WORDS = 40;
const LONGEST_THANKS = 3;

const grammar = makeGrammar({ ...words, ...commands, ...reports }, readers, [
  ...negations,
  ...noNames,
  ...noSlips,
]);

interface Reading {
  readonly sentence: Sentence;
  readonly parts: readonly Part[];
  /** It was asked and not said: *Kontaktad Oscar?* */
  readonly isQuestion: boolean;
}

type Intent = readonly [rule: string, make: (reading: Reading) => Utterance | undefined];

/** From the surest; of the last two, what was not done comes before what was. */
const intents: readonly Intent[] = [
  ...(['help', 'status', 'mine', 'steps', 'cases', 'open', 'digest', 'eht'] as const).map(
    (kind) => [kind, () => ({ kind })] as const satisfies Intent,
  ),
  ['remindAll', unasked(() => ({ kind: 'remindAll' }))],
  ['undo', unasked((reading) => ({ kind: 'undo', ...optional('name', nameOf(reading, 'name')) }))],
  ['endContactPerson', unasked(endContactPerson)],
  ['contactPerson', contactPerson],
  ['endStandIn', unasked((reading) => ({ kind: 'endStandIn', ...staffOf(reading) }))],
  ['standIn', unasked((reading) => ({ kind: 'standIn', ...staffOf(reading), ...spanOf(reading) }))],
  ['unbind', unasked((reading) => ({ kind: 'unbind', targets: targetsOf(reading) }))],
  ['bind', unasked((reading) => ({ kind: 'bind', targets: targetsOf(reading) }))],
  ['notReached', unasked((reading) => report('notReached', reading))],
  ['contacted', unasked(contacted)],
  ['pupils', (reading) => ({ kind: 'pupils', filters: textOf(reading, 'filters') })],
  ['pupilPage', pupilPage],
];

/**
 * Reads what somebody wrote to Sedd, Swedish or English. Never throws, and takes no longer than the text is long. What could
 * be read as done and as not done is `unknown`: rather nothing recorded than the wrong thing.
 */
export function parseUtterance(given: string): Utterance {
  const whole = readSentence(given);
  const unknown = { kind: 'unknown', text: whole.text } as const;
  if (whole.words.length > MOST_WORDS) return unknown;
  const { said, isRequest } = withoutCourtesy(whole);
  if (said.words.length === 0) return { kind: 'help' };
  const isQuestion = !isRequest && whole.text.includes('?');
  for (const [rule, make] of intents) {
    const parts = partsOf(grammar, rule, said);
    const utterance = parts === undefined ? undefined : make({ sentence: said, parts, isQuestion });
    if (utterance !== undefined) return utterance;
  }
  return unknown;
}

/** Without *hej Sedd, kan du* and *tack*. */
function withoutCourtesy(whole: Sentence): { readonly said: Sentence; readonly isRequest: boolean } {
  let from = 0;
  let isRequest = false;
  for (;;) {
    const asked = endOf(grammar, 'request', whole, from);
    const next = asked ?? endOf(grammar, 'greeting', whole, from);
    if (next === undefined) return { said: withoutThanks(part(whole, from, whole.words.length)), isRequest };
    isRequest ||= asked !== undefined;
    from = next;
  }
}

function withoutThanks(sentence: Sentence): Sentence {
  const { length } = sentence.words;
  for (let count = Math.min(length, LONGEST_THANKS); count > 0; count -= 1) {
    if (partsOf(grammar, 'thanks', part(sentence, length - count, length)) !== undefined)
      return withoutThanks(part(sentence, 0, length - count));
  }
  return sentence;
}

/** A question changes nothing; where it was a request (*kan du …?*) it is none. */
function unasked(
  make: (reading: Reading) => Utterance | undefined,
): (reading: Reading) => Utterance | undefined {
  return (reading) => (reading.isQuestion ? undefined : make(reading));
}

/** No phrase of contact has a no in it; should one come to have, it still is not contact. */
function contacted(reading: Reading): Utterance | undefined {
  return reading.sentence.words.some(isNegation) ? undefined : report('contacted', reading);
}

function report(kind: 'contacted' | 'notReached', reading: Reading): Utterance | undefined {
  const name = nameOf(reading, 'name');
  if (name === undefined) return undefined;
  return {
    kind,
    name,
    ...optional('method', methodOf(reading)),
    ...optional('counterpart', counterpartOf(reading)),
  };
}

const METHODS: readonly (readonly [rule: string, method: ContactMethod])[] = [
  ['phone', 'phone'],
  ['sms', 'sms'],
  ['inPerson', 'inPerson'],
  ['homeVisit', 'homeVisit'],
  ['called', 'phone'],
  ['met', 'inPerson'],
  ['visited', 'homeVisit'],
];

const COUNTERPARTS: readonly (readonly [rule: string, counterpart: Counterpart])[] = [
  ['guardian', 'guardian'],
  ['guardianAfter', 'guardian'],
  ['other', 'other'],
  ['otherAfter', 'other'],
  ['pupil', 'pupil'],
  ['self', 'pupil'],
  ['talked', 'pupil'],
  ['met', 'pupil'],
];

function methodOf({ parts }: Reading): ContactMethod | undefined {
  return METHODS.find(([rule]) => parts.some((each) => each.rule === rule))?.[1];
}

function counterpartOf({ parts }: Reading): Counterpart | undefined {
  return COUNTERPARTS.find(([rule]) => parts.some((each) => each.rule === rule))?.[1];
}

function contactPerson(reading: Reading): Utterance | undefined {
  const pupil = nameOf(reading, 'pupilName');
  const staff = nameOf(reading, 'staff');
  if (pupil === undefined || (staff !== undefined && reading.isQuestion)) return undefined;
  return { kind: 'contactPerson', pupil, ...optional('staff', staff) };
}

function endContactPerson(reading: Reading): Utterance | undefined {
  const pupil = nameOf(reading, 'pupilName');
  return pupil === undefined ? undefined : { kind: 'endContactPerson', pupil };
}

function staffOf(reading: Reading): { readonly away?: string; readonly standIn?: string } {
  return { ...optional('away', nameOf(reading, 'away')), ...optional('standIn', nameOf(reading, 'staff')) };
}

function spanOf(reading: Reading): WrittenSpan {
  const there = reading.parts.find(({ rule }) => rule === 'days');
  return (there && readSpan(reading.sentence, there.from)?.span) ?? {};
}

function targetsOf({ sentence, parts }: Reading): readonly BindTarget[] {
  const there = parts.find(({ rule }) => rule === 'targets');
  return there === undefined ? [] : bindTargets(sentence, there.from, there.to);
}

/** What stands there as it was written; '' where the rule is not there. */
function textOf({ sentence: { text, words }, parts }: Reading, rule: string): string {
  const there = parts.find((each) => each.rule === rule);
  return there === undefined ? '' : text.slice(words[there.from]?.start, words[there.to - 1]?.end);
}

function pupilPage(reading: Reading): Utterance | undefined {
  const name = nameOf(reading, 'pupilName');
  return name === undefined ? undefined : { kind: 'pupil', name };
}

function nameOf({ sentence, parts }: Reading, rule: string): string | undefined {
  const there = parts.find((each) => each.rule === rule);
  return there && nameIn(sentence, there.from, there.to);
}

function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V };
}
