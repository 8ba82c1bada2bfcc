import type { Temporal } from 'temporal-polyfill';
import type { School } from '../config/municipality.ts';
import type { Action, Role, Whose } from './permissions.ts';

/** A role that somebody has, and whose the pupil is to them in it. */
export interface HeldRole {
  readonly role: Role;
  readonly whose: Whose;
}

/** Whom something would be done to, and where whoever does it is. */
export interface Towards {
  readonly school: School;
  readonly day: Temporal.PlainDate;
  readonly conversationId: string;
  /** Undefined for what concerns no single pupil. */
  readonly pupilId: string | undefined;
  /** The step of the routine that it is about: only whoever has that one is its owner. Where left out, any open one of the pupil's. */
  readonly stepId?: string | undefined;
}

/** What somebody wants to do. */
export interface Request extends Towards {
  readonly action: Action;
}
