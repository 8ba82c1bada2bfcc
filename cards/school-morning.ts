import type { Translator } from '../locales/translator.ts';
import type { SchoolMorningView } from '../services/morning/school-morning-view.ts';
import { failureLines } from './delivery-failure.ts';
import { header } from './header.ts';
import { holdReasonText } from './hold-reason-text.ts';
import { cardTemplate } from './render.ts';
import template from './school-morning.json' with { type: 'json' };
import { asLabel, asText } from './text.ts';

const render = cardTemplate(template);

/** A school's morning for its coordinator: held or out, how far contact has come, and whether every card arrived. */
export function schoolMorningCard(view: SchoolMorningView, words: Translator): object {
  const isHeld = view.state === 'held';
  // While the data are in doubt, nothing is said that rests on them.
  const failed = isHeld ? [] : view.delivery.failed;
  return render({
    lang: words.language,
    title: headline(asText(view.schoolName), view, words),
    fallback: schoolMorningSummary(view, words),
    ...header(view, words),
    isHeld,
    state: state(view, words),
    reasons: view.heldFor.map((reason) => ({ text: holdReasonText(reason, words) })),
    ask: words.t('school.heldAsk'),
    release: words.t('school.release'),
    releaseTooltip: words.t('school.releaseTooltip'),
    school: view.schoolId,
    day: view.day.toString(),
    facts: facts(view, words),
    failedTitle: words.t('school.failedTitle', { count: failed.length }),
    failed: failureLines(failed, words).map((text) => ({ text })),
    neutral: neutral(view, words),
  });
}

/** The text of the notification: what the card's title says. */
export function schoolMorningSummary(view: SchoolMorningView, words: Translator): string {
  return headline(asLabel(view.schoolName), view, words);
}

function headline(name: string, view: SchoolMorningView, words: Translator): string {
  if (view.state === 'held') return words.t('school.waiting', { name });
  return words.t('school.toContact', { name, count: view.toContact });
}

function state(view: SchoolMorningView, words: Translator): string {
  if (view.releasedBy === undefined) return words.t('school.released');
  const { name, at } = view.releasedBy;
  return words.t('school.releasedBy', { name: asText(name), time: words.time(at) });
}

/** What no group's card shows, told without anybody's name. */
function neutral(
  { withoutGroup = 0, protectedFollowUps, state }: SchoolMorningView,
  words: Translator,
): string {
  const ungrouped =
    withoutGroup > 0 && state === 'released' ? [words.t('school.withoutGroup', { count: withoutGroup })] : [];
  const hidden = protectedFollowUps > 0 ? [words.t('school.protected', { count: protectedFollowUps })] : [];
  return [...ungrouped, ...hidden].join('\n\n');
}

function facts(view: SchoolMorningView, words: Translator) {
  const { delivered: part, groups: total } = view.delivery;
  return [
    { title: words.t('school.missing'), value: String(view.missing) },
    { title: words.t('school.reported'), value: String(view.reported) },
    { title: words.t('school.contacted'), value: String(view.contacted) },
    { title: words.t('school.delivered'), value: words.t('school.ofTotal', { part, total }) },
  ];
}
