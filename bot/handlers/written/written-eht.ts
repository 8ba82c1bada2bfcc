import type { Temporal } from 'temporal-polyfill';
import { nextMeeting } from '../../../services/calendar/eht-meetings.ts';
import { wantInRoom } from '../../../services/eht/eht-posts.ts';
import { readOpenMeetings } from '../../../services/eht/open-meetings.ts';
import { openEhtRoom } from '../../../services/eht/room.ts';
import { EHT_LIST } from '../../../services/posts/eht-purposes.ts';
import type { Answer } from '../../inbound.ts';
import { type HandlerDeps, text } from '../handler-deps.ts';
import { recordRefusal } from '../refusals.ts';
import { mayWrite, type WrittenContext } from './written-context.ts';

/**
 * "eht": in EHT's own conversation the list, as a living card like the one that the clock posts; anywhere else when the next
 * meeting is, and nothing more.
 */
export async function writtenEht(deps: HandlerDeps, context: WrittenContext): Promise<Answer> {
  const { school, words, message } = context;
  const conversationId = message.conversation.id;
  const room = await openEhtRoom(deps.db, { schoolId: school.id, conversationId });
  const day = await currentMeeting(deps, context);
  const next = nextMeeting(school, deps.clock.now());
  if (room === undefined) {
    return text(
      next === undefined
        ? words.t('eht.noMeetings')
        : words.t('eht.nextMeeting', { date: words.date(next.day), time: words.time(next.startsAt) }),
    );
  }
  if (!(await mayWrite(deps, context, 'workInEht'))) {
    await recordRefusal(deps, { ...message, verb: 'written.eht' }, 'notInEht');
    return text(words.t('reply.notInEht'));
  }
  if (day === undefined) return text(words.t('eht.noMeetings'));
  const now = deps.clock.now();
  const rest = String(now.epochMilliseconds);
  await deps.db.transaction().execute(async (trx) => {
    await wantInRoom(trx, room, { purpose: EHT_LIST, day, rest }, now);
    await deps.jobs.enqueue(trx, 'deliver', {});
  });
  return text(words.t('eht.listComing', { date: words.date(day) }));
}

/** The one whose list has been posted and that is not closed, otherwise the next one. */
async function currentMeeting(
  { db, clock }: HandlerDeps,
  { school }: WrittenContext,
): Promise<Temporal.PlainDate | undefined> {
  const open = await readOpenMeetings(db, school.id);
  return open.at(-1)?.day ?? nextMeeting(school, clock.now())?.day;
}
