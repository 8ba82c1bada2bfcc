import { digestCard, digestSummary } from '../cards/digest.ts';
import type { FaceOptions } from '../cards/face.ts';
import { FIRST_FACE } from '../cards/face.ts';
import { morningCard, morningSummary } from '../cards/morning.ts';
import { noticeCard, noticeSummary } from '../cards/notice-card.ts';
import { ownListCard, ownListSummary } from '../cards/own-list.ts';
import { reminderCard, reminderSummary } from '../cards/reminder.ts';
import type { SeveralView } from '../cards/several.ts';
import { weekDigestCard, weekDigestSummary } from '../cards/week-digest.ts';
import { type Translator, translator } from '../locales/translator.ts';
import type { Clock } from '../services/clock.ts';
import type { School } from '../services/config/municipality.ts';
import type { Routine } from '../services/config/routine.ts';
import { DIGEST, parseDigestSubject, WEEK_DIGEST } from '../services/digest/digest-posts.ts';
import { readDigest, readWeekDigest } from '../services/digest/read-digest.ts';
import type { FollowUpLine } from '../services/follow-up/follow-up-line.ts';
import { NOTICE, OWN_LIST, REMINDER } from '../services/follow-up/follow-up-posts.ts';
import { readNoticeView } from '../services/follow-up/notice-view.ts';
import { readOwnListView } from '../services/follow-up/own-list-view.ts';
import { readReminderView } from '../services/follow-up/reminder-view.ts';
import { HELD_READING } from '../services/morning/held-readings.ts';
import { MORNING, ownerOf, SCHOOL_MORNING } from '../services/morning/morning-posts.ts';
import type { MorningView } from '../services/morning/morning-view.ts';
import { readMorningView } from '../services/morning/read-morning-view.ts';
import { shareMorningViews } from '../services/morning/shared-views.ts';
import type { Composer, PostKey, WantedPost } from '../services/posts/post.ts';
import { CASES } from '../services/routine/cases-posts.ts';
import { inLanguage } from '../services/routine/routine-names.ts';
import { STEPS } from '../services/routine/step-posts.ts';
import type { Db } from '../services/storage/database.ts';
import { ehtPosts } from './eht-posts.ts';
import { readCasesPost, readStepsPost } from './routine-posts.ts';
import { readHeldReadingPost, readSchoolMorningPost } from './school-morning-posts.ts';

export interface ComposeDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly schools: ReadonlyMap<string, School>;
  /** Earliest first; none where no routine is followed. */
  readonly routines: readonly Routine[];
}

/** A view that can be drawn, for everybody (the first face) or for whoever pressed. */
export interface Drawable {
  /** Notification text, without names. */
  summary(words: Translator): string;
  face(words: Translator, options: FaceOptions): object;
  /** Nothing worth a message of its own: not posted, but kept up to date where it is there. */
  readonly isQuiet: boolean;
  /** Who is left to contact on it. */
  readonly open: SeveralView | undefined;
}

export type ReadPost = (deps: ComposeDeps, school: School, post: PostKey) => Promise<Drawable | undefined>;

/** Every kind of post: purpose → view → card and summary. */
const purposes: ReadonlyMap<string, ReadPost> = new Map([
  [MORNING, readMorning],
  [SCHOOL_MORNING, readSchoolMorningPost],
  [HELD_READING, readHeldReadingPost],
  [REMINDER, readReminder],
  [NOTICE, readNotice],
  [OWN_LIST, readOwnList],
  [DIGEST, readDigestPost],
  [WEEK_DIGEST, readWeek],
  [CASES, readCasesPost],
  [STEPS, readStepsPost],
  ...ehtPosts,
]);

/** Composes any post from the facts of this moment. A post of a school that is no longer configured shows nothing. */
export function createComposer(deps: ComposeDeps): Composer {
  const readShared = shareMorningViews(deps.db);
  const read = async (school: School, post: WantedPost) => {
    if (post.purpose !== MORNING) return await readPost(deps, school, post);
    const { id, day } = ownerOf(post.subject);
    return drawMorning(school, await readShared(school, id, day, post));
  };
  return async (post) => {
    const school = deps.schools.get(post.schoolId);
    const drawable = school === undefined ? undefined : await read(school, post);
    if (school === undefined || drawable === undefined || (!post.isShown && drawable.isQuiet))
      return undefined;
    const words = translator(school.language, school.timeZone);
    return { card: drawable.face(words, FIRST_FACE), summary: drawable.summary(words) };
  };
}

