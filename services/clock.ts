import { Temporal } from 'temporal-polyfill';

/** Tells the time; the only thing in Sedd that may. Time is given to services, never taken by them. */
export interface Clock {
  now(): Temporal.Instant;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Temporal.Now.instant() };

/** The day it is at a moment where a school, or a municipality, is. */
export function dayAt(at: Temporal.Instant, { timeZone }: { readonly timeZone: string }): Temporal.PlainDate {
  return at.toZonedDateTimeISO(timeZone).toPlainDate();
}
