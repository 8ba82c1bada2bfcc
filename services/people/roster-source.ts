import type { Temporal } from 'temporal-polyfill';

/**
 * Where pupils, staff and groups come from. One source may serve several schools; what it names is already translated
 * to Sedd's school ids, and protected pupils come without names.
 */
export interface RosterSource {
  readonly id: string;
  /**
   * Reads the whole roster, or with `cursor` what has changed since that reading.
   * Fails with a `SourceError` (services/sources/source-error.ts); never half a roster.
   */
  readRoster(cursor: string | undefined): Promise<RosterChange>;
}

export interface RosterChange {
  /** True where everything is here, so that whoever is not named has left. */
  readonly isWhole: boolean;
  /** What to give as `cursor` next time. */
  readonly cursor: string;
  readonly pupils: readonly RosterPupil[];
  readonly staff: readonly RosterStaff[];
  /** A changed group is given with all its members and mentors. */
  readonly groups: readonly RosterGroup[];
  readonly removed: { readonly personIds: readonly string[]; readonly groupIds: readonly string[] };
  /** Whoever any record marks as protected, also where their own does not or is not among what has changed. */
  readonly protectedIds?: ReadonlySet<string> | undefined;
  /** Records that could not be read, by kind and reason; ids only. */
  readonly rejected: readonly RejectedRecord[];
  readonly readAt: Temporal.Instant;
}

export type RosterPupil =
  | {
      readonly isProtected: false;
      readonly id: string;
      readonly schoolId: string;
      readonly givenName: string;
      readonly familyName: string;
      readonly grade: number | undefined;
    }
  | {
      readonly isProtected: true;
      readonly id: string;
      readonly schoolId: string;
      readonly grade: number | undefined;
    };

export interface RosterStaff {
  readonly id: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly email: string | undefined;
  readonly principalName: string | undefined;
}

export interface RosterGroup {
  readonly id: string;
  readonly schoolId: string;
  readonly kind: 'mentor' | 'class' | 'teaching';
  readonly name: string;
  readonly pupilIds: readonly string[];
  readonly mentorIds: readonly string[];
}

/** A foreign record that was left out, and why: `path` within the record, `reason` in English. No names. */
export interface RejectedRecord {
  readonly kind: string;
  readonly id: string | undefined;
  readonly path: string;
  readonly reason: string;
}
