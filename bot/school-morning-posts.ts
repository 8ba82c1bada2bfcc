import { heldReadingCard, heldReadingSummary } from '../cards/held-reading.ts';
import { morningFailureCard, morningFailureSummary } from '../cards/morning-failure.ts';
import { schoolMorningCard, schoolMorningSummary } from '../cards/school-morning.ts';
import type { School } from '../services/config/municipality.ts';
import { readHeldReadingView } from '../services/morning/held-reading-view.ts';
import { ownerOf } from '../services/morning/morning-posts.ts';
import { readMorningFailure } from '../services/morning/read-failure.ts';
import { readSchoolMorningView } from '../services/morning/read-school-morning-view.ts';
import type { PostKey } from '../services/posts/post.ts';
import type { Db } from '../services/storage/database.ts';
import type { Drawable } from './posts.ts';

/** A school's morning for its coordinators; where it could not be read, that. */
export async function readSchoolMorningPost(
  { db }: { readonly db: Db },
  school: School,
  post: PostKey,
): Promise<Drawable | undefined> {
  const { day } = ownerOf(post.subject);
  const view = await readSchoolMorningView({ db }, school, day);
  if (view === undefined) return await readFailed(db, school, day);
  return {
    summary: (words) => schoolMorningSummary(view, words),
    face: (words) => schoolMorningCard(view, words),
    isQuiet: false,
    open: undefined,
  };
}

/** A reading that is held; once the cards show a later one, nothing worth a message. */
export async function readHeldReadingPost(
  { db }: { readonly db: Db },
  school: School,
  post: PostKey,
): Promise<Drawable | undefined> {
  const view = await readHeldReadingView(db, school, post.subject);
  if (view === undefined) return undefined;
  return {
    summary: (words) => heldReadingSummary(view, words),
    face: (words) => heldReadingCard(view, words),
    isQuiet: view.isOver,
    open: undefined,
  };
}

async function readFailed(db: Db, school: School, day: PostKey['day']): Promise<Drawable | undefined> {
  const failure = await readMorningFailure(db, { schoolId: school.id, day });
  if (failure === undefined) return undefined;
  const told = { schoolName: school.name, day, since: failure.since };
  return {
    summary: (words) => morningFailureSummary(told, words),
    face: (words) => morningFailureCard(told, words),
    isQuiet: false,
    open: undefined,
  };
}
