import type { Sentence, Word } from './sentence.ts';
import { isOneEditAway, plain } from './spelling.ts';
import { negations, negationsWithSlips, noNames, noSlips } from './words.ts';

const MOST_NAME_WORDS = 6;

const notInNames = new Set(noNames.map(plain));
const negative = new Set(negations.map(plain));
const unlikeNegations = new Set(noSlips.map(plain));

/** Where a name can end that begins at a word: the shortest first, so that what follows a name is not taken for a part of it. */
export function nameEnds({ words }: Sentence, at: number): readonly number[] {
  const ends: number[] = [];
  for (const word of words.slice(at, at + MOST_NAME_WORDS)) {
    const isFirst = ends.length === 0;
    if (!isFirst && !/^[\s,.'’´"“”„«»-]*$/.test(word.gap)) break;
    if (!isFirst && isClass(word)) return [...ends, at + ends.length + 1];
    if (!isInName(word, isFirst)) break;
    ends.push(at + ends.length + 1);
  }
  return ends;
}

/** The name as it was written, without an English genitive; the Swedish s may belong to the name. */
export function nameIn({ text, words }: Sentence, from: number, to: number): string {
  const written = text.slice(words[from]?.start, words[to - 1]?.end);
  return written.replace(/['’´\u0060]s$/i, '');
}

/** Whether a word says that something did not happen. Where letters were slipped on, rather once too often. */
export function isNegation({ plain: written }: Word): boolean {
  if (negative.has(written)) return true;
  if (unlikeNegations.has(written)) return false;
  return negationsWithSlips.some((word) => isOneEditAway(word, written));
}

function isInName(word: Word, isFirst: boolean): boolean {
  if (isNegation(word) || !/^\p{L}/u.test(word.plain)) return false;
  // A single letter at the end is an initial: *Oscar I*.
  if (word.isQuoted || (word.plain.length === 1 && !isFirst)) return true;
  return !notInNames.has(word.plain);
}

/** *Oscar 8A* is no name that anybody has: it stays, so that nobody else is taken for him. */
function isClass({ plain: written }: Word): boolean {
  return /^\d{1,2}\p{L}$/u.test(written);
}
