import type { TextKey, Translator } from '../locales/translator.ts';
import type { ReminderLine, ReminderView } from '../services/follow-up/reminder-view.ts';
import { type FaceOptions, FIRST_FACE } from './face.ts';
import { followUpText } from './follow-up-text.ts';
import { type Mention, mention, said } from './mention.ts';
import { type On, onText } from './on.ts';
import template from './reminder.json' with { type: 'json' };
import { cardTemplate } from './render.ts';
import { asLabel, asText } from './text.ts';

const render = cardTemplate(template);
/** More pupils than this are counted and not named: the card of each group names them all. */
const MOST_PUPILS = 14;

/** A reminder, or what the coordinators are told at noon and in the afternoon; afterwards it shows what was done. */
export function reminderCard(
  view: ReminderView,
  words: Translator,
  face: FaceOptions = FIRST_FACE,
  on: On = { purpose: 'reminder', subject: view.batchId, page: 0 },
): object {
  const mentions = mentionOf(view);
  const shown = view.pupils.slice(0, MOST_PUPILS);
  const more = view.pupils.length - shown.length;
  const card = render({
    lang: words.language,
    title: headline(asText(view.schoolName), view, words),
    fallback: reminderSummary(view, words),
    notice: face.notice,
    lead: said(mentions?.text ?? '', lead(view, words)),
    pupils: shown.map((line) => rowOf(line, view, words)),
    more: more > 0 ? words.t('card.andMore', { count: more }) : '',
    neutral: view.protectedOpen === 0 ? '' : words.t('school.protected', { count: view.protectedOpen }),
    back: on.purpose === 'reminder' ? '' : words.t('contact.back'),
    on: onText(on),
  });
  return mentions === undefined ? card : { ...card, msteams: { entities: [mentions.entity] } };
}

/** The text of the notification, without names. */
export function reminderSummary(view: ReminderView, words: Translator): string {
  return headline(asLabel(view.schoolName), view, words);
}

const TITLES = {
  due: 'reminder.due',
  again: 'reminder.again',
  asked: 'reminder.asked',
  escalated: 'reminder.escalated',
  lastCheck: 'reminder.lastCheck',
} as const satisfies Record<ReminderView['rung'], TextKey>;

function headline(school: string, view: ReminderView, words: Translator): string {
  const count = countOpen(view);
  return count === 0
    ? words.t('reminder.done')
    : words.t(TITLES[view.rung], { count, school, time: words.time(view.at) });
}

function countOpen({ pupils, protectedOpen }: ReminderView): number {
  return pupils.filter(({ followUp }) => followUp.state === 'open').length + protectedOpen;
}

/** Why this person gets this message; nothing once there is nothing left to do. */
function lead(view: ReminderView, words: Translator): string {
  if (countOpen(view) === 0) return '';
  if (view.rung === 'lastCheck') return words.t('reminder.whyLastCheck');
  if (view.person === undefined) return words.t('reminder.whyCoordinator');
  return words.t(view.isInstead ? 'reminder.whyInstead' : 'reminder.whyYou');
}

function rowOf(line: ReminderLine, view: ReminderView, words: Translator) {
  const isOpen = line.followUp.state === 'open';
  const isForOthers = view.person === undefined || view.isInstead;
  const details = [
    line.groupName === '' ? '' : asText(line.groupName),
    followUpText(line.followUp, words),
    line.isLongTerm ? words.t('card.longTerm') : '',
    isOpen && isForOthers && line.responsibleName !== undefined
      ? words.t('reminder.responsible', { name: asText(line.responsibleName) })
      : '',
  ];
  return {
    name: isOpen ? asText(line.name) : `✓ ${asText(line.name)}`,
    details: details.filter(Boolean).join(' · '),
    button: isOpen ? words.t('card.contact') : '',
    tooltip: isOpen ? words.t('card.contactTooltip', { name: asLabel(line.name) }) : '',
    followUp: line.followUp.id,
    version: line.followUp.version,
  };
}

/** In a channel the person is mentioned: that is what makes it reach them. */
function mentionOf({ person, isInThread }: ReminderView): Mention | undefined {
  return isInThread && person?.teamsId !== undefined ? mention(person.name, person.teamsId) : undefined;
}
