import type { Translator } from '../locales/translator.ts';
import type { SchoolMorningView } from '../services/morning/school-morning-view.ts';
import type { HoldReason } from '../services/storage/tables/morning.ts';
import { deliveryFailure } from './delivery-failure.ts';
import { cardTemplate } from './render.ts';
import template from './school-morning.json' with { type: 'json' };
import { asLabel, asText } from './text.ts';

const render = cardTemplate(template);
/** More failures than this are counted and not told one by one. */
const MOST_FAILURES = 20;

/** A school's morning for its coordinator: held or out, how far contact has come, and whether every card arrived. */
export function schoolMorningCard(view: SchoolMorningView, words: Translator): object {
  return render({
    lang: words.language,
    title: words.t('school.title', { school: asText(view.schoolName) }),
    subtitle: `${words.date(view.day)} · ${words.t('card.dataAt', { time: words.time(view.dataAt) })}`,
    isHeld: view.state === 'held',
    state: state(view, words),
    reasons: view.heldFor.map((reason) => ({ text: reasonText(reason, words) })),
    ask: words.t('school.heldAsk'),
    release: words.t('school.release'),
    releaseTooltip: words.t('school.releaseTooltip'),
    school: view.schoolId,
    day: view.day.toString(),
    facts: facts(view, words),
    failedTitle: words.t('school.failedTitle'),
    failed: failures(view, words),
    neutral:
      view.protectedFollowUps === 0 ? '' : words.t('school.protected', { count: view.protectedFollowUps }),
  });
}

/** The text of the notification, without names. */
export function schoolMorningSummary(view: SchoolMorningView, words: Translator): string {
  const school = asLabel(view.schoolName);
  return view.state === 'held'
    ? words.t('school.summaryHeld', { school })
    : words.t('school.summary', { school, count: view.toContact });
}

function state(view: SchoolMorningView, words: Translator): string {
  if (view.state === 'held') return words.t('school.held');
  if (view.releasedBy === undefined) return words.t('school.released');
  const { name, at } = view.releasedBy;
  return words.t('school.releasedBy', { name: asText(name), time: words.time(at) });
}

function reasonText(reason: HoldReason, words: Translator): string {
  switch (reason.kind) {
    case 'fewLessonsReported': {
      const { reported, started, least } = reason;
      return words.t('school.fewLessonsReported', { reported, started, least: words.percent(least) });
    }
    case 'manyAbsent': {
      const { absent, pupils, usual } = reason;
      return words.t('school.manyAbsent', { absent, pupils, usual });
    }
    case 'noLessons':
      return words.t('school.noLessons');
  }
}

function facts(view: SchoolMorningView, words: Translator) {
  const part = (count: number, total: number) => words.t('school.ofTotal', { part: count, total });
  const lessons = {
    title: words.t('school.lessons'),
    value: part(view.lessonsReported, view.lessonsStarted),
  };
  // While the data are in doubt, nothing is said that rests on them.
  if (view.state === 'held') return [lessons];
  return [
    { title: words.t('school.missing'), value: String(view.missing) },
    { title: words.t('school.reported'), value: String(view.reported) },
    { title: words.t('school.toContact'), value: String(view.toContact) },
    { title: words.t('school.contacted'), value: String(view.contacted) },
    lessons,
    { title: words.t('school.delivered'), value: part(view.delivery.delivered, view.delivery.groups) },
  ];
}

function failures(view: SchoolMorningView, words: Translator): readonly { readonly text: string }[] {
  const { failed } = view.delivery;
  if (view.state === 'held') return [];
  const told = failed.slice(0, MOST_FAILURES).map(({ groupName, code }) => ({
    text: words.t('school.failed', { group: asText(groupName), what: deliveryFailure(code, words) }),
  }));
  const untold = failed.length - told.length;
  return untold > 0 ? [...told, { text: `+ ${untold}` }] : told;
}
