import { Temporal } from 'temporal-polyfill';
import type { SchoolCalendar } from '../config/municipality.ts';
import type { WindowName } from '../config/routine.ts';
import { LONG_TERM_DAYS } from './long-term.ts';

/** Both days count. */
export interface DaySpan {
  readonly firstDay: Temporal.PlainDate;
  readonly lastDay: Temporal.PlainDate;
}

/** The days of a window as of `day`; undefined for a term or year that has not begun, or that the calendar does not know. */
export function windowSpan(
  name: WindowName,
  day: Temporal.PlainDate,
  { terms }: Pick<SchoolCalendar, 'terms'>,
): DaySpan | undefined {
  const from = (firstDay: Temporal.PlainDate) => ({ firstDay, lastDay: day });
  const begun = terms
    .map((term) => term.from)
    .filter((first) => first <= day.toString())
    .toSorted();
  switch (name) {
    case 'today':
      return from(day);
    case 'fourWeeks':
      return from(day.subtract({ days: LONG_TERM_DAYS - 1 }));
    case 'month':
      return from(day.with({ day: 1 }));
    case 'term':
      // Between two terms it is still the one that has ended.
      return fromText(begun.at(-1), day);
    case 'schoolYear':
      return fromText(begun[0], day);
  }
}

function fromText(first: string | undefined, lastDay: Temporal.PlainDate): DaySpan | undefined {
  return first === undefined ? undefined : { firstDay: Temporal.PlainDate.from(first), lastDay };
}
