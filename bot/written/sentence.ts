import { folded } from '../../services/people/match-names.ts';
import { plain } from './spelling.ts';

/** A word where it stands in the text; `gap` is what stands between it and the word before. */
export interface Word {
  readonly start: number;
  readonly end: number;
  readonly plain: string;
  readonly gap: string;
  /** In quotes, and so a name and no word of a command. */
  readonly isQuoted: boolean;
}

/** What was written, without what Teams and telephones add to it. */
export interface Sentence {
  readonly text: string;
  /** The text in small letters without accents, sign for sign as long as `text`. */
  readonly low: string;
  readonly words: readonly Word[];
}

const DATE = String.raw`\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}`;
const NUMBER = String.raw`\d+[\p{L}\p{M}]*`;
const ABBREVIATION = String.raw`(?:\p{L}{1,2}\.){2,}(?:\p{L}{1,2}(?![\p{L}\p{M}]))?`;
const LETTERS = String.raw`\p{L}[\p{L}\p{M}\p{N}]*(?:['’´\u0060-]\p{L}[\p{L}\p{M}\p{N}]*)*`;
const WORD = new RegExp(`${DATE}|${NUMBER}|${ABBREVIATION}|${LETTERS}`, 'gu');
const QUOTED = /["“”„«»]([^"“”„«»]{1,200})["“”„«»]/g;

/** More names than a command has. */
const MOST_QUOTES = 10;

const ENTITIES: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', ndash: '–', mdash: '—', rsquo: '’' },
  ...{ aring: 'å', auml: 'ä', ouml: 'ö', Aring: 'Å', Auml: 'Ä', Ouml: 'Ö', eacute: 'é', Eacute: 'É' },
};

/** Reads any text into words, in time that grows with its length and no faster. */
export function readSentence(given: string): Sentence {
  const text = cleaned(given);
  const quoted = quotedRanges(text);
  const words: Word[] = [];
  for (const match of text.matchAll(WORD)) {
    const [start, end] = [match.index, match.index + match[0].length];
    words.push({
      start,
      end,
      plain: plain(match[0]),
      gap: text.slice(words.at(-1)?.end ?? 0, start),
      isQuoted: quoted.some((range) => range.start <= start && end <= range.end),
    });
  }
  return { text, low: low(text), words };
}

/** The same without some words at its ends. */
export function part(sentence: Sentence, from: number, to: number): Sentence {
  return { ...sentence, words: sentence.words.slice(from, to) };
}

function cleaned(text: string): string {
  return text
    .replaceAll(/<[^<>]*>/g, ' ')
    .replaceAll(/&(#x?[0-9a-f]{1,6}|[a-z]{2,8});/gi, (_, name: string) => entity(name))
    .normalize('NFC')
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\uFE0F|\u20E3/gu, ' ')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

function entity(name: string): string {
  if (!name.startsWith('#')) return ENTITIES[name] ?? ' ';
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : ' ';
}

function low(text: string): string {
  return text.replaceAll(/[^a-z0-9]/g, (sign) => folded(sign).charAt(0) || sign);
}

/** Where text is quoted; quotes around the whole of it say nothing. */
function quotedRanges(text: string): readonly { readonly start: number; readonly end: number }[] {
  return [...text.matchAll(QUOTED)]
    .slice(0, MOST_QUOTES)
    .map(({ index, 0: all }) => ({ start: index, end: index + all.length }))
    .filter(({ start, end }) => /[\p{L}\p{N}]/u.test(text.slice(0, start) + text.slice(end)));
}
