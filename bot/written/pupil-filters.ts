import type { Metric } from '../../services/config/routine.ts';
import { groupKey } from '../../services/morning/morning-posts.ts';
import { EVERYBODY, type PupilFilter } from '../../services/pupils/pupil-filter.ts';
import { plain } from './spelling.ts';

/** What a school has that a list can be narrowed to. */
export interface FilterChoices {
  readonly levels: readonly { readonly key: string; readonly name: string }[];
  readonly groups: readonly string[];
  readonly metrics: readonly { readonly metric: Metric; readonly name: string }[];
}

export interface WrittenFilter {
  readonly filter: PupilFilter;
  /** What says nothing, as it was written. */
  readonly unknown: readonly string[];
}

/** How many of the words from here on say something, and what. */
interface Match {
  readonly count: number;
  readonly narrows: Partial<PupilFilter>;
}

type Matcher = (words: readonly string[], choices: FilterChoices) => Match | undefined;

const BETWEEN = new Set('och and samt i in pa at med with som who har have ar is niva level'.split(' '));
const MOST_WORDS_OF_A_NAME = 12;

/** The longest names first, so that what is part of one is not taken for something else. */
const matchers: readonly Matcher[] = [
  wholeLevel,
  grade,
  group,
  withoutContactPerson,
  overdue,
  metric,
  partOfLevel,
];

/** Reads *8B utan kontaktperson, försenade*: in any order, Swedish or English. */
export function pupilFilters(text: string, choices: FilterChoices): WrittenFilter {
  const written = text.split(/[\s,;.:!?"“”«»]+/).filter(Boolean);
  const words = written.map(plain);
  let filter = EVERYBODY;
  const unknown: string[] = [];
  for (let at = 0; at < words.length; ) {
    const found = firstOf(words.slice(at), choices);
    if (found !== undefined) filter = { ...filter, ...found.narrows };
    else if (!BETWEEN.has(words[at] ?? '')) unknown.push(written[at] ?? '');
    at += found?.count ?? 1;
  }
  return { filter, unknown };
}

function firstOf(words: readonly string[], choices: FilterChoices): Match | undefined {
  for (const matcher of matchers) {
    const found = matcher(words, choices);
    if (found !== undefined) return found;
  }
  return undefined;
}

function wholeLevel(words: readonly string[], { levels }: FilterChoices): Match | undefined {
  const named = levels.map(({ key, name }) => ({ key, parts: wordsOf(name) }));
  const longest = named.toSorted((a, b) => b.parts.length - a.parts.length);
  const found = longest.find(({ parts }) => parts.length > 0 && startsWith(words, parts));
  if (found !== undefined) return { count: found.parts.length, narrows: { level: found.key } };
  const byKey = levels.find(({ key }) => plain(key) === words[0]);
  return byKey === undefined ? undefined : { count: 1, narrows: { level: byKey.key } };
}

/** *Fördjupad* is enough where only one level is called so. */
function partOfLevel(words: readonly string[], { levels }: FilterChoices): Match | undefined {
  for (let count = Math.min(words.length, MOST_WORDS_OF_A_NAME); count > 0; count -= 1) {
    const said = words.slice(0, count);
    if (count === 1 && BETWEEN.has(said[0] ?? '')) return undefined;
    const found = levels.filter(({ name }) => hasRun(wordsOf(name), said));
    const [first] = found;
    if (found.length === 1 && first !== undefined) return { count, narrows: { level: first.key } };
  }
  return undefined;
}

function grade([first = '', second = '']: readonly string[]): Match | undefined {
  const joined = /^(?:ak|arskurs|grade|year)(\d{1,2})$/.exec(first);
  if (joined !== null) return { count: 1, narrows: { grade: Number(joined[1]) } };
  const isGrade = /^(?:ak|arskurs|grade|year)$/.test(first) && /^\d{1,2}$/.test(second);
  return isGrade ? { count: 2, narrows: { grade: Number(second) } } : undefined;
}

function group(words: readonly string[], { groups }: FilterChoices): Match | undefined {
  for (let count = Math.min(words.length, 4); count > 0; count -= 1) {
    const said = groupKey(words.slice(0, count).join(' '));
    const found = groups.find((name) => plain(groupKey(name)) === plain(said));
    if (found !== undefined) return { count, narrows: { group: found } };
  }
  return undefined;
}

function withoutContactPerson(words: readonly string[]): Match | undefined {
  const said =
    /^(?:utan|saknar|ingen|without|no)(?: en| a| någon| nagon| any)? (?:kontaktperson(?:er)?|contact persons?)(?= |$)/;
  const found = said.exec(words.join(' '));
  return found === null
    ? undefined
    : { count: found[0].split(' ').length, narrows: { isWithoutContactPerson: true } };
}

function overdue([first = '', second = '']: readonly string[]): Match | undefined {
  if (!/^(?:forsena(?:d|t|de)|overdue|late)$/.test(first)) return undefined;
  return { count: /^(?:steg(?:en)?|steps?)$/.test(second) ? 2 : 1, narrows: { isOverdue: true } };
}

function metric(words: readonly string[], { metrics }: FilterChoices): Match | undefined {
  const found = metrics
    .map((one) => ({ ...one, parts: wordsOf(one.name) }))
    .find(({ parts }) => startsWith(words, parts));
  return found === undefined ? undefined : { count: found.parts.length, narrows: { metric: found.metric } };
}

function wordsOf(name: string): readonly string[] {
  return name
    .split(/[\s,;.:!?"“”«»]+/)
    .filter(Boolean)
    .map(plain);
}

function startsWith(words: readonly string[], parts: readonly string[]): boolean {
  return parts.every((part, index) => words[index] === part);
}

function hasRun(name: readonly string[], said: readonly string[]): boolean {
  return name.some((_, from) => startsWith(name.slice(from), said));
}
