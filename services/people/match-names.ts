export interface NameCandidate {
  readonly id: string;
  /** Given names first. */
  readonly name: string;
}

export type NameMatch =
  /** `isExact` is false where letters had to be forgiven: then it is a guess, to be asked about before anything is recorded. */
  | { readonly kind: 'one'; readonly id: string; readonly isExact: boolean }
  /** At most six, in the order of the candidates. */
  | { readonly kind: 'several'; readonly ids: readonly string[] }
  | { readonly kind: 'none' };

const MOST_SHOWN = 6;
const LONGEST_QUERY = 120;
/** More than anybody has: a query that is longer than that is no name. */
const MOST_NAMES = 12;
const LONGEST_INITIALS = 2;

/** Letters that keep their form when accents are taken off. */
const LETTERS: Readonly<Record<string, string>> = {
  æ: 'a',
  ø: 'o',
  ß: 'ss',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** Small letters without accents: *Åsa* and *asa* are one. */
export function folded(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[\p{M}\p{Cf}]/gu, '')
    .replaceAll(/[æøßłđðþı]/g, (letter) => LETTERS[letter] ?? letter);
}

/** A way to compare what was written with a name, both in words. */
type Rule = (query: readonly string[], name: readonly string[]) => boolean;

/** From the surest; the first that fits anybody decides. */
const rules: readonly { readonly fits: Rule; readonly isExact: boolean }[] = [
  { fits: isWholeName, isExact: true },
  { fits: isPartOfName, isExact: true },
  { fits: isNameWithInitials, isExact: true },
  { fits: isNearlyName, isExact: false },
];

/**
 * Finds whom a written name means, among the candidates and nobody else: given name, family name or both in either order,
 * with initials, in the genitive, without accents and with a slip of the finger.
 */
export function matchName(query: string, candidates: readonly NameCandidate[]): NameMatch {
  const written = query.length > LONGEST_QUERY ? [] : wordsOf(query);
  if (written.length === 0 || written.length === MOST_NAMES) return { kind: 'none' };
  const asSpelled = candidates.filter(({ name }) => isSameSpelling(query, name));
  if (asSpelled.length > 0) return matchOf(asSpelled, true);
  const names = candidates.map((candidate) => ({ candidate, words: wordsOf(candidate.name) }));
  for (const { fits, isExact } of rules) {
    const found = names.filter(({ words }) => fits(written, words));
    if (found.length > 0)
      return matchOf(
        found.map(({ candidate }) => candidate),
        isExact,
      );
  }
  return { kind: 'none' };
}

function matchOf(found: readonly NameCandidate[], isExact: boolean): NameMatch {
  const ids = [...new Set(found.map(({ id }) => id))];
  const [id] = ids;
  return ids.length === 1 && id !== undefined
    ? { kind: 'one', id, isExact }
    : { kind: 'several', ids: ids.slice(0, MOST_SHOWN) };
}

/** The words of a name; the parts of a double name are words of their own. */
function wordsOf(name: string): readonly string[] {
  return folded(name)
    .replaceAll(/['’´\u0060]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .slice(0, MOST_NAMES);
}

/** With accents, where both *Märta Ek* and *Marta Ek* are there. */
function isSameSpelling(query: string, name: string): boolean {
  const spelled = (text: string) => text.normalize('NFC').toLowerCase().trim();
  return spelled(query) === spelled(name);
}

function isWholeName(query: readonly string[], name: readonly string[]): boolean {
  return query.join('') === name.join('') || query.toSorted().join(' ') === name.toSorted().join(' ');
}

/** *Andreas* is Andreas, and may be Andrea in the genitive: where both are there, both are meant. */
function isPartOfName(query: readonly string[], name: readonly string[]): boolean {
  return withoutGenitive(query).some((words) => isAssignable(words, name, isSame) || isRunOf(words, name));
}

function isSame(written: string, word: string): boolean {
  return written === word;
}

/** Whether it is some words of the name that follow each other, however they are put together: *Annakarin* of Anna-Karin. */
function isRunOf(query: readonly string[], name: readonly string[]): boolean {
  const joined = query.join('');
  return name.some((_, from) =>
    name.some((__, last) => last >= from && name.slice(from, last + 1).join('') === joined),
  );
}

/** *Oscar L*: one name is written out at least. */
function isNameWithInitials(query: readonly string[], name: readonly string[]): boolean {
  return withoutGenitive(query).some(
    (words) =>
      words.some((word) => word.length > 1 && name.includes(word)) &&
      isAssignable(words, name, (written, word) => isSame(written, word) || isInitialOf(written, word)),
  );
}

function isInitialOf(written: string, word: string): boolean {
  return written.length <= LONGEST_INITIALS && word.startsWith(written);
}

function isNearlyName(query: readonly string[], name: readonly string[]): boolean {
  return withoutGenitive(query).some(
    (words) =>
      words.some((word) => name.some((other) => word.length > LONGEST_INITIALS && isNearly(word, other))) &&
      isAssignable(words, name, (written, word) => isNearly(written, word) || isInitialOf(written, word)),
  );
}

function isNearly(written: string, word: string): boolean {
  return isSame(written, word) || isWithinSlips(written, word, slipsFor(written, word));
}

/** In short names a changed letter makes another name: Ella and Elsa, Lina and Lisa. */
function slipsFor(written: string, word: string): number {
  const length = Math.min(written.length, word.length);
  if (length < 5) return 0;
  return length < 9 ? 1 : 2;
}

/** As written, and without the s at its end. */
function withoutGenitive(query: readonly string[]): readonly (readonly string[])[] {
  const last = query.at(-1) ?? '';
  return last.length > 1 && last.endsWith('s')
    ? [query, [...query.slice(0, -1), last.slice(0, -1)]]
    : [query];
}

/** Whether each written word can be given a word of the name that is its own. */
function isAssignable(
  query: readonly string[],
  name: readonly string[],
  fits: (written: string, word: string) => boolean,
): boolean {
  const owners = new Map<number, string>();
  /** Gives a word its place; who has it may move to another that has not been tried. */
  function place(written: string, tried: Set<number>): boolean {
    return name.some((word, at) => {
      if (tried.has(at) || !fits(written, word)) return false;
      tried.add(at);
      const owner = owners.get(at);
      if (owner !== undefined && !place(owner, tried)) return false;
      owners.set(at, written);
      return true;
    });
  }
  return query.length <= name.length && query.every((written) => place(written, new Set()));
}

/** Whether one becomes the other by so many letters added, left out, changed, or swapped with the next. */
export function isWithinSlips(a: string, b: string, limit: number): boolean {
  if (Math.abs(a.length - b.length) > limit) return false;
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = slipsRow(a, b, i, row, before);
    if (Math.min(...next) > limit) return false;
    [before, row] = [row, next];
  }
  return (row[b.length] ?? Number.POSITIVE_INFINITY) <= limit;
}

function slipsRow(
  a: string,
  b: string,
  i: number,
  above: readonly number[],
  twoAbove: readonly number[],
): readonly number[] {
  const row = [i];
  for (let j = 1; j <= b.length; j += 1) {
    const isSame = a[i - 1] === b[j - 1];
    const cost = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + (isSame ? 0 : 1));
    const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
    row.push(isSwapped ? Math.min(cost, (twoAbove[j - 2] ?? 0) + 1) : cost);
  }
  return row;
}
