import type { Temporal } from 'temporal-polyfill';
import type { SchoolMorningView } from '../morning/school-morning-view.ts';
import type { ContactTime } from './contact-time.ts';
import type { Edition } from './digest-posts.ts';
import type { WeekCompliance } from './week-compliance.ts';

/** A school's follow-up of a day as its coordinators see it. Names only of pupils above a limit; none of a protected one. */
export interface DigestView {
  readonly edition: Edition;
  /** A later edition has taken its place; undefined where this is the latest. */
  readonly replacedBy: Edition | undefined;
  readonly school: SchoolMorningView;
  /** Mentor groups with somebody to follow up, or lessons that are not reported; in order of name. */
  readonly groups: readonly DigestGroup[];
  readonly total: Omit<DigestGroup, 'name' | 'unreportedLessons'>;
  readonly medianMinutes: number | undefined;
  /** Pupils who have come above a limit since the school day before. */
  readonly newlyAbove: readonly AboveLimit[];
  /** The last five school days with figures, today among them; oldest first. */
  readonly week: readonly ContactTime[];
}

export interface DigestGroup {
  readonly name: string;
  /** Follow-ups that somebody had, or has, to act on. */
  readonly followUps: number;
  readonly contacted: number;
  /** Open, after at least one try that reached nobody. */
  readonly notReached: number;
  readonly open: number;
  /** Open, and reminded of. */
  readonly overdue: number;
  readonly unreportedLessons: number;
}

export interface AboveLimit {
  readonly name: string;
  readonly groupName: string;
  /** Fractions: the limit, and the pupil's total absence over the four weeks before the day. */
  readonly limit: number;
  readonly absence: number;
  /** How much of what was offered is reported. */
  readonly reporting: number;
}

/** A school's week, for its coordinators. */
export interface WeekDigestView {
  readonly schoolName: string;
  readonly week: number;
  readonly firstDay: Temporal.PlainDate;
  readonly lastDay: Temporal.PlainDate;
  readonly days: readonly ContactTime[];
  /** The same of the week before, added up. */
  readonly before: { readonly followUps: number; readonly contacted: number };
  /** Undefined where no routine is followed. */
  readonly compliance: WeekCompliance | undefined;
}
