import { Temporal } from 'temporal-polyfill';

/** How far a roster has been read. */
export interface Cursor {
  /** What has changed after this is read next time. */
  readonly since: Temporal.Instant;
  /** From this day on everything is read. */
  readonly wholeFrom: Temporal.PlainDate;
}

/** The clocks of two systems differ, and a change can be dated before it can be read: some are read twice. */
const OVERLAP_MINUTES = 15;
/** What changes without leaving a mark is found after a week at the latest. */
const WHOLE_AFTER_DAYS = 7;

/** The cursor, where the next reading may be of the changes alone; undefined where everything has to be read. */
export function openCursor(text: string | undefined, today: Temporal.PlainDate): Cursor | undefined {
  const [since, wholeFrom] = text?.split(' ') ?? [];
  if (since === undefined || wholeFrom === undefined) return undefined;
  const cursor = { since: Temporal.Instant.from(since), wholeFrom: Temporal.PlainDate.from(wholeFrom) };
  return Temporal.PlainDate.compare(today, cursor.wholeFrom) < 0 ? cursor : undefined;
}

/** The cursor after a reading that began `readAt`, from the one before where that reading was of the changes alone. */
export function nextCursor(
  readAt: Temporal.Instant,
  today: Temporal.PlainDate,
  before: Cursor | undefined,
  turns: readonly string[],
): string {
  const latest = before?.wholeFrom ?? today.add({ days: WHOLE_AFTER_DAYS });
  const coming = turns.filter((day) => day > today.toString());
  const [wholeFrom] = [latest.toString(), ...coming].toSorted();
  const since = readAt.subtract({ minutes: OVERLAP_MINUTES }).toString({ smallestUnit: 'second' });
  return `${since} ${wholeFrom}`;
}
