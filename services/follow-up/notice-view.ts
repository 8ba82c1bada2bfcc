import { z } from 'zod';
import type { Db } from '../storage/database.ts';
import type { NoticeTable } from '../storage/tables/reminders.ts';

/** Something that one person is told. */
export interface NoticeView {
  readonly id: string;
  readonly kind: NoticeTable['kind'];
  /** Undefined where the pupil's identity is protected: then it only says that there was something. */
  readonly pupilName: string | undefined;
  /** Why, of a correction. */
  readonly reason: 'reported' | 'arrived';
  /** Who handed over. */
  readonly byName: string | undefined;
  /** Mentioned where it stands in a channel. */
  readonly person: { readonly name: string; readonly teamsId: string | undefined };
  readonly isInThread: boolean;
}

const details = z.object({
  pupil: z.string(),
  reason: z.enum(['reported', 'arrived']).catch('reported'),
  by: z.string().nullish(),
});

/** Undefined where there is none. */
export async function readNoticeView(db: Db, noticeId: string): Promise<NoticeView | undefined> {
  const row = await db
    .selectFrom('notice')
    .leftJoin('staff', 'staff.id', 'notice.staffId')
    .leftJoin('teamsUser', 'teamsUser.staffId', 'notice.staffId')
    .leftJoin('post', (join) =>
      join.onRef('post.subject', '=', 'notice.id').on('post.purpose', '=', 'notice'),
    )
    .selectAll('notice')
    .select(['staff.givenName', 'staff.familyName', 'teamsUser.teamsId', 'post.threadId'])
    .where('notice.id', '=', noticeId)
    .executeTakeFirst();
  const parsed = details.safeParse(row?.details);
  if (row === undefined || !parsed.success) return undefined;
  return {
    id: row.id,
    kind: row.kind,
    pupilName: await nameIn(db, 'pupil', parsed.data.pupil),
    reason: parsed.data.reason,
    byName: await nameIn(db, 'staff', parsed.data.by ?? ''),
    person: {
      name: [row.givenName, row.familyName].filter(Boolean).join(' '),
      teamsId: row.teamsId ?? undefined,
    },
    isInThread: row.threadId !== null,
  };
}

async function nameIn(db: Db, table: 'pupil' | 'staff', id: string): Promise<string | undefined> {
  const row =
    table === 'staff'
      ? await db
          .selectFrom('staff')
          .select(['givenName', 'familyName'])
          .where('id', '=', id)
          .executeTakeFirst()
      : await db
          .selectFrom('pupil')
          .select(['givenName', 'familyName'])
          .where('id', '=', id)
          .where('isProtected', '=', false)
          .executeTakeFirst();
  return row === undefined ? undefined : [row.givenName, row.familyName].filter(Boolean).join(' ');
}
