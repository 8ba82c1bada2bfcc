import type { Translator } from '../locales/translator.ts';
import type { MorningView, PupilLine } from '../services/morning/morning-view.ts';
import template from './morning.json' with { type: 'json' };
import { pageOf } from './morning-pages.ts';
import { type PupilRow, pupilRow } from './pupil-row.ts';
import { cardTemplate } from './render.ts';
import { asLabel, asText } from './text.ts';

/** A section of the card: a heading, a line under it, and pupils. */
export interface Section {
  readonly title: string;
  readonly text: string;
  readonly rows: readonly PupilRow[];
}

const render = cardTemplate(template);

/**
 * A mentor group's morning as an Adaptive Card of at most 25 KB. Of a large group it shows one `page`, counted from 0; a
 * page that is no longer there shows the last one.
 */
export function morningCard(view: MorningView, words: Translator, page = 0): object {
  const current = pageOf(allSections(view, words), page);
  return render({
    lang: words.language,
    title: asText(view.groupName),
    subtitle: `${capital(words.date(view.day))} · ${words.t('card.dataAt', { time: words.time(view.dataAt) })}`,
    quality: quality(view, words),
    lead: lead(view, words),
    sections: current.sections,
    day: view.day.toString(),
    group: view.groupId,
    page: current.page,
    pageText: current.pages > 1 ? words.t('card.page', { page: current.page + 1, pages: current.pages }) : '',
    turns: turns(current, words),
  });
}

/** The text of the notification: group and number, and no names, since it stands on locked screens. */
export function morningSummary(view: MorningView, words: Translator): string {
  const group = asLabel(view.groupName);
  const count = toContact(view);
  if (count === 0 && view.quality.lessonsReported === 0) {
    return words.t('card.summaryQuiet', { group, time: words.time(view.dataAt) });
  }
  return words.t('card.summary', { group, count });
}

function toContact(view: MorningView): number {
  const everyone = [...view.missing, ...view.notSeenYet, ...view.reported];
  return everyone.filter((pupil) => pupil.followUp?.state === 'open').length;
}

function allSections(view: MorningView, words: Translator): readonly Section[] {
  const section = (
    key: 'missing' | 'notSeenYet' | 'reported',
    pupils: readonly PupilLine[],
    text: string,
  ): Section => ({
    title: words.t(`card.${key}`, { count: pupils.length }),
    text,
    rows: pupils.map((pupil) => pupilRow(pupil, words)),
  });
  const sections = [
    section('missing', view.missing, ''),
    section('notSeenYet', view.notSeenYet, words.t('card.notSeenYetHint')),
    section('reported', view.reported, ''),
  ];
  return [...sections.filter(({ rows }) => rows.length > 0), ...unreported(view, words)];
}

/** "Matematik 08:10 och 09:20 · Idrott 10:00": lessons of one subject share their times. */
function unreported({ unreportedLessons: lessons }: MorningView, words: Translator): readonly Section[] {
  if (lessons.length === 0) return [];
  const times = new Map<string, string[]>();
  for (const { subject, startsAt } of lessons) {
    times.set(subject, [...(times.get(subject) ?? []), words.time(startsAt)]);
  }
  const text = [...times]
    .map(([subject, starts]) => `${asText(subject)} ${words.list([...new Set(starts)])}`)
    .join(' · ');
  return [{ title: words.t('card.unreportedLessons', { count: lessons.length }), text, rows: [] }];
}

function quality(
  { quality: { lessonsStarted, lessonsReported, lateArrivals } }: MorningView,
  words: Translator,
): string {
  const lessons = words.t('card.quality', { reported: lessonsReported, started: lessonsStarted });
  return lateArrivals === 0 ? lessons : `${lessons} · ${words.t('card.lateHere', { count: lateArrivals })}`;
}

/** What is said where nobody is missing: never that all are here while lessons are not reported. */
function lead(view: MorningView, words: Translator): string {
  if (view.missing.length > 0) return '';
  const { lessonsReported, lessonsStarted } = view.quality;
  if (lessonsReported === 0) return words.t('card.nothingReported');
  const isAllHere = view.reported.length + view.notSeenYet.length === 0 && lessonsReported === lessonsStarted;
  return words.t(isAllHere ? 'card.quiet' : 'card.missingNone');
}

function turns({ page, pages }: { readonly page: number; readonly pages: number }, words: Translator) {
  const more = page + 1 < pages ? [{ title: words.t('card.more'), page: page + 1 }] : [];
  const back = page > 0 ? [{ title: words.t('card.back'), page: 0 }] : [];
  return [...more, ...back];
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase('sv') + text.slice(1);
}
