import type { Translator } from '../locales/translator.ts';
import type { EhtReminderView } from '../services/eht/reminder-view.ts';
import template from './eht-reminder.json' with { type: 'json' };
import { decisionRow } from './eht-summary.ts';
import { nameAndGroup } from './eht-text.ts';
import { type FaceOptions, FIRST_FACE } from './face.ts';
import { mention, said } from './mention.ts';
import { onText } from './on.ts';
import { cardTemplate } from './render.ts';
import { asText } from './text.ts';

const render = cardTemplate(template);
/** More than this is counted: each stands on its meeting's summary as well. */
const MOST_DECISIONS = 14;

/** What EHT has decided that somebody is to see to, when it is due; afterwards it shows what was done. */
export function ehtReminderCard(
  view: EhtReminderView,
  words: Translator,
  face: FaceOptions = FIRST_FACE,
): object {
  const { owner, lines } = view;
  const mentioned = owner.teamsId === undefined ? undefined : mention(owner.name, owner.teamsId);
  const open = lines.filter(({ decision }) => decision.state !== 'done');
  const shown = [...open, ...lines.filter((line) => !open.includes(line))].slice(0, MOST_DECISIONS);
  const more = lines.length - shown.length;
  const card = render({
    lang: words.language,
    title: ehtReminderSummary(view, words),
    fallback: ehtReminderSummary(view, words),
    lead: said(mentioned?.text ?? asText(owner.name), words.t('eht.reminderWhy')),
    notice: face.notice,
    rows: shown.map(({ pupilName, groupName, decision }) =>
      decisionRow(decision, words, nameAndGroup(pupilName, groupName)),
    ),
    more: more > 0 ? words.t('eht.moreDecisions', { count: more }) : '',
    done: words.t('eht.done'),
    on: onText({
      purpose: 'ehtReminder',
      subject: `${view.schoolId}/${view.day}/${owner.address}`,
      page: 0,
    }),
  });
  return mentioned === undefined ? card : { ...card, msteams: { entities: [mentioned.entity] } };
}

/** The text of the notification, without names. */
export function ehtReminderSummary({ lines }: EhtReminderView, words: Translator): string {
  const count = lines.filter(({ decision }) => decision.state !== 'done').length;
  return words.t('eht.reminderTitle', { count });
}
