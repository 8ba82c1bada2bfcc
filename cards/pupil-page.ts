import type { TextKey, Translator } from '../locales/translator.ts';
import { rate } from '../services/attendance/rate.ts';
import { type WindowName, windowNames } from '../services/config/routine.ts';
import type { PupilFilter } from '../services/pupils/pupil-filter.ts';
import type { PageContact, PupilPageView } from '../services/pupils/pupil-page-view.ts';
import { reportingText } from './absence-text.ts';
import { dateLine } from './header.ts';
import { type On, onText } from './on.ts';
import { caseLines } from './pupil-cases.ts';
import { filterData } from './pupil-filter-data.ts';
import { type Line, plainLine, withinBytes } from './pupil-lines.ts';
import template from './pupil-page.json' with { type: 'json' };
import { patternPart } from './pupil-pattern.ts';
import { cardTemplate } from './render.ts';
import { asLabel, asText } from './text.ts';
import { wayOfContact } from './ways-of-contact.ts';

const render = cardTemplate(template);
/** What a long history may weigh. */
const MOST_CASE_BYTES = 7_000;
const MOST_CONTACT_BYTES = 5_000;

/** The list that a page has taken the place of. */
export interface BackToList {
  readonly on: On;
  readonly filter: PupilFilter;
}

/** One pupil's page: the course of the absence, what stands out of it, who was in touch, and what has been done. */
export function pupilPageCard(view: PupilPageView, words: Translator, list?: BackToList): object {
  const group = view.groupName === '' ? '' : ` · ${asText(view.groupName)}`;
  return render({
    lang: words.language,
    fallback: pupilPageTitle(view),
    title: `${asText(view.name)}${group}`,
    lines: aboutLines(view, words).map((text) => ({ text })),
    figures: figures(view, words),
    ...course(view, words),
    ...patternPart(view.pattern, words),
    sections: [
      { title: words.t('pupil.contacts'), lines: contactLines(view, words) },
      { title: words.t('pupil.cases'), lines: allCases(view, words) },
    ],
    backs:
      list === undefined
        ? []
        : [{ title: words.t('contact.back'), on: onText(list.on), ...filterData(list.filter) }],
  });
}

/** What stands above the page where it is opened in a dialog. */
export function pupilPageTitle({ name }: Pick<PupilPageView, 'name'>): string {
  return asLabel(name);
}

function aboutLines(view: PupilPageView, words: Translator): readonly string[] {
  const { grade, contactPerson, daysInRow } = view;
  const where = words.t('pupil.about', { school: asText(view.schoolName), date: dateLine(view.day, words) });
  return [
    grade === undefined ? where : `${where} · ${words.t('pupils.grade', { grade })}`,
    contactPerson === undefined
      ? words.t('pupil.noContactPerson')
      : words.t('pupil.contactPerson', { name: asText(contactPerson) }),
    daysInRow === 0 ? '' : words.t('pupil.daysInRow', { count: daysInRow }),
    Object.keys(view.windows).length === 0 ? words.t('pupil.noDays') : '',
  ].filter(Boolean);
}

const WINDOWS = {
  today: 'pupil.window.today',
  fourWeeks: 'pupil.window.fourWeeks',
  month: 'pupil.window.month',
  term: 'pupil.window.term',
  schoolYear: 'pupil.window.schoolYear',
} as const satisfies Readonly<Record<WindowName, TextKey>>;

/** A window that offered nothing, such as today on a holiday, is not told. */
function figures({ windows }: PupilPageView, words: Translator) {
  return windowNames.flatMap((name) => {
    const sums = windows[name];
    const { absence, valid, invalid, reporting } = sums === undefined ? {} : rate(sums);
    if (absence === undefined || valid === undefined || invalid === undefined) return [];
    const shares = {
      total: words.percent(absence),
      valid: words.percent(valid),
      invalid: words.percent(invalid),
    };
    const value = [words.t('pupil.figures', shares), reportingText(reporting, words)];
    return [{ title: words.t(WINDOWS[name]), value: value.filter(Boolean).join(' · ') }];
  });
}

/** The weeks as a chart, and the same in words for where the chart is not drawn or not seen. */
function course({ weeks }: PupilPageView, words: Translator) {
  const shares = weeks.flatMap(({ monday, ...sums }) => {
    const { absence } = rate(sums);
    return absence === undefined ? [] : [{ monday, week: monday.weekOfYear ?? 0, absence }];
  });
  return {
    courseTitle: words.t('pupil.course'),
    legend: words.t('pupil.legend'),
    chart: shares.map(({ monday, absence }) => ({
      week: monday.toString(),
      percent: Math.round(absence * 1_000) / 10,
    })),
    course: shares
      .map(({ week, absence }) => words.t('pupil.week', { week, percent: words.percent(absence) }))
      .join(' · '),
  };
}

function contactLines({ contacts, moreContacts }: PupilPageView, words: Translator): readonly Line[] {
  if (contacts.length === 0) return [plainLine(words.t('pupil.noContacts'))];
  return withinBytes(
    contacts.map((contact) => plainLine(contactText(contact, words))),
    { mostBytes: MOST_CONTACT_BYTES, more: moreContacts },
    words,
  );
}

function contactText(contact: PageContact, words: Translator): string {
  const { day, at, by, outcome } = contact;
  const said = words.t(outcome === 'reached' ? 'pupil.reached' : 'pupil.notReached', {
    day: words.shortDay(day),
    time: words.time(at),
    by: asText(by),
  });
  const way = wayOfContact(contact, words);
  return way === '' ? said : `${said} (${way})`;
}

function allCases({ cases }: PupilPageView, words: Translator): readonly Line[] {
  if (cases.length === 0) return [plainLine(words.t('pupil.noCases'))];
  const lines = cases.flatMap((one) => caseLines(one, words));
  return withinBytes(lines, { mostBytes: MOST_CASE_BYTES, more: 0 }, words);
}
