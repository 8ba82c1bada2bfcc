import type { TextKey, Translator } from '../locales/translator.ts';
import type { PupilLine } from '../services/morning/morning-view.ts';
import { asLabel, asText } from './text.ts';

/** A pupil somebody has to contact: two lines and a button. */
export interface OpenRow {
  readonly kind: 'open';
  readonly name: string;
  readonly details: string;
  readonly tooltip: string;
  readonly pupil: string;
}

/** A pupil nobody has to contact, or no longer: one line, which reads no Markdown. */
export interface PlainRow {
  readonly kind: 'plain';
  readonly name: string;
  readonly details: string;
}

export type PupilRow = OpenRow | PlainRow;

/** What is left out of the details, where a section's heading says it already. */
export interface RowOptions {
  readonly isLongTermSaid: boolean;
}

/** A pupil as the card's template binds it; '' leaves the details out. */
export function pupilRow(pupil: PupilLine, words: Translator, options: RowOptions): PupilRow {
  const facts = details(pupil, words, options);
  const { followUp } = pupil;
  if (followUp?.state === 'open') {
    return {
      kind: 'open',
      name: asText(pupil.name),
      details: joined(facts),
      tooltip: words.t('card.contactTooltip', { name: asLabel(pupil.name) }),
      pupil: pupil.pupilId,
    };
  }
  const done = followUp === undefined ? '' : outcome(followUp, words);
  const name = asLabel(pupil.name);
  const rest = joined([done, ...facts]);
  return {
    kind: 'plain',
    name: done === '' ? name : `✓ ${name}`,
    details: rest === '' ? '' : `${GAP}${rest}`,
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

type FollowUp = NonNullable<PupilLine['followUp']>;

function outcome(followUp: FollowUp, words: Translator): string {
  if (followUp.state !== 'contacted') return words.t('card.closed');
  const { by, at, on } = followUp;
  const time = on === undefined ? words.time(at) : `${words.date(on)} ${words.time(at)}`;
  return words.t('card.contacted', { name: asLabel(by), time });
}

function joined(parts: readonly string[]): string {
  return parts.filter(Boolean).join(' · ');
}
