import { Temporal } from 'temporal-polyfill';

/** A school's day on its own wall clock, 23 or 25 hours long when the clocks change. */
export interface Window {
  readonly startsAt: Temporal.Instant;
  /** Exclusive. */
  readonly endsAt: Temporal.Instant;
  /** The same as a filter says it, both inclusive. */
  readonly from: string;
  readonly to: string;
}

export function windowOf(day: Temporal.PlainDate, timeZone: string): Window {
  const from = day.toZonedDateTime(timeZone);
  const next = day.add({ days: 1 }).toZonedDateTime(timeZone);
  return {
    startsAt: from.toInstant(),
    endsAt: next.toInstant(),
    from: from.toString({ timeZoneName: 'never' }),
    to: next.subtract({ seconds: 1 }).toString({ timeZoneName: 'never' }),
  };
}

/** Some suppliers leave the offset out; what they mean is the school's wall clock. */
export function instantOf(text: string, timeZone: string): Temporal.Instant {
  const hasOffset = /(Z|[+-]\d{2}:\d{2})$/.test(text);
  return hasOffset
    ? Temporal.Instant.from(text)
    : Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone).toInstant();
}

export function isBefore(a: Temporal.Instant, b: Temporal.Instant): boolean {
  return Temporal.Instant.compare(a, b) < 0;
}
