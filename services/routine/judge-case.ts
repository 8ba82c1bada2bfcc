import type { Temporal } from 'temporal-polyfill';
import { countSchoolDays } from '../calendar/school-days.ts';
import type { SchoolCalendar } from '../config/municipality.ts';
import { type CaseRow, isActive } from './routine-case.ts';

type Standing = Pick<CaseRow, 'state' | 'asks' | 'askedDay' | 'belowSince'>;

export interface Judged {
  readonly isAbove: boolean;
  /** With the data as they are now, the pupil was not above the limit on the day that the case arose. */
  readonly isCorrected: boolean;
  /** The pupil has left the school. */
  readonly hasLeft: boolean;
  readonly day: Temporal.PlainDate;
  readonly calendar: SchoolCalendar;
  readonly ceasedAfterSchoolDays: number;
}

export type Verdict =
  | { readonly kind: 'propose' }
  | { readonly kind: 'reopen' }
  /** What the case knows of itself changes; where `asks` is new, people are asked. */
  | { readonly kind: 'note'; readonly change: Pick<CaseRow, 'asks' | 'askedDay' | 'belowSince'> }
  | { readonly kind: 'nothing' };

/**
 * What a day means for a pupil and a level. A crossing proposes a case; one that has ended is proposed again only after the
 * pupil was below in between. What has ceased, or was never so, asks: nothing ends by itself.
 */
export function judgeCase(found: Standing | undefined, judged: Judged): Verdict {
  if (found === undefined) return judged.isAbove ? { kind: 'propose' } : { kind: 'nothing' };
  if (isActive(found)) return note(found, judged.isAbove ? still() : fallen(found, judged));
  if (judged.isAbove) return found.belowSince === null ? { kind: 'nothing' } : { kind: 'reopen' };
  return note(found, { ...still(), belowSince: found.belowSince ?? judged.day });
}

type Change = Extract<Verdict, { kind: 'note' }>['change'];

/** Above: whatever it asked for is no longer so. */
function still(): Change {
  return { asks: null, askedDay: null, belowSince: null };
}

function fallen(found: Standing, judged: Judged): Change {
  const belowSince = found.belowSince ?? judged.day;
  const asks = askOf(belowSince, judged);
  if (asks === null) return { asks, askedDay: null, belowSince };
  return { asks, askedDay: found.asks === asks ? found.askedDay : judged.day, belowSince };
}

function askOf(belowSince: Temporal.PlainDate, judged: Judged): CaseRow['asks'] {
  if (judged.hasLeft) return 'close';
  if (judged.isCorrected) return 'withdraw';
  const daysBelow = countSchoolDays(judged.calendar, belowSince, judged.day);
  return daysBelow >= judged.ceasedAfterSchoolDays ? 'close' : null;
}

function note(found: Standing, change: Change): Verdict {
  const isSame =
    found.asks === change.asks &&
    isSameDay(found.askedDay, change.askedDay) &&
    isSameDay(found.belowSince, change.belowSince);
  return isSame ? { kind: 'nothing' } : { kind: 'note', change };
}

function isSameDay(a: Temporal.PlainDate | null, b: Temporal.PlainDate | null): boolean {
  return a?.toString() === b?.toString();
}
