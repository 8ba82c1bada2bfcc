import { readSpan } from './days.ts';
import type { Reader } from './grammar.ts';
import type { Sentence } from './sentence.ts';
import { plain } from './spelling.ts';
import { contactWords, remarkOpeners } from './words.ts';
import { isNegation, nameEnds } from './written-names.ts';

const MOST_TARGET_WORDS = 30;
const MOST_FILTER_WORDS = 12;
/** *Elever utan kontaktperson* says nothing of what did not happen. */
const WITHOUT: ReadonlySet<string> = new Set(['utan', 'without', 'no', 'ingen']);

const openers = new Set(remarkOpeners.map(plain));
const ofReports = new Set(contactWords.map(plain));

/** What no list of phrases can hold: names, days, numbers, remarks. */
export const readers = {
  name: nameEnds,
  pupilName: nameEnds,
  staff: nameEnds,
  away: nameEnds,
  days: (sentence, at) => ends(readSpan(sentence, at)?.next),
  colon: (sentence, at) => ends(isAfterColon(sentence, at) ? at : undefined),
  number: (sentence, at) => ends(isNumber(sentence, at) ? at + 1 : undefined),
  clock: (sentence, at) => ends(isClock(sentence, at) ? at + 2 : undefined),
  remark: (sentence, at) => ends(isRemark(sentence, at) ? sentence.words.length : undefined),
  filters: (sentence, at) => ends(isFilters(sentence, at) ? sentence.words.length : undefined),
  targets: (sentence, at) => ends(isTargets(sentence, at) ? sentence.words.length : undefined),
} as const satisfies Readonly<Record<string, Reader>>;

function ends(end: number | undefined): readonly number[] {
  return end === undefined ? [] : [end];
}

function isAfterColon({ words }: Sentence, at: number): boolean {
  return /[:=→]|[-–=]>| [-–—] /.test(words[at]?.gap ?? '');
}

function isNumber({ words }: Sentence, at: number): boolean {
  return /^\d{1,2}$/.test(words[at]?.plain ?? '');
}

/** *08:30*, *8.30*. */
function isClock(sentence: Sentence, at: number): boolean {
  return (
    isNumber(sentence, at) && isNumber(sentence, at + 1) && /^[:.]$/.test(sentence.words[at + 1]?.gap ?? '')
  );
}

/** Something about the pupil after a comma, that takes nothing back of what was reported. */
function isRemark({ words }: Sentence, at: number): boolean {
  const said = words.slice(at);
  const [first] = said;
  if (first === undefined || !/[-.,;!(–—]/.test(first.gap) || !openers.has(first.plain)) return false;
  return !said.some((word) => isNegation(word) || ofReports.has(word.plain));
}

/** What a list is narrowed to. Which levels there are the routine says; here only that nobody was reported. */
function isFilters({ words }: Sentence, at: number): boolean {
  const said = words.slice(at);
  if (said.length === 0 || said.length > MOST_FILTER_WORDS) return false;
  return !said.some((word, index) => {
    if (isNegation(word)) return !WITHOUT.has(word.plain);
    const isOfPerson = word.plain === 'contact' && said[index + 1]?.plain.startsWith('person') === true;
    return ofReports.has(word.plain) && !isOfPerson;
  });
}

function isTargets({ words }: Sentence, at: number): boolean {
  const targets = words.slice(at);
  return targets.length > 0 && targets.length <= MOST_TARGET_WORDS && !targets.some(isNegation);
}
