import type { JSONColumnType } from 'kysely';
import type { Temporal } from 'temporal-polyfill';

/** A school's morning: released to the channels, or held until somebody says so. */
export interface MorningTable {
  schoolId: string;
  day: Temporal.PlainDate;
  state: 'held' | 'released';
  /** When the data were pulled. */
  dataAt: Temporal.Instant;
  heldFor: JSONColumnType<readonly HoldReason[]>;
  releasedAt: Temporal.Instant | null;
  releasedById: string | null;
  releasedByName: string | null;
}

/** Why a morning was held, with the figures that say so. Fractions between 0 and 1. */
export type HoldReason =
  | {
      readonly kind: 'fewLessonsReported';
      readonly reported: number;
      readonly started: number;
      readonly least: number;
    }
  | { readonly kind: 'manyAbsent'; readonly absent: number; readonly usual: number; readonly pupils: number }
  | { readonly kind: 'noLessons' };
