import { type RawBuilder, sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { PostRow } from './post.ts';

/** Of an update of `post`: one that was given up is tried again, as there is something new to show; others wait as they did. */
export const revival = {
  state: sql<PostRow['state']>`case when post.state = 'undelivered'
    then case when post.activity_id is null then 'waiting' else 'posted' end else post.state end`,
  attempts: ifGivenUp<number>('0', 'attempts'),
  notBefore: ifGivenUp<Temporal.Instant | null>('null', 'not_before'),
};

/** Of an update of `post`, as assignments of its `set`: it is wanted anew, and tried again where it was given up. */
export const wantAnew: RawBuilder<unknown> = sql`wanted_version = post.wanted_version + 1,
  state = ${revival.state}, attempts = ${revival.attempts}, not_before = ${revival.notBefore}`;

function ifGivenUp<T>(value: string, column: string) {
  return sql<T>`case when post.state = 'undelivered' then ${sql.raw(value)} else post.${sql.raw(column)} end`;
}