/** A post as whoever pressed it sees it now; undefined where there is nothing to show. */
export async function faceOf(
  deps: ComposeDeps,
  school: School,
  post: PostKey,
  options: FaceOptions,
): Promise<object | undefined> {
  const drawable = await readPost(deps, school, post);
  return drawable?.face(translator(school.language, school.timeZone), options);
}

/** Who is left to contact on a post. */
export async function readOpenOnCard(
  deps: ComposeDeps,
  school: School,
  post: PostKey,
): Promise<SeveralView | undefined> {
  return (await readPost(deps, school, post))?.open;
}

/** Whatever a post shows now, in the school's language. */
async function readPost(deps: ComposeDeps, school: School, post: PostKey): Promise<Drawable | undefined> {
  const routines = inLanguage(deps.routines, school.language);
  return await purposes.get(post.purpose)?.({ ...deps, routines }, school, post);
}

async function readMorning(
  { db }: ComposeDeps,
  school: School,
  post: PostKey,
): Promise<Drawable | undefined> {
  const { id, day } = ownerOf(post.subject);
  return drawMorning(school, await readMorningView({ db }, school, id, day));
}

function drawMorning(school: School, view: MorningView | undefined): Drawable | undefined {
  if (view === undefined) return undefined;
  return {
    summary: (words) => morningSummary(view, words),
    face: (words, options) => morningCard(view, words, options),
    isQuiet: school.quietGroups === 'nothing' && isQuiet(view),
    open: { name: view.groupName, pupils: openOf([...view.missing, ...view.notSeenYet, ...view.reported]) },
  };
}

/** Nobody is missed, and every lesson that has begun says so. */
function isQuiet(view: MorningView): boolean {
  const isFollowedUp = view.reported.some((pupil) => pupil.followUp !== undefined);
  return view.missing.length + view.notSeenYet.length + view.unreportedLessons.length === 0 && !isFollowedUp;
}

/** Those of a card's lines who are left to contact. */
function openOf(
  lines: readonly { readonly name: string; readonly followUp: FollowUpLine | undefined }[],
): SeveralView['pupils'] {
  return lines.flatMap(({ name, followUp }) =>
    followUp?.state === 'open' ? [{ name, followUp: followUp.id, version: followUp.version }] : [],
  );
}

async function readReminder(
  { db }: ComposeDeps,
  school: School,
  { subject }: PostKey,
): Promise<Drawable | undefined> {
  const view = await readReminderView({ db }, school, subject);
  if (view === undefined) return undefined;
  const pupils = openOf(view.pupils);
  return {
    summary: (words) => reminderSummary(view, words),
    face: (words, options) => reminderCard(view, words, options),
    // Whoever has been handled before the message left needs no reminder.
    isQuiet: pupils.length + view.protectedOpen === 0,
    open: { name: view.schoolName, pupils },
  };
}

async function readNotice(
  { db }: ComposeDeps,
  _school: School,
  { subject }: PostKey,
): Promise<Drawable | undefined> {
  const view = await readNoticeView(db, subject);
  if (view === undefined) return undefined;
  return {
    summary: (words) => noticeSummary(words),
    face: (words) => noticeCard(view, words),
    // Where it has been shown, it is emptied; otherwise nothing is said of a protected pupil.
    isQuiet: view.pupilName === undefined,
    open: undefined,
  };
}

async function readOwnList(
  { db }: ComposeDeps,
  school: School,
  post: PostKey,
): Promise<Drawable | undefined> {
  const { id, day } = ownerOf(post.subject);
  const view = await readOwnListView({ db }, school, id, day);
  return {
    summary: (words) => ownListSummary(view, words),
    face: (words, options) => ownListCard(view, words, options),
    isQuiet: view.pupils.length === 0,
    open: { name: view.schoolName, pupils: openOf(view.pupils) },
  };
}

async function readDigestPost(
  { db }: ComposeDeps,
  school: School,
  { subject }: PostKey,
): Promise<Drawable | undefined> {
  const key = parseDigestSubject(subject);
  const view = key === undefined ? undefined : await readDigest({ db }, school, key.day, key.edition);
  if (view === undefined) return undefined;
  return {
    summary: (words) => digestSummary(view, words),
    face: (words, options) => digestCard(view, words, options),
    isQuiet: false,
    open: undefined,
  };
}

async function readWeek(deps: ComposeDeps, school: School, post: PostKey): Promise<Drawable | undefined> {
  const view = await readWeekDigest(deps, school, post.day);
  return {
    summary: (words) => weekDigestSummary(view, words),
    face: (words) => weekDigestCard(view, words),
    isQuiet: view.days.length === 0 && (view.compliance?.week.steps ?? 0) === 0,
    open: undefined,
  };
}
