import type { Temporal } from 'temporal-polyfill';

/** A pupil; of a protected pupil no name is ever kept. */
export interface PupilTable {
  id: string;
  schoolId: string;
  givenName: string | null;
  familyName: string | null;
  grade: number | null;
  isProtected: boolean;
  removedAt: Temporal.Instant | null;
}

export interface StaffTable {
  id: string;
  givenName: string;
  familyName: string;
  email: string | null;
  /** The name the person signs in to Microsoft 365 with. */
  principalName: string | null;
  entraId: string | null;
  removedAt: Temporal.Instant | null;
}

export interface SchoolGroupTable {
  id: string;
  schoolId: string;
  kind: 'mentor' | 'class' | 'teaching';
  name: string;
  removedAt: Temporal.Instant | null;
}

export interface GroupMemberTable {
  groupId: string;
  pupilId: string;
}

export interface GroupMentorTable {
  groupId: string;
  staffId: string;
}

/** How far a source has been read: what to ask for "modified after" next time. */
export interface SourceCursorTable {
  sourceId: string;
  cursor: string;
  readAt: Temporal.Instant;
}
