import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { On } from '../../cards/on.ts';
import { ownListCard } from '../../cards/own-list.ts';
import { PUPILS } from '../../cards/pupil-list.ts';
import type { Translator } from '../../locales/translator.ts';
import type { School } from '../../services/config/municipality.ts';
import type { Doer } from '../../services/follow-up/change-follow-up.ts';
import { readOwnListView } from '../../services/follow-up/own-list-view.ts';
import type { Action } from '../../services/people/permissions.ts';
import type { Person } from '../../services/people/person.ts';
import { isKnown, readRights } from '../../services/people/rights.ts';
import { EHT_LIST } from '../../services/posts/eht-purposes.ts';
import { holdPost, letGoOfPost } from '../../services/posts/hold-post.ts';
import type { PostKey } from '../../services/posts/post.ts';
import { findPost } from '../../services/posts/post-store.ts';
import { recognise } from '../../services/posts/twins.ts';
import type { Answer, Press } from '../inbound.ts';
import { faceOf } from '../posts.ts';
import { who } from '../who.ts';
import { type HandlerDeps, text, wordsOfSchool } from './handler-deps.ts';
import { type Refusal, recordRefusal, refusalText } from './refusals.ts';
import { CASES_REPLY, drawRoutineReply, OWN_STEPS_REPLY } from './routine-replies.ts';

const isoDay = z.iso.date();

/** The purpose of a card that answers what somebody wrote; its subject is school and day. */
export const REPLY = 'reply';

/** Purposes of cards that answer somebody and are no posts; the subject of each is school and day. */
const ANSWERS: ReadonlySet<string> = new Set([REPLY, OWN_STEPS_REPLY, CASES_REPLY, PUPILS]);

/** A press on a card that is where it belongs, by somebody. */
export interface PressContext {
  readonly press: Press;
  readonly on: On;
  /** What the card shows: a post of Sedd's, or an answer to what somebody wrote. */
  readonly post: PostKey;
  readonly school: School;
  readonly words: Translator;
  /** Undefined where Teams does not know who it is. */
  readonly person: Person | undefined;
  /** Whether the school knows them at all: by the student system or by the municipality file. */
  readonly isStaff: boolean;
}

/**
 * Finds the card that was pressed, and who pressed it. A card only works in the conversation that Sedd posted it to: whoever
 * can press it there may see it there. Undefined for anything else, such as a copy in another chat.
 */
export async function pressContext(
  deps: HandlerDeps,
  press: Press,
  on: On,
): Promise<PressContext | undefined> {
  const post = ANSWERS.has(on.purpose) ? replyOf(press, on) : await findPressed(deps, press, on);
  const school = deps.schools.get(post?.schoolId ?? '');
  if (post === undefined || school === undefined) return undefined;
  const person = await who(deps, press);
  const isStaff = person !== undefined && isKnown(deps.municipality, person, school);
  return { press, on, post, school, words: wordsOfSchool(school), person, isStaff };
}

async function findPressed(deps: HandlerDeps, press: Press, { purpose, subject }: On) {
  const post = await findPost(deps.db, { purpose, subject, conversationId: press.conversation.id });
  if (post === undefined) return undefined;
  const which = await recognise(deps.db, post, press.messageId, deps.wireClock.now());
  if (which !== 'own') await deps.jobs.enqueue(deps.db, 'deliver', {});
  return post;
}

/** An answer to what somebody wrote is no post, and shows nothing but what its presser may see: that is judged at each press. */
function replyOf({ conversation }: Press, { purpose, subject }: On): PostKey | undefined {
  const [schoolId = '', day, ...rest] = subject.split('/');
  if (rest.length > 0 || !isoDay.safeParse(day).success) return undefined;
  return {
    purpose,
    subject,
    schoolId,
    day: Temporal.PlainDate.from(day ?? ''),
    conversationId: conversation.id,
  };
}

