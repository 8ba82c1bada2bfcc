import type { Sentence } from './sentence.ts';

/** A day as people write it; which one it is depends on the day it is read. */
export type WrittenDay =
  | { readonly kind: 'date'; readonly year?: number; readonly month: number; readonly day: number }
  | { readonly kind: 'relative'; readonly days: number }
  /** From Monday, 1. The coming one, today among them, or that of the week after. */
  | { readonly kind: 'weekday'; readonly weekday: number; readonly isNextWeek: boolean }
  | { readonly kind: 'week'; readonly week: number }
  | { readonly kind: 'relativeWeek'; readonly weeks: number };

/** Without `from` it begins at once, without `to` it has no end. */
export interface WrittenSpan {
  readonly from?: WrittenDay;
  readonly to?: WrittenDay;
}

/** How many words of a sentence say when, and what they say. */
export interface SpanThere {
  readonly span: WrittenSpan;
  readonly next: number;
}

type Reader<T> = readonly [RegExp, (groups: readonly string[]) => T | undefined];

const MONTHS = 'jan feb mar apr maj|may jun jul aug sep okt|oct nov dec'.split(' ');
const WEEKDAYS = 'man|mon tis|tue ons|wed tor|thu fre|fri lor|sat son|sun'.split(' ');
const MONTH = `(${MONTHS.join('|')})[a-z]*\\.?`;
const SHORT = `(${WEEKDAYS.join('|')})s?`;
const WEEKDAY = '(man|tis|ons|tors|fre|lor|son)dag(?:en)?|(mon|tues|wednes|thurs|fri|satur|sun)day';
const TO = String.raw`(?: ?(?:-{1,2}|[–—/]) ?| (?:till och med|t\.?o\.?m\.?|fram till|till|until|through|to) )`;

const spans: readonly Reader<WrittenSpan>[] = [
  [/i ?dag och i ?morgon|today and tomorrow/y, () => span(relative(0), relative(1))],
  [new RegExp(`(\\d{1,2})${TO}(\\d{1,2})/(\\d{1,2})`, 'y'), ([a, b, m]) => inMonth(a, b, Number(m))],
  [new RegExp(`(\\d{1,2})${TO}(\\d{1,2}) ${MONTH}`, 'y'), ([a, b, m]) => inMonth(a, b, numberIn(MONTHS, m))],
  [new RegExp(`${SHORT}${TO}${SHORT}`, 'y'), ([a, b]) => span(weekday(a, false), weekday(b, false))],
];

const days: readonly Reader<WrittenDay>[] = [
  [/(\d{4})-(\d{1,2})-(\d{1,2})/y, ([year, month, day]) => date(day, Number(month), year)],
  [/(\d{1,2})\/(\d{1,2})(?:[-/ ](\d{4}))?/y, ([day, month, year]) => date(day, Number(month), year)],
  [
    new RegExp(`(?:den )?(\\d{1,2})(?:[:.]?e|st|nd|rd|th)? ${MONTH}(?: (\\d{4}))?`, 'y'),
    ([day, month, year]) => date(day, numberIn(MONTHS, month), year),
  ],
  [
    new RegExp(`${MONTH} (\\d{1,2})(?:st|nd|rd|th)?(?:,? (\\d{4}))?`, 'y'),
    ([month, day, year]) => date(day, numberIn(MONTHS, month), year),
  ],
  [/i ?overmorgon|(?:the )?day after tomorrow/y, () => relative(2)],
  [/i ?morgon|tomorrow/y, () => relative(1)],
  [/i ?dag|today/y, () => relative(0)],
  [
    new RegExp(`(nasta |next )?(?:${WEEKDAY})`, 'y'),
    ([next, swedish, english]) => weekday(swedish || english, next !== ''),
  ],
  [/(?:vecka|v\.?|week) ?(\d{1,2})/y, ([week]) => ({ kind: 'week', week: Number(week) })],
  [/(?:nasta vecka|next week)/y, () => ({ kind: 'relativeWeek', weeks: 1 })],
  [
    /(?:(?:hela |resten av )?(?:den har |denna )?veckan?|(?:all |this |the rest of the |the whole )week)/y,
    () => ({ kind: 'relativeWeek', weeks: 0 }),
  ],
];

/** Reads when, from a word of the sentence on; undefined where it does not say when. */
export function readSpan({ low, words }: Sentence, at: number): SpanThere | undefined {
  const start = words[at]?.start;
  if (start === undefined) return undefined;
  const found = spanAt(low, start);
  const next = found === undefined ? -1 : words.findIndex(({ end }) => end >= found.end);
  if (found === undefined || words[next]?.end !== found.end) return undefined;
  return { span: found.value, next: next + 1 };
}

interface Found<T> {
  readonly value: T;
  readonly end: number;
}

function spanAt(low: string, start: number): Found<WrittenSpan> | undefined {
  const until = after(low, start, /(?:fram till|till och med|till|t\.?o\.?m\.?|until) /y);
  if (until !== undefined) return ending(read(days, low, until));
  const since = after(low, start, /(?:fran och med|fran|from|fr\.?o\.?m\.?) /y);
  const begin = since ?? after(low, start, /(?:under|pa|on|for) /y) ?? start;
  const whole = read(spans, low, begin);
  if (whole !== undefined) return whole;
  const first = read(days, low, begin);
  if (first === undefined) return undefined;
  const second = after(low, first.end, new RegExp(TO, 'y'));
  const last = second === undefined ? undefined : read(days, low, second);
  if (last !== undefined) return { value: span(first.value, last.value), end: last.end };
  return {
    value: since === undefined ? span(first.value, first.value) : { from: first.value },
    end: first.end,
  };
}

function ending(day: Found<WrittenDay> | undefined): Found<WrittenSpan> | undefined {
  return day === undefined ? undefined : { value: { to: day.value }, end: day.end };
}

function read<T>(readers: readonly Reader<T>[], low: string, start: number): Found<T> | undefined {
  for (const [pattern, make] of readers) {
    pattern.lastIndex = start;
    const match = pattern.exec(low);
    const value = match === null ? undefined : make(match.slice(1).map((group) => group ?? ''));
    const end = start + (match?.[0].length ?? 0);
    // Half a word says nothing: *dagis* is no day.
    if (value !== undefined && !/[\p{L}\p{N}]/u.test(low[end] ?? '')) return { value, end };
  }
  return undefined;
}

function after(low: string, start: number, pattern: RegExp): number | undefined {
  pattern.lastIndex = start;
  return pattern.test(low) ? pattern.lastIndex : undefined;
}

function span(from: WrittenDay, to: WrittenDay): WrittenSpan {
  return { from, to };
}

function inMonth(first = '', last = '', month = 0): WrittenSpan {
  return span(date(first, month), date(last, month));
}

function date(day = '', month = 0, year = ''): WrittenDay {
  const known = { kind: 'date', month, day: Number(day) } as const;
  return year === '' ? known : { ...known, year: Number(year) };
}

function relative(count: number): WrittenDay {
  return { kind: 'relative', days: count };
}

function weekday(name = '', isNextWeek = false): WrittenDay {
  return { kind: 'weekday', weekday: numberIn(WEEKDAYS, name), isNextWeek };
}

/** Which one it is of a list of beginnings, from 1. */
function numberIn(beginnings: readonly string[], name = ''): number {
  return 1 + beginnings.findIndex((each) => each.split('|').includes(name.slice(0, 3)));
}
