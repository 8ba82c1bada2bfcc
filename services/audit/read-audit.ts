import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';

/** One line of what happened about a pupil. Ids and codes; the name is of whoever did it. */
export interface AuditLine {
  readonly at: Temporal.Instant;
  readonly actorId: string;
  readonly actorName: string | null;
  readonly action: string;
  readonly objectId: string;
  readonly schoolId: string | null;
  readonly conversationId: string | null;
  readonly details: unknown;
}

const MOST_LINES = 1_000;

/**
 * Everything that was done about a pupil, oldest first: what names the pupil, and what was done to their follow-ups, contacts
 * and contact persons.
 */
export async function readAuditOfPupil(db: Db, pupilId: string): Promise<readonly AuditLine[]> {
  const { rows } = await sql<AuditLine>`
    select at, actor_id, actor_name, action, object_id, school_id, conversation_id, details
    from audit
    where details ->> 'pupil' = ${pupilId}
      or object_id in (select id from follow_up where pupil_id = ${pupilId})
      or object_id in (select id from contact_person where pupil_id = ${pupilId})
      or exists (
        select from jsonb_array_elements(audit.details -> 'followUps') as one
        join follow_up on follow_up.id = one ->> 'followUpId'
        where follow_up.pupil_id = ${pupilId})
    order by id
    limit ${MOST_LINES}`.execute(db);
  return rows;
}