/** Answers a press on a card: with what `act` says, or with why it cannot be used here. */
export async function onCard(
  deps: HandlerDeps,
  press: Press,
  on: On,
  act: (context: PressContext) => Promise<Answer>,
): Promise<Answer> {
  const context = await pressContext(deps, press, on);
  if (context === undefined) return await refuse(deps, press, 'elsewhere');
  const answer = await act(context);
  if (!ANSWERS.has(on.purpose)) await followHands(deps, context, answer);
  return answer;
}

/**
 * How long a card's update waits for whoever has opened something in its place and does not come back: the others who look at
 * it wait as well.
 */
const AT_WORK_SECONDS = { personal: 120, groupChat: 20, channel: 20 };

/** Whoever works in what a card opened for them keeps it, until they are back at the card: an update would take its place. */
async function followHands(deps: HandlerDeps, context: PressContext, answer: Answer): Promise<void> {
  const { press, on, post } = context;
  if (answer.kind !== 'card' || press.via === 'submit') return;
  if (answer.isPrivate === true) {
    // EHT has times of its own.
    if (on.purpose === EHT_LIST) return;
    await holdFor(deps, context, AT_WORK_SECONDS[press.conversation.kind]);
  } else if (await letGoOfPost(deps.db, post, doerOf(context).actor.id))
    await deps.jobs.enqueue(deps.db, 'deliver', {});
}

/** Keeps the card that was pressed as it stands, for whoever pressed it, for so long. */
export async function holdFor(deps: HandlerDeps, context: PressContext, seconds: number): Promise<void> {
  const until = deps.wireClock.now().add({ seconds });
  await holdPost(deps.db, context.post, doerOf(context).actor.id, until);
}

/**
 * The card that was pressed, from the facts of this moment, with a notice on top where there is one to give; `isShown` where
 * the card itself says as much to everybody.
 */
export async function redraw(
  deps: HandlerDeps,
  context: PressContext,
  notice = '',
  isShown = false,
): Promise<Answer> {
  const { on, post, school, words, person } = context;
  if (on.purpose === REPLY) {
    const view = await readOwnListView(deps, school, person?.staffId ?? '', post.day);
    return { kind: 'card', card: ownListCard(view, words, { page: on.page, notice }, on), isPrivate: true };
  }
  if (on.purpose === OWN_STEPS_REPLY || on.purpose === CASES_REPLY) {
    const { conversation } = context.press;
    return await drawRoutineReply(deps, { on, school, person, words, conversation }, notice);
  }
  const card = await faceOf(deps, school, post, { page: on.page, notice });
  return card === undefined
    ? text(notice === '' ? words.t('reply.cardOutdated') : notice)
    : { kind: 'card', card, told: isShown ? '' : notice };
}

/** What whoever pressed may do, to the pupil or at the school. */
export async function rightsIn(
  deps: HandlerDeps,
  { person, school, post, press }: PressContext,
  pupilId: string | undefined,
): Promise<(action: Action) => boolean> {
  const conversationId = press.conversation.id;
  return await readRights(deps, person, { school, day: post.day, conversationId, pupilId });
}

/** Whether whoever pressed may do it, to the pupil or at the school. */
export async function may(
  deps: HandlerDeps,
  context: PressContext,
  action: Action,
  pupilId: string | undefined,
): Promise<boolean> {
  return (await rightsIn(deps, context, pupilId))(action);
}

/** Says kindly why a press does not count, and keeps that it was tried. */
export async function refuse(deps: HandlerDeps, press: Press, code: Refusal): Promise<Answer> {
  await recordRefusal(deps, press, code);
  return text(await refusalText(deps, press, code));
}

/** Why somebody may not: the school does not know them, or not for this pupil, or not for what concerns the whole school. */
export function whyNot({ person, isStaff }: PressContext, what: 'pupil' | 'school' = 'pupil'): Refusal {
  if (person === undefined) return 'notTold';
  if (!isStaff) return 'notStaff';
  return what === 'pupil' ? 'notAllowed' : 'notCoordinator';
}

/** Who presses, as the follow-up's history keeps them. */
export function doerOf({ press, person }: PressContext): Doer {
  const actor = {
    id: press.from.entraId ?? press.from.teamsId,
    name: person?.name || press.from.name,
    staffId: person?.staffId,
  };
  return { actor, conversationId: press.conversation.id };
}
