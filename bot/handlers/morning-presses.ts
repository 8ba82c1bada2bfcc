import { Temporal } from 'temporal-polyfill';
import { morningCard } from '../../cards/morning.ts';
import { schoolMorningCard } from '../../cards/school-morning.ts';
import type { VerbPayload } from '../../cards/verbs.ts';
import { isFollowedUpInGroup } from '../../services/follow-up/group-card.ts';
import { recordContact } from '../../services/follow-up/record-contact.ts';
import {
  MORNING,
  morningSubject,
  SCHOOL_MORNING,
  schoolMorningSubject,
} from '../../services/morning/morning-posts.ts';
import { readMorningView } from '../../services/morning/read-morning-view.ts';
import { readSchoolMorningView } from '../../services/morning/read-school-morning-view.ts';
import { releaseMorning } from '../../services/morning/release-morning.ts';
import type { Answer, Press } from '../inbound.ts';
import { actorOf, type HandlerDeps, type PressContext, pressedPost, text, wordsIn } from './press-context.ts';
import { recordRefusal } from './who.ts';

/** "Kontaktad": the first press counts, and every press is answered with the card as it stands after it. */
export async function pressContacted(
  deps: HandlerDeps,
  press: Press,
  payload: VerbPayload<'followUp.contacted'>,
): Promise<Answer> {
  const day = Temporal.PlainDate.from(payload.day);
  const context = await pressedPost(deps, press, {
    purpose: MORNING,
    subject: morningSubject(payload.group, day),
  });
  if (context === undefined) return await elsewhere(deps, press);
  // What is named in a press is checked again: whoever made it may name anybody.
  if (await isFollowedUpInGroup(deps.db, { pupilId: payload.pupil, groupId: payload.group, day })) {
    await recordContact(deps, {
      pupilId: payload.pupil,
      day,
      actor: actorOf(press),
      conversationId: press.conversation.id,
    });
  } else await recordRefusal(deps, press, 'notOnCard');
  return await groupCard(deps, context, payload);
}

/** Another page of a large group's card. */
export async function pressPage(
  deps: HandlerDeps,
  press: Press,
  payload: VerbPayload<'morning.page'>,
): Promise<Answer> {
  const day = Temporal.PlainDate.from(payload.day);
  const context = await pressedPost(deps, press, {
    purpose: MORNING,
    subject: morningSubject(payload.group, day),
  });
  return context === undefined ? await elsewhere(deps, press) : await groupCard(deps, context, payload);
}

/** "Skicka ändå": lets a held morning out, as long as it is that day: on the next, its cards would be no help. */
export async function pressRelease(
  deps: HandlerDeps,
  press: Press,
  payload: VerbPayload<'morning.release'>,
): Promise<Answer> {
  const day = Temporal.PlainDate.from(payload.day);
  const subject = schoolMorningSubject(payload.school, day);
  const context = await pressedPost(deps, press, { purpose: SCHOOL_MORNING, subject });
  if (context === undefined) return await elsewhere(deps, press);
  const { school, words } = context;
  if (!day.equals(deps.clock.now().toZonedDateTimeISO(school.timeZone).toPlainDate())) {
    await recordRefusal(deps, press, 'past');
    return text(words.t('reply.morningOver'));
  }
  await releaseMorning(deps, school, day, { actor: actorOf(press), conversationId: press.conversation.id });
  const view = await readSchoolMorningView(deps, school, day);
  return view === undefined
    ? text(words.t('reply.cardOutdated'))
    : { kind: 'card', card: schoolMorningCard(view, words) };
}

async function groupCard(
  deps: HandlerDeps,
  { school, words }: PressContext,
  at: { readonly group: string; readonly day: string; readonly page: number },
): Promise<Answer> {
  const view = await readMorningView(deps, school, at.group, Temporal.PlainDate.from(at.day));
  if (view === undefined) return text(words.t('reply.cardOutdated'));
  return { kind: 'card', card: morningCard(view, words, at.page) };
}

async function elsewhere(deps: HandlerDeps, press: Press): Promise<Answer> {
  await recordRefusal(deps, press, 'elsewhere');
  return text((await wordsIn(deps, press.conversation.id)).t('reply.notForThisConversation'));
}
