import type { TextKey, Translator } from '../locales/translator.ts';
import type { OwnLine, OwnListView } from '../services/follow-up/own-list-view.ts';
import { type FaceOptions, FIRST_FACE } from './face.ts';
import { followUpText } from './follow-up-text.ts';
import { type On, onText } from './on.ts';
import template from './own-list.json' with { type: 'json' };
import { cardTemplate } from './render.ts';
import { asLabel, asText } from './text.ts';

const render = cardTemplate(template);
const PAGE_SIZE = 14;

/** Somebody's own pupils of a day; `on` is where the buttons are pressed, the list's own post or an answer in the chat. */
export function ownListCard(
  view: OwnListView,
  words: Translator,
  face: FaceOptions = FIRST_FACE,
  on: Omit<On, 'page'> = { purpose: 'ownList', subject: `${view.staffId}/${view.day}` },
): object {
  const pages = Math.max(1, Math.ceil(view.pupils.length / PAGE_SIZE));
  const page = Math.min(face.page, pages - 1);
  const shown = view.pupils.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE);
  return render({
    lang: words.language,
    title: headline(view, words),
    date: dateLine(view, words),
    notice: face.notice,
    empty: view.pupils.length === 0 ? words.t('own.none') : '',
    pupils: shown.map((line) => rowOf(line, words)),
    on: onText({ ...on, page }),
    turns: turns(page, pages, words, on),
  });
}

/** The text of the notification, without names. */
export function ownListSummary(view: OwnListView, words: Translator): string {
  return headline(view, words);
}

function headline(view: OwnListView, words: Translator): string {
  const count = view.pupils.filter(({ followUp }) => followUp?.state === 'open').length;
  return words.t('own.title', { count });
}

function dateLine({ schoolName, day, dataAt }: OwnListView, words: Translator): string {
  const at = dataAt === undefined ? [] : [words.t('card.dataAt', { time: words.time(dataAt) })];
  return [asText(schoolName), words.date(day), ...at].join(' · ');
}

const STATUS = {
  missing: 'own.missing',
  reported: 'own.reported',
  present: 'own.present',
  unknown: 'own.unknown',
  noLessons: 'own.noLessons',
} as const satisfies Record<OwnLine['status'], TextKey>;

function rowOf(line: OwnLine, words: Translator) {
  const { followUp } = line;
  const isActive = followUp?.state === 'open' || followUp?.state === 'contacted';
  const isOpen = followUp?.state === 'open';
  const details = [
    line.groupName === '' ? '' : asText(line.groupName),
    words.t(STATUS[line.status]),
    followUp === undefined ? '' : followUpText(followUp, words),
    line.daysInRow > 1 ? words.t('card.daysInRow', { day: words.ordinal(line.daysInRow) }) : '',
    line.isContactPerson ? words.t('own.contactPerson') : '',
  ];
  const button = isOpen ? words.t('card.contact') : words.t('card.change');
  return {
    name: followUp?.state === 'contacted' ? `✓ ${asText(line.name)}` : asText(line.name),
    weight: isOpen ? 'bolder' : 'default',
    details: details.filter(Boolean).join(' · '),
    button: isActive ? button : '',
    tooltip: isActive
      ? words.t(isOpen ? 'card.contactTooltip' : 'card.changeTooltip', { name: asLabel(line.name) })
      : '',
    followUp: followUp?.id ?? '',
    version: followUp?.version ?? 0,
    fallbackVerb: isOpen ? 'followUp.contacted' : 'card.show',
  };
}

function turns(page: number, pages: number, words: Translator, on: Omit<On, 'page'>) {
  const more =
    page + 1 < pages ? [{ title: words.t('card.more'), on: onText({ ...on, page: page + 1 }) }] : [];
  const back = page > 0 ? [{ title: words.t('card.back'), on: onText({ ...on, page: 0 }) }] : [];
  return [...more, ...back];
}
