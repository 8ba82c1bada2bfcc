import type { Translator } from '../locales/translator.ts';
import type { FollowUpLine, PupilLine } from '../services/morning/morning-view.ts';
import { asLabel, asText } from './text.ts';

/** A pupil as the card's template binds it; '' leaves a part out. */
export interface PupilRow {
  readonly name: string;
  readonly weight: 'default' | 'bolder';
  readonly details: string;
  /** Who has made contact and when. */
  readonly done: string;
  /** The button's title, where somebody has to make contact. */
  readonly contact: string;
  readonly tooltip: string;
  readonly pupil: string;
}

export function pupilRow(pupil: PupilLine, words: Translator): PupilRow {
  const isOpen = pupil.followUp?.state === 'open';
  return {
    name: asText(pupil.name),
    weight: isOpen ? 'bolder' : 'default',
    details: details(pupil, words),
    done: done(pupil.followUp, words),
    contact: isOpen ? words.t('card.contact') : '',
    tooltip: isOpen ? words.t('card.contactTooltip', { name: asLabel(pupil.name) }) : '',
    pupil: pupil.pupilId,
  };
}

function details(pupil: PupilLine, words: Translator): string {
  const { notice, lessonsMissed, lateArrivals, daysInRow, isLongTerm } = pupil;
  return [
    notice === undefined ? '' : words.t(`card.notice.${notice}`),
    lessonsMissed > 0 ? words.t('card.missed', { count: lessonsMissed }) : '',
    lateArrivals > 0 ? words.t('card.late', { count: lateArrivals }) : '',
    daysInRow > 1 ? words.t('card.daysInRow', { day: words.ordinal(daysInRow) }) : '',
    isLongTerm ? words.t('card.longTerm') : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

function done(followUp: FollowUpLine | undefined, words: Translator): string {
  if (followUp?.state === 'contacted') {
    return words.t('card.contacted', { name: asText(followUp.by), time: words.time(followUp.at) });
  }
  return followUp?.state === 'closed' ? words.t('card.closed') : '';
}
