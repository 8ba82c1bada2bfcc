import type { Translator } from '../locales/translator.ts';
import type { FollowUpView } from '../services/follow-up/follow-up-view.ts';
import template from './contact-panel.json' with { type: 'json' };
import { followUpText } from './follow-up-text.ts';
import { type On, onText } from './on.ts';
import { cardTemplate } from './render.ts';
import { asLabel, asText } from './text.ts';
import { contactChoices } from './ways-of-contact.ts';

const render = cardTemplate(template);
/** More than a school has in one channel, and no more than fits the card. */
const MOST_COLLEAGUES = 60;

/** What whoever pressed may do with the follow-up. */
export interface PanelRights {
  readonly mayRecord: boolean;
  /** The contact that they may take back, by its id. */
  readonly undoable: string | undefined;
  /** Whom they may hand it over to. */
  readonly colleagues: readonly { readonly staffId: string; readonly name: string }[];
}

/**
 * One pupil's follow-up, for whoever pressed: how it went with one more press and no typing, and what else they may do. It
 * stands in the place of the card that it was opened from until they answer or go back.
 */
export function contactPanel(view: FollowUpView, rights: PanelRights, on: On, words: Translator): object {
  const { followUp } = view;
  const isAsking = followUp.state !== 'closed' && rights.mayRecord;
  return render({
    lang: words.language,
    title: `${asText(view.pupilName)}${view.groupName === '' ? '' : ` · ${asText(view.groupName)}`}`,
    lines: lines(view, words).map((text) => ({ text })),
    ask: isAsking ? words.t(followUp.state === 'open' ? 'contact.ask' : 'contact.askAgain') : '',
    ...contactChoices(words),
    counterpart: (followUp.state === 'contacted' ? followUp.counterpart : undefined) ?? 'guardian',
    notReached: words.t('contact.notReached'),
    handOver: words.t('contact.handOver'),
    handOverLabel: words.t('contact.handOverLabel'),
    chooseColleague: words.t('contact.chooseColleague'),
    colleagues: rights.colleagues
      .slice(0, MOST_COLLEAGUES)
      .map(({ staffId, name }) => ({ staffId, name: asLabel(name) })),
    undos:
      rights.undoable === undefined ? [] : [{ title: words.t('contact.undo'), contact: rights.undoable }],
    back: words.t('contact.back'),
    followUp: followUp.id,
    version: followUp.version,
    on: onText(on),
  });
}

/** What has been done today, until when it is to be done, and who answers for it. */
function lines(view: FollowUpView, words: Translator): readonly string[] {
  const { followUp, contacts, responsibleName, contactPersonName } = view;
  const triedBefore = contacts
    .filter(({ outcome }) => outcome === 'notReached')
    .slice(0, followUp.state === 'open' ? -1 : undefined)
    .map(({ by, at }) => words.t('contact.tried', { name: asText(by), time: words.time(at) }));
  const isUntried = followUp.state === 'open' && followUp.tried === undefined;
  return [
    ...triedBefore,
    isUntried
      ? words.t('contact.dueAt', { time: words.time(followUp.dueAt) })
      : followUpText(followUp, words),
    responsibleName === undefined ? '' : words.t('contact.responsible', { name: asText(responsibleName) }),
    contactPersonName === undefined
      ? ''
      : words.t('contact.contactPerson', { name: asText(contactPersonName) }),
  ].filter(Boolean);
}
