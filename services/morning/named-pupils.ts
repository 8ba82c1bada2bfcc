import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { type FollowUpFacts, followUpLine } from '../follow-up/follow-up-line.ts';
import type { Db } from '../storage/database.ts';
import type { PupilLine } from './morning-view.ts';

export type NamedPupil = Pick<PupilLine, 'name' | 'followUp'>;

type StoredFollowUp = readonly [
  id: string,
  version: number,
  state: FollowUpFacts['state'],
  dueAt: string,
  contactedAt: string | null,
  contactedByName: string | null,
  method: FollowUpFacts['method'],
  counterpart: FollowUpFacts['counterpart'],
  lastAttemptAt: string | null,
  lastAttemptByName: string | null,
];
type StoredName = readonly [
  id: string,
  givenName: string,
  familyName: string,
  followUp: StoredFollowUp | null,
];

/**
 * What the pupils are called, never a protected one, and how each is followed up on the day. Read as JSON, since rows of their
 * own take PGlite longer. (`limit 1` keeps it one pupil at a time: as a join, every follow-up of everybody would be read.)
 */
export async function readNamed(
  db: Db,
  ids: readonly string[],
  day: Temporal.PlainDate,
  timeZone: string,
): Promise<ReadonlyMap<string, NamedPupil>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ names: readonly StoredName[] | null }>`
    select json_agg(json_build_array(pupil.id, pupil.given_name, pupil.family_name, (
      select json_build_array(own.id, own.version, own.state, own.due_at, own.contacted_at, own.contacted_by_name,
        own.method, own.counterpart, own.last_attempt_at, own.last_attempt_by_name)
      from follow_up as own where own.pupil_id = pupil.id and own.day = ${day} limit 1))) as names
    from pupil where pupil.id = any(${[...ids]}::text[]) and not pupil.is_protected`.execute(db);
  return new Map(
    rows[0]?.names?.map(([id, givenName, familyName, followUp]) => {
      const name = [givenName, familyName].filter(Boolean).join(' ');
      return [id, { name, followUp: followUp === null ? undefined : lineOf(followUp, day, timeZone) }];
    }),
  );
}

function lineOf(stored: StoredFollowUp, day: Temporal.PlainDate, timeZone: string) {
  const [id, version, state, dueAt, contactedAt, contactedByName, method, counterpart, ...attempt] = stored;
  const [lastAttemptAt, lastAttemptByName] = attempt;
  const facts = {
    id,
    day,
    version,
    state,
    dueAt: Temporal.Instant.from(dueAt),
    contactedAt: instantOf(contactedAt),
    contactedByName,
    method,
    counterpart,
    lastAttemptAt: instantOf(lastAttemptAt),
    lastAttemptByName,
  };
  return followUpLine(facts, timeZone);
}

function instantOf(stored: string | null): Temporal.Instant | null {
  return stored === null ? null : Temporal.Instant.from(stored);
}
