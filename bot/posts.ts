import { morningCard, morningSummary } from '../cards/morning.ts';
import { morningFailureCard, morningFailureSummary } from '../cards/morning-failure.ts';
import { schoolMorningCard, schoolMorningSummary } from '../cards/school-morning.ts';
import { translator } from '../locales/translator.ts';
import type { School } from '../services/config/municipality.ts';
import { MORNING, ownerOf, SCHOOL_MORNING } from '../services/morning/morning-posts.ts';
import type { MorningView } from '../services/morning/morning-view.ts';
import { readMorningFailure } from '../services/morning/read-failure.ts';
import { readMorningView } from '../services/morning/read-morning-view.ts';
import { readSchoolMorningView } from '../services/morning/read-school-morning-view.ts';
import type { ChatMessage } from '../services/posts/chat.ts';
import type { Composer, PostKey } from '../services/posts/post.ts';
import type { Db } from '../services/storage/database.ts';

interface ComposeDeps {
  readonly db: Db;
  readonly schools: ReadonlyMap<string, School>;
}

type Compose = (
  deps: ComposeDeps,
  school: School,
  post: PostKey & { readonly isShown: boolean },
) => Promise<ChatMessage | undefined>;

/** Every kind of post: purpose → view → card and summary. */
const purposes: ReadonlyMap<string, Compose> = new Map([
  [MORNING, composeMorning],
  [SCHOOL_MORNING, composeSchoolMorning],
]);

/** Composes any post from the facts of this moment. A post of a school that is no longer configured shows nothing. */
export function createComposer(deps: ComposeDeps): Composer {
  return async (post) => {
    const school = deps.schools.get(post.schoolId);
    return school === undefined ? undefined : await purposes.get(post.purpose)?.(deps, school, post);
  };
}

async function composeMorning(
  { db }: ComposeDeps,
  school: School,
  post: PostKey & { readonly isShown: boolean },
): Promise<ChatMessage | undefined> {
  const { id, day } = ownerOf(post.subject);
  const view = await readMorningView({ db }, school, id, day);
  if (view === undefined || (!post.isShown && school.quietGroups === 'nothing' && isQuiet(view)))
    return undefined;
  const words = translator(school.language, school.timeZone);
  return { card: morningCard(view, words), summary: morningSummary(view, words) };
}

/** Nobody is missed, and every lesson that has begun says so. */
function isQuiet(view: MorningView): boolean {
  const isFollowedUp = view.reported.some((pupil) => pupil.followUp !== undefined);
  return view.missing.length + view.notSeenYet.length + view.unreportedLessons.length === 0 && !isFollowedUp;
}

async function composeSchoolMorning(
  { db }: ComposeDeps,
  school: School,
  post: PostKey,
): Promise<ChatMessage | undefined> {
  const { day } = ownerOf(post.subject);
  const words = translator(school.language, school.timeZone);
  const view = await readSchoolMorningView({ db }, school, day);
  if (view !== undefined)
    return { card: schoolMorningCard(view, words), summary: schoolMorningSummary(view, words) };
  const failure = await readMorningFailure(db, { schoolId: school.id, day });
  if (failure === undefined) return undefined;
  const told = { schoolName: school.name, day, since: failure.since };
  return { card: morningFailureCard(told, words), summary: morningFailureSummary(told, words) };
}
