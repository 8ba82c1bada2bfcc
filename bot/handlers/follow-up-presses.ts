import { contactPanel } from '../../cards/contact-panel.ts';
import type { VerbPayload } from '../../cards/verbs.ts';
import { dueAgainAt } from '../../services/follow-up/due-times.ts';
import { handledBy } from '../../services/follow-up/follow-up-view.ts';
import { handOver } from '../../services/follow-up/hand-over.ts';
import { recordContact } from '../../services/follow-up/record-contact.ts';
import { undoContact } from '../../services/follow-up/undo-contact.ts';
import { readColleagues } from '../../services/people/colleagues.ts';
import type { Answer, Press } from '../inbound.ts';
import { type FollowUpPress, onFollowUp, viewOn } from './follow-up-context.ts';
import { contactNotice, handledNotice, handOverNotice, undoNotice } from './follow-up-notices.ts';
import type { HandlerDeps } from './handler-deps.ts';
import { doerOf, redraw, refuse, whyNot } from './press-context.ts';
import { recordRefusal } from './refusals.ts';

/**
 * "Kontaktad" and "Ändra": asks how it went, and offers what else there is to do; changes nothing. Whoever presses a card on
 * which it did not show yet that a colleague was there before is told that instead.
 */
export async function pressAsk(
  deps: HandlerDeps,
  press: Press,
  payload: VerbPayload<'followUp.ask'>,
): Promise<Answer> {
  return await onFollowUp(deps, press, payload, async (context) => {
    const { view, words, on, person } = context;
    const isOwn = view.counting?.actorId === person?.entraId;
    const isLate = payload.version < view.followUp.version && view.counting !== undefined && !isOwn;
    if (view.followUp.state === 'closed' || isLate) {
      return await redraw(deps, context, handledNotice(handledBy(view), { name: view.pupilName, words }));
    }
    const rights = {
      mayRecord: view.followUp.state === 'open' || isOwn,
      undoable: undoable(context),
      colleagues: await offeredColleagues(deps, context),
    };
    return { kind: 'card', card: contactPanel(view, rights, on, words), isPrivate: true };
  });
}

/** What may be taken back: the contact that counts; where there is none, the last try that is one's own to take back. */
function undoable({ view, person, may }: FollowUpPress): string | undefined {
  const mayUndoOthers = may('undoOthers');
  const candidates = view.counting === undefined ? view.contacts : [view.counting];
  return candidates.findLast(({ actorId }) => mayUndoOthers || actorId === person?.entraId)?.id;
}

async function offeredColleagues(deps: HandlerDeps, context: FollowUpPress) {
  const isOffered = context.view.followUp.state === 'open' && context.may('handOver');
  return isOffered ? await colleaguesFor(deps, context) : [];
}

/** Somebody was reached, in the way that was pressed. From a client that cannot ask, it is on record without one. */
export async function pressContacted(
  deps: HandlerDeps,
  press: Press,
  payload: VerbPayload<'followUp.contacted'>,
): Promise<Answer> {
  return await recordTry(deps, press, payload, 'reached');
}

/** "Ej nådd": stays open, and is due again in a while. */
export async function pressNotReached(
  deps: HandlerDeps,
  press: Press,
  payload: VerbPayload<'followUp.notReached'>,
): Promise<Answer> {
  return await recordTry(deps, press, payload, 'notReached');
}

async function recordTry(
  deps: HandlerDeps,
  press: Press,
  payload: VerbPayload<'followUp.contacted' | 'followUp.notReached'>,
  outcome: 'reached' | 'notReached',
): Promise<Answer> {
  return await onFollowUp(deps, press, payload, async (context) => {
    const { school, post, view, words } = context;
    const recorded = await recordContact(deps, {
      followUpId: payload.followUp,
      version: payload.version,
      outcome,
      method: payload.method,
      counterpart: payload.counterpart,
      dueAgainAt: dueAgainAt(school, post.day, deps.clock.now()),
      ...doerOf(context),
    });
    const notice = contactNotice(recorded, { name: view.pupilName, words });
    return await redraw(deps, context, notice, recorded.kind === 'recorded');
  });
}

/** "Ångra", for whoever recorded it and for coordinators. */
export async function pressUndo(
  deps: HandlerDeps,
  press: Press,
  payload: VerbPayload<'followUp.undo'>,
): Promise<Answer> {
  return await onFollowUp(deps, press, payload, async (context) => {
    const undone = await undoContact(deps, {
      followUpId: payload.followUp,
      contactId: payload.contact,
      mayUndoOthers: context.may('undoOthers'),
      ...doerOf(context),
    });
    if (undone.kind === 'notYours') await recordRefusal(deps, press, 'notYours');
    return await redraw(deps, context, undoNotice(undone, context));
  });
}

/** "Lämna över", to a colleague who may answer for the pupil. */
export async function pressHandOver(
  deps: HandlerDeps,
  press: Press,
  payload: VerbPayload<'followUp.handOver'>,
): Promise<Answer> {
  return await onFollowUp(deps, press, payload, async (context) => {
    const { view, words, may } = context;
    if (!may('handOver')) return await refuse(deps, press, whyNot(context));
    const { followUp: followUpId, version, to: toStaffId } = payload;
    const isEntitled = (await entitledColleagues(deps, context)).some(({ staffId }) => staffId === toStaffId);
    if (!isEntitled) return await redraw(deps, context, words.t('contact.chooseColleague'));
    const outcome = await handOver(deps, { followUpId, version, toStaffId, ...doerOf(context) });
    const responsible = (await viewOn(deps, context, followUpId))?.responsibleName ?? '';
    const notice = handOverNotice(outcome, { name: view.pupilName, responsible, words });
    return await redraw(deps, context, notice);
  });
}

/** Whoever answers for the pupil already is not offered. */
async function colleaguesFor(deps: HandlerDeps, context: FollowUpPress) {
  const all = await entitledColleagues(deps, context);
  return all.filter(({ staffId }) => staffId !== context.view.responsibleStaffId);
}

async function entitledColleagues({ db }: HandlerDeps, { school, post, press, view }: FollowUpPress) {
  const { pupilId } = view;
  return await readColleagues(db, school, { conversationId: press.conversation.id, pupilId, day: post.day });
}
