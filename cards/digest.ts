import type { Translator } from '../locales/translator.ts';
import type { DigestGroup, DigestView } from '../services/digest/digest-view.ts';
import { failureLines } from './delivery-failure.ts';
import template from './digest.json' with { type: 'json' };
import { type FaceOptions, FIRST_FACE } from './face.ts';
import { header } from './header.ts';
import { onText } from './on.ts';
import { cardTemplate } from './render.ts';
import { asLabel, asText } from './text.ts';
import { weekChart } from './week-chart.ts';

const render = cardTemplate(template);
const MOST_ABOVE = 10;

/** How a school's follow-up stands, for its coordinators; an edition that a later one has replaced is a single line. */
export function digestCard(view: DigestView, words: Translator, face: FaceOptions = FIRST_FACE): object {
  const { school } = view;
  const isReplaced = view.replacedBy !== undefined;
  return render({
    lang: words.language,
    title: headline(asText(school.schoolName), view, words),
    fallback: digestSummary(view, words),
    ...header(school, words),
    notice: face.notice,
    facts: isReplaced ? [] : facts(view, words),
    sections: isReplaced ? [] : sections(view, words),
    ...weekChart(isReplaced ? [] : view.week, words),
    neutral:
      isReplaced || school.protectedFollowUps === 0
        ? ''
        : words.t('school.protected', { count: school.protectedFollowUps }),
    actions: isReplaced || view.total.open === 0 ? [] : actions(words),
    on: onText({
      purpose: 'digest',
      subject: `${school.schoolId}/${school.day}/${view.edition}`,
      page: face.page,
    }),
  });
}

/** The text of the notification, without names. */
export function digestSummary(view: DigestView, words: Translator): string {
  return headline(asLabel(view.school.schoolName), view, words);
}

function headline(name: string, view: DigestView, words: Translator): string {
  if (view.replacedBy !== undefined) return words.t('digest.replaced', { name });
  return words.t('digest.title', { name, count: view.total.open });
}

function facts({ total, school, medianMinutes }: DigestView, words: Translator) {
  const { delivered, groups } = school.delivery;
  const rows: readonly (readonly [string, string])[] = [
    [words.t('digest.followUps'), String(total.followUps)],
    [words.t('school.contacted'), String(total.contacted)],
    [words.t('digest.notReached'), String(total.notReached)],
    [words.t('digest.overdue'), String(total.overdue)],
    [
      words.t('digest.timeToContact'),
      medianMinutes === undefined
        ? words.t('digest.nobodyYet')
        : words.t('digest.minutes', { count: medianMinutes }),
    ],
    [words.t('school.delivered'), words.t('school.ofTotal', { part: delivered, total: groups })],
  ];
  return rows.map(([title, value]) => ({ title, value }));
}

interface Section {
  readonly title: string;
  readonly lines: readonly { readonly text: string }[];
}

function sections(view: DigestView, words: Translator): readonly Section[] {
  const { failed } = view.school.delivery;
  const section = (title: string, lines: readonly string[]): readonly Section[] =>
    lines.length === 0 ? [] : [{ title, lines: lines.map((text) => ({ text })) }];
  return [
    ...section(words.t('school.failedTitle', { count: failed.length }), failureLines(failed, words)),
    ...section(
      words.t('digest.groups'),
      view.groups.map((group) => groupLine(group, words)),
    ),
    ...section(words.t('digest.newlyAbove'), aboveLines(view, words)),
  ];
}

/** "**8A** 3 att följa upp · 2 kontaktade · 1 öppen": what is nought is not said. */
function groupLine(group: DigestGroup, words: Translator): string {
  const parts = [
    group.followUps === 0 ? '' : words.t('digest.lineFollowUps', { count: group.followUps }),
    group.contacted === 0 ? '' : words.t('digest.lineContacted', { count: group.contacted }),
    group.notReached === 0 ? '' : words.t('digest.lineNotReached', { count: group.notReached }),
    group.open === 0 ? '' : words.t('digest.lineOpen', { count: group.open }),
    group.overdue === 0 ? '' : words.t('digest.lineOverdue', { count: group.overdue }),
    group.unreportedLessons === 0 ? '' : words.t('digest.lineUnreported', { count: group.unreportedLessons }),
  ];
  return `**${asText(group.name)}** ${parts.filter(Boolean).join(' · ')}`;
}

function aboveLines({ newlyAbove }: DigestView, words: Translator): readonly string[] {
  const lines = newlyAbove.slice(0, MOST_ABOVE).map(({ name, groupName, limit, absence, reporting }) =>
    words.t('digest.above', {
      name: groupName === '' ? asText(name) : `${asText(name)}, ${asText(groupName)}`,
      limit: words.percent(limit),
      absence: words.percent(absence),
      reporting: words.percent(reporting),
    }),
  );
  const more = newlyAbove.length - lines.length;
  return more > 0 ? [...lines, words.t('card.andMore', { count: more })] : lines;
}

function actions(words: Translator) {
  return [
    { title: words.t('digest.listOpen'), verb: 'digest.listOpen' },
    { title: words.t('digest.remindAll'), verb: 'digest.remindAll' },
  ];
}
