import { ehtListCard, ehtListSummary } from '../cards/eht-list.ts';
import { ehtNotHereCard, ehtNotHereSummary } from '../cards/eht-not-here.ts';
import { ehtReminderCard, ehtReminderSummary } from '../cards/eht-reminder.ts';
import { ehtSummaryCard, ehtSummarySummary } from '../cards/eht-summary.ts';
import type { School } from '../services/config/municipality.ts';
import { type EhtSubject, parseEhtSubject } from '../services/eht/eht-posts.ts';
import { readEhtList } from '../services/eht/read-list-view.ts';
import { readEhtSummary } from '../services/eht/read-summary-view.ts';
import { readEhtReminder } from '../services/eht/reminder-view.ts';
import { type EhtRoom, openEhtRoom } from '../services/eht/room.ts';
import { EHT_LIST, EHT_REMINDER, EHT_SUMMARY } from '../services/posts/eht-purposes.ts';
import type { PostKey } from '../services/posts/post.ts';
import type { ComposeDeps, Drawable, ReadPost } from './posts.ts';

/** What EHT is shown: purpose → view → card and summary, each in a room of EHT's alone. */
export const ehtPosts: readonly (readonly [string, ReadPost])[] = [
  [EHT_LIST, inRoom(readList)],
  [EHT_SUMMARY, inRoom(readSummary)],
  [EHT_REMINDER, inRoom(readReminder)],
];

type ReadInRoom = (
  deps: ComposeDeps,
  room: EhtRoom,
  school: School,
  about: EhtSubject & Pick<PostKey, 'subject'>,
) => Promise<Drawable | undefined>;

/** Where the conversation is EHT's no more, a line that says so stands in the place of whatever it was. */
function inRoom(read: ReadInRoom): ReadPost {
  return async (deps, school, post) => {
    const parsed = parseEhtSubject(post.subject);
    if (parsed === undefined) return undefined;
    const room = await openEhtRoom(deps.db, { schoolId: school.id, conversationId: post.conversationId });
    return room === undefined
      ? notHere
      : await read(deps, room, school, { ...parsed, subject: post.subject });
  };
}

const notHere: Drawable = {
  summary: ehtNotHereSummary,
  face: (words) => ehtNotHereCard(words),
  isQuiet: true,
  open: undefined,
};

async function readList(
  deps: ComposeDeps,
  room: EhtRoom,
  school: School,
  { day, subject }: EhtSubject & Pick<PostKey, 'subject'>,
): Promise<Drawable> {
  const view = await readEhtList(deps, room, school, day);
  const on = { purpose: EHT_LIST, subject };
  return {
    summary: (words) => ehtListSummary(view, words),
    face: (words, options) => ehtListCard(view, words, options, on),
    isQuiet: view.state === 'replaced',
    open: undefined,
  };
}

async function readSummary(
  deps: ComposeDeps,
  room: EhtRoom,
  school: School,
  { day }: EhtSubject,
): Promise<Drawable | undefined> {
  const view = await readEhtSummary(deps, room, school, day);
  if (view === undefined) return undefined;
  return {
    summary: (words) => ehtSummarySummary(view, words),
    face: (words, options) => ehtSummaryCard(view, words, options),
    isQuiet: view.takenUp.length + view.passedOver.length + view.protectedPupils === 0,
    open: undefined,
  };
}

async function readReminder(
  deps: ComposeDeps,
  room: EhtRoom,
  school: School,
  { day, rest }: EhtSubject,
): Promise<Drawable | undefined> {
  const view = await readEhtReminder(deps, room, school, { day, ownerAddress: rest });
  if (view === undefined) return undefined;
  return {
    summary: (words) => ehtReminderSummary(view, words),
    face: (words, options) => ehtReminderCard(view, words, options),
    // Whatever has been done before the message left needs no reminder.
    isQuiet: view.lines.every(({ decision }) => decision.state === 'done'),
    open: undefined,
  };
}
