import type { Translator } from '../../locales/translator.ts';
import { translator } from '../../locales/translator.ts';
import type { Clock } from '../../services/clock.ts';
import type { Municipality, School } from '../../services/config/municipality.ts';
import type { FollowUpDeps } from '../../services/follow-up/record-contact.ts';
import type { PostRow } from '../../services/posts/post.ts';
import { findPost } from '../../services/posts/post-store.ts';
import { recognise } from '../../services/posts/twins.ts';
import type { Answer, Press } from '../inbound.ts';
import type { Members } from '../members.ts';

/** What a handler may do: nothing of the framework. */
export interface HandlerDeps extends FollowUpDeps {
  readonly municipality: Municipality;
  readonly schools: ReadonlyMap<string, School>;
  readonly members: Members;
  /** Real time, for what concerns Teams rather than the school's day. */
  readonly wireClock: Clock;
}

/** A press on a card that is where it belongs. */
export interface PressContext {
  readonly press: Press;
  readonly post: PostRow;
  readonly school: School;
  readonly words: Translator;
}

/**
 * Finds the post that was pressed. A card only works in the conversation that Sedd posted it to: whoever can press it there
 * may see it there. Undefined for anything else, such as a copy in another chat.
 */
export async function pressedPost(
  deps: HandlerDeps,
  press: Press,
  view: { readonly purpose: string; readonly subject: string },
): Promise<PressContext | undefined> {
  const post = await findPost(deps.db, { ...view, conversationId: press.conversation.id });
  const school = post === undefined ? undefined : deps.schools.get(post.schoolId);
  if (post === undefined || school === undefined) return undefined;
  const which = await recognise(deps.db, post, press.messageId, deps.wireClock.now());
  if (which !== 'own') await deps.jobs.enqueue(deps.db, 'deliver', {});
  return { press, post, school, words: translator(school.language, school.timeZone) };
}

/** The person of an incoming event, as the audit keeps them. */
export function actorOf(press: Pick<Press, 'from'>): { readonly id: string; readonly name: string } {
  return { id: press.from.entraId ?? press.from.teamsId, name: press.from.name };
}

/** The words of the school that a conversation belongs to; the municipality's where it belongs to none. */
export async function wordsIn(
  { db, municipality, schools }: Pick<HandlerDeps, 'db' | 'municipality' | 'schools'>,
  conversationId: string,
): Promise<Translator> {
  const bound = await db
    .selectFrom('binding')
    .select('schoolId')
    .where('conversationId', '=', conversationId)
    .orderBy('schoolId')
    .executeTakeFirst();
  const school = schools.get(bound?.schoolId ?? '');
  return school === undefined ? wordsOf(municipality) : translator(school.language, school.timeZone);
}

/** The municipality's own words, where no school is known. */
export function wordsOf(municipality: Municipality): Translator {
  return translator(municipality.language, municipality.timeZone);
}

export const text = (value: string): Answer => ({ kind: 'text', text: value });
