import { folded } from '../../services/people/match-names.ts';

const SHORTEST_TO_SLIP_IN = 4;

/** A word as words are compared: without case, accents, hyphens and apostrophes. */
export function plain(word: string): string {
  return folded(word).replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/**
 * Whether `written` is `word` with one letter missing, added, changed or swapped with its neighbour. The first letter has to
 * be right, or have changed places with the second; an o in front is a no, though, and has to stand where it does
 * (*okontaktad* is the opposite of *kontaktad*, and *koontaktad* is none). An s at the end is a genitive.
 */
export function isSlipOf(word: string, written: string): boolean {
  if (word.length < SHORTEST_TO_SLIP_IN || written === `${word}s`) return false;
  const isSwapped = word[0] !== 'o' && written[0] === word[1] && written[1] === word[0];
  if (written[0] !== word[0] && !isSwapped) return false;
  return isOneEditAway(word, written);
}

/** The same, wherever in the word it is. */
export function isOneEditAway(word: string, written: string): boolean {
  if (Math.abs(word.length - written.length) > 1) return false;
  const start = sameAtStart(word, written);
  const end = sameAtEnd(word, written, start);
  const [left, right] = [word.slice(start, word.length - end), written.slice(start, written.length - end)];
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && left === [...right].reverse().join('');
}

function sameAtStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

function sameAtEnd(a: string, b: string, start: number): number {
  const longest = Math.min(a.length, b.length) - start;
  let length = 0;
  while (length < longest && a[a.length - 1 - length] === b[b.length - 1 - length]) length += 1;
  return length;
}
