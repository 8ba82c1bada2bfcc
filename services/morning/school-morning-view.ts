import type { Temporal } from 'temporal-polyfill';
import type { HoldReason } from '../storage/tables/morning.ts';

/** What the coordinator's card shows of a school's morning: held or out, and whether it got there. */
export interface SchoolMorningView {
  readonly schoolId: string;
  readonly schoolName: string;
  readonly day: Temporal.PlainDate;
  readonly timeZone: string;
  readonly dataAt: Temporal.Instant;
  readonly state: 'held' | 'released';
  readonly heldFor: readonly HoldReason[];
  readonly releasedBy: { readonly name: string; readonly at: Temporal.Instant } | undefined;
  readonly missing: number;
  readonly reported: number;
  readonly toContact: number;
  readonly contacted: number;
  readonly lessonsStarted: number;
  readonly lessonsReported: number;
  /** Protected pupils to follow up by the special routine; a count and nothing else. */
  readonly protectedFollowUps: number;
  /** Of those to contact, pupils who belong to no mentor group, and so stand on no card. */
  readonly withoutGroup?: number;
  readonly delivery: {
    readonly groups: number;
    readonly delivered: number;
    /** Groups with someone to show and no working channel. */
    readonly failed: readonly { readonly groupName: string; readonly code: string }[];
  };
}
