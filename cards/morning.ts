import type { TextKey, Translator } from '../locales/translator.ts';
import type { MorningView } from '../services/morning/morning-view.ts';
import { type FaceOptions, FIRST_FACE } from './face.ts';
import { header } from './header.ts';
import template from './morning.json' with { type: 'json' };
import { type Page, pageOf } from './morning-pages.ts';
import { morningSections, type Section } from './morning-sections.ts';
import { onText } from './on.ts';
import { cardTemplate } from './render.ts';
import { asLabel, asText } from './text.ts';

const render = cardTemplate(template);

/** A mentor group's morning as an Adaptive Card of at most 25 KB. */
export function morningCard(view: MorningView, words: Translator, face: FaceOptions = FIRST_FACE): object {
  const current = pageOf(morningSections(view, words), face.page);
  const on = (page: number) => onText({ purpose: 'morning', subject: `${view.groupId}/${view.day}`, page });
  const { date, quality } = header({ ...view, ...view.quality }, words);
  const title = headline(view);
  return render({
    lang: words.language,
    title: words.t(title.key, { name: asText(view.groupName), count: title.count }),
    fallback: words.t(title.key, { name: asLabel(view.groupName), count: title.count }),
    date,
    quality: [quality, ...lateHere(view, words)].join(' · '),
    notice: face.notice,
    sections: current.sections.map(bound),
    on: on(current.page),
    pageText: current.pages > 1 ? words.t('card.page', { page: current.page + 1, pages: current.pages }) : '',
    turns: [...several(view, words, on(current.page)), ...turns(current, words, on)],
  });
}

/** The text of the notification: what the card's title says, without names, since it stands on locked screens. */
export function morningSummary(view: MorningView, words: Translator): string {
  const { key, count } = headline(view);
  return words.t(key, { name: asLabel(view.groupName), count });
}

/** What there is to do, or that there is nothing to do; never that all are here: of a protected pupil the card knows nothing. */
function headline(view: MorningView): { readonly key: TextKey; readonly count: number } {
  const { lessonsStarted, lessonsReported } = view.quality;
  const expected = [...view.missing, ...view.notSeenYet];
  const followUps = [...expected, ...view.reported].flatMap(({ followUp }) => followUp ?? []);
  const count = followUps.filter(({ state }) => state === 'open').length;
  const isAnyoneContacted = followUps.some(({ state }) => state === 'contacted');
  if (count > 0 || expected.length > 0 || isAnyoneContacted) return { key: 'card.toContact', count };
  if (lessonsStarted === 0) return { key: 'card.notStarted', count };
  if (lessonsReported === 0) return { key: 'card.nothingReported', count };
  return { key: 'card.nobodyHere', count };
}

function lateHere({ quality: { lateArrivals: count } }: MorningView, words: Translator): readonly string[] {
  return count === 0 ? [] : [words.t('card.lateHere', { count })];
}

/** The two kinds of rows look different. Those to contact come first, as in the view. */
function bound({ title, text, rows }: Section) {
  return {
    title,
    text,
    active: rows.filter(({ kind }) => kind === 'active'),
    plain: rows.filter(({ kind }) => kind === 'plain'),
  };
}

/** With two or more left to contact, the same can be said of several at once. */
function several(view: MorningView, words: Translator, on: string) {
  const everyone = [...view.missing, ...view.notSeenYet, ...view.reported];
  const open = everyone.filter(({ followUp }) => followUp?.state === 'open');
  return open.length < 2 ? [] : [{ title: words.t('card.several'), verb: 'followUp.several', on }];
}

function turns({ page, pages }: Page, words: Translator, on: (page: number) => string) {
  const more = page + 1 < pages ? [{ title: words.t('card.more'), verb: 'card.show', on: on(page + 1) }] : [];
  const back = page > 0 ? [{ title: words.t('card.back'), verb: 'card.show', on: on(0) }] : [];
  return [...more, ...back];
}
