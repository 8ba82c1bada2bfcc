import type { Generated, JSONColumnType } from 'kysely';
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

/** A reading of a morning that was out already: held, because it says less than was known, or that far too many are absent. */
export interface HeldReadingTable {
  id: Generated<string>;
  schoolId: string;
  day: Temporal.PlainDate;
  /** When the data were pulled: the latest that were held for it. */
  readAt: Temporal.Instant;
  heldFor: JSONColumnType<readonly HoldReason[]>;
  acceptedAt: Temporal.Instant | null;
  acceptedById: string | null;
  acceptedByName: string | null;
  /** As of when the cards show a reading again. */
  endedAt: Temporal.Instant | null;
}

/** Why a morning or a reading was held, with the figures that say so. Fractions between 0 and 1. */
export type HoldReason =
  | {
      readonly kind: 'fewLessonsReported';
      readonly reported: number;
      readonly started: number;
      readonly least: number;
    }
  | { readonly kind: 'manyAbsent'; readonly absent: number; readonly usual: number; readonly pupils: number }
  | { readonly kind: 'noLessons' };
