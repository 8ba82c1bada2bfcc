import i18next, { type i18n } from 'i18next';
import type { Temporal } from 'temporal-polyfill';
import en from './en.json' with { type: 'json' };
import { pluralForms, textFiller } from './fill-text.ts';
import sv from './sv.json' with { type: 'json' };

export type Language = 'sv' | 'en';

type Leaves<T, P extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${P}${WithoutPlural<K>}` : Leaves<T[K], `${P}${K}.`>;
}[keyof T & string];
type WithoutPlural<K extends string> = K extends `${infer Stem}_${'zero' | 'one' | 'other'}` ? Stem : K;

/** Every text there is; Swedish is where they are written first. */
export type TextKey = Leaves<typeof sv>;

/** Puts texts, times and numbers into the words of one language and one school's clock. */
export interface Translator {
  readonly language: Language;
  /** The text of `key`, with `values` put in as they are; `count` chooses the plural. */
  t(key: TextKey, values?: Readonly<Record<string, string | number>>): string;
  /** "måndag 23 november". */
  date(day: Temporal.PlainDate): string;
  /** "mån 23/11". */
  shortDay(day: Temporal.PlainDate): string;
  /** "08:45" on the school's clock. */
  time(at: Temporal.Instant): string;
  /** "mån 23/11 08:45" on the school's clock. */
  moment(at: Temporal.Instant): string;
  /** A fraction as "22,5 %", with an unbreakable space and at most one decimal. */
  percent(fraction: number): string;
  /** "3:e", "3rd". */
  ordinal(count: number): string;
  /** "a, b och c". */
  list(parts: readonly string[]): string;
}

const LOCALES: Readonly<Record<Language, string>> = { sv: 'sv-SE', en: 'en-GB' };
const texts = createTexts();
const translators = new Map<string, Translator>();

/** The translator of a language and a time zone; made once for each. */
export function translator(language: Language, timeZone: string): Translator {
  const key = `${language} ${timeZone}`;
  const known = translators.get(key) ?? create(language, timeZone);
  translators.set(key, known);
  return known;
}

function createTexts(): i18n {
  const instance = i18next.createInstance();
  void instance.init({
    initAsync: false,
    lng: 'sv',
    resources: { sv: { translation: sv }, en: { translation: en } },
    fallbackLng: false,
    showSupportNotice: false,
    returnNull: false,
  } as Parameters<i18n['init']>[0]);
  return instance;
}

function create(language: Language, timeZone: string): Translator {
  const locale = LOCALES[language];
  const dates = new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  });
  const weekdays = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  const times = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone });
  const dateText = lastRemembered((ms) => dates.format(ms).replace(',', ''));
  const timeText = lastRemembered((ms) => times.format(ms));
  const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const lists = new Intl.ListFormat(locale);
  const shortDay = (day: Temporal.PlainDate) =>
    `${weekdays.format(Date.UTC(day.year, day.month - 1, day.day))} ${day.day}/${day.month}`;
  const ordinalForm = pluralForms(locale, 'ordinal');
  return {
    language,
    // Values are put in as they are: what is shown is not HTML, and Markdown in names is escaped by the cards.
    t: textFiller(texts.getFixedT(language), locale),
    date: (day) => dateText(Date.UTC(day.year, day.month - 1, day.day)),
    shortDay,
    time: (at) => timeText(at.epochMilliseconds),
    moment: (at) =>
      `${shortDay(at.toZonedDateTimeISO(timeZone).toPlainDate())} ${timeText(at.epochMilliseconds)}`,
    percent: (fraction) => percents.format(fraction),
    ordinal: (count) => `${count}${SUFFIXES[language][ordinalForm(count)] ?? ''}`,
    list: (parts) => lists.format(parts),
  };
}

const SUFFIXES: Readonly<Record<Language, Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>>> = {
  sv: { one: ':a', other: ':e' },
  en: { one: 'st', two: 'nd', few: 'rd', other: 'th' },
};

/** A morning's cards stand for the same day and the same minute, and Intl takes its time over both. */
function lastRemembered(format: (ms: number) => string): (ms: number) => string {
  let last = { ms: Number.NaN, text: '' };
  return (ms) => {
    if (ms !== last.ms) last = { ms, text: format(ms) };
    return last.text;
  };
}
