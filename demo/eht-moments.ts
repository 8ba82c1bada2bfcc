import { Temporal } from 'temporal-polyfill';

/** What there is to see around a meeting: its list, the meeting itself, and what is left after it. */
export type EhtMomentKind = 'list' | 'begins' | 'over';

export interface EhtMoment {
  readonly kind: EhtMomentKind;
  readonly at: Temporal.Instant;
}

/** A meeting of EHT, as the calendar has it. */
export interface EhtTimes {
  readonly listAt: Temporal.Instant;
  readonly startsAt: Temporal.Instant;
  readonly endsAt: Temporal.Instant;
}

/** The first such moment after `now`; undefined where there is none. */
export function nextEhtMoment(meetings: readonly EhtTimes[], now: Temporal.Instant): EhtMoment | undefined {
  const [next] = meetings
    .flatMap(({ listAt, startsAt, endsAt }): readonly EhtMoment[] => [
      { kind: 'list', at: listAt },
      { kind: 'begins', at: startsAt },
      { kind: 'over', at: endsAt },
    ])
    .filter(({ at }) => Temporal.Instant.compare(at, now) > 0)
    .toSorted((a, b) => Temporal.Instant.compare(a.at, b.at));
  return next;
}
