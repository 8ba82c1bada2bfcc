import type { TextKey, Translator } from '../locales/translator.ts';
import type { FollowUpLine } from '../services/follow-up/follow-up-line.ts';
import type { PupilLine } from '../services/morning/morning-view.ts';
import { followUpText } from './follow-up-text.ts';
import { asLabel, asText } from './text.ts';

/** A pupil with a button: somebody has to make contact, or has made it and may say more. */
export interface ActiveRow {
  readonly kind: 'active';
  readonly name: string;
  readonly details: string;
  readonly button: string;
  readonly tooltip: string;
  readonly followUp: string;
  readonly version: number;
  /** What a press does in a client that cannot ask: it records that contact was made, or shows the card. */
  readonly fallbackVerb: 'followUp.contacted' | 'card.show';
}

/** A pupil nobody has to contact, or no longer: one line, which reads no Markdown. */
export interface PlainRow {
  readonly kind: 'plain';
  readonly name: string;
  readonly details: string;
}

export type PupilRow = ActiveRow | PlainRow;

/** What is left out of the details, where a section's heading says it already. */
export interface RowOptions {
  readonly isLongTermSaid: boolean;
}

/** A pupil as the card's template binds it; '' leaves the details out. */
export function pupilRow(pupil: PupilLine, words: Translator, options: RowOptions): PupilRow {
  const facts = details(pupil, words, options);
  const { followUp } = pupil;
  if (followUp?.state === 'open' || followUp?.state === 'contacted') {
    return activeRow(pupil.name, followUp, facts, words);
  }
  const done = followUp === undefined ? '' : words.t('card.closed');
  const name = asLabel(pupil.name);
  const rest = joined([done, ...facts]);
  return {
    kind: 'plain',
    name: done === '' ? name : `✓ ${name}`,
    details: rest === '' ? '' : `${GAP}${rest}`,
  };
}

function activeRow(
  name: string,
  followUp: Exclude<FollowUpLine, { state: 'closed' }>,
  facts: readonly string[],
  words: Translator,
): ActiveRow {
  const isOpen = followUp.state === 'open';
  return {
    kind: 'active',
    name: isOpen ? asText(name) : `✓ ${asText(name)}`,
    details: joined([followUpText(followUp, words), ...facts]),
    button: words.t(isOpen ? 'card.contact' : 'card.change'),
    tooltip: words.t(isOpen ? 'card.contactTooltip' : 'card.changeTooltip', { name: asLabel(name) }),
    followUp: followUp.id,
    version: followUp.version,
    fallbackVerb: isOpen ? 'followUp.contacted' : 'card.show',
  };
}

/** An em space: on one line with the name, and some way from it. */
const GAP = '\u2003';

const NOTICES: Readonly<Record<'leave' | 'valid', TextKey>> = { leave: 'card.leave', valid: 'card.valid' };

/** What tells most of a pupil's absence comes first: the lessons of this morning are the least of it. */
function details(pupil: PupilLine, words: Translator, { isLongTermSaid }: RowOptions): readonly string[] {
  const { notice, lessonsMissed, lateArrivals, isLongTerm } = pupil;
  return [
    // That a guardian has reported it is what the section's heading says.
    notice === undefined || notice === 'reported' ? '' : words.t(NOTICES[notice]),
    isLongTerm && !isLongTermSaid ? words.t('card.longTerm') : '',
    days(pupil, words),
    lessonsMissed > 0 ? words.t('card.missed', { count: lessonsMissed }) : '',
    lateArrivals > 0 ? words.t('card.late', { count: lateArrivals }) : '',
  ];
}

/** Today counts among the days in a row only where a teacher has reported something. */
function days({ daysInRow, lessonsMissed }: PupilLine, words: Translator): string {
  if (lessonsMissed > 0) {
    return daysInRow > 1 ? words.t('card.daysInRow', { day: words.ordinal(daysInRow) }) : '';
  }
  return daysInRow > 0 ? words.t('card.daysBefore', { count: daysInRow }) : '';
}

function joined(parts: readonly string[]): string {
  return parts.filter(Boolean).join(' · ');
}
