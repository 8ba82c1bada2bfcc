/** Minutes of one pupil or many, of a day or a window. Sums are added; percentages never are. */
export interface Sums {
  readonly offeredMinutes: number;
  readonly reportedMinutes: number;
  readonly validMinutes: number;
  readonly invalidMinutes: number;
}

/** Fractions of the offered minutes, between 0 and 1 and not rounded; undefined where nothing was offered. */
export interface Rate {
  readonly absence: number | undefined;
  readonly valid: number | undefined;
  readonly invalid: number | undefined;
  /** How much of what was offered is reported: the rest is unknown. */
  readonly reporting: number | undefined;
}

export const NO_MINUTES: Sums = { offeredMinutes: 0, reportedMinutes: 0, validMinutes: 0, invalidMinutes: 0 };

/** Adds the minutes of several days, windows or pupils. */
export function addSums(all: Iterable<Sums>): Sums {
  let { offeredMinutes, reportedMinutes, validMinutes, invalidMinutes } = NO_MINUTES;
  for (const sums of all) {
    offeredMinutes += sums.offeredMinutes;
    reportedMinutes += sums.reportedMinutes;
    validMinutes += sums.validMinutes;
    invalidMinutes += sums.invalidMinutes;
  }
  return { offeredMinutes, reportedMinutes, validMinutes, invalidMinutes };
}

/** The shares of what was offered. */
export function rate(sums: Sums): Rate {
  const share = (minutes: number) => (sums.offeredMinutes > 0 ? minutes / sums.offeredMinutes : undefined);
  return {
    absence: share(sums.validMinutes + sums.invalidMinutes),
    valid: share(sums.validMinutes),
    invalid: share(sums.invalidMinutes),
    reporting: share(sums.reportedMinutes),
  };
}

/** Limits are written in percent with at most four decimals; a whole number of these is exact. */
const PARTS = 1_000_000;

/**
 * Whether total absence is strictly more than `limit`, a fraction. Compared as whole numbers: as floats, 29 of 100 minutes
 * would be more than 0.29 of them.
 */
export function isOver(sums: Sums, limit: number): boolean {
  return isShareOver(sums.validMinutes + sums.invalidMinutes, sums.offeredMinutes, limit);
}

/** Whether some minutes are strictly more than `limit`, a fraction, of those offered. */
export function isShareOver(minutes: number, offeredMinutes: number, limit: number): boolean {
  return minutes * PARTS > Math.round(limit * PARTS) * offeredMinutes;
}
