import type { Temporal } from 'temporal-polyfill';
import { ehtPupilCard } from '../../cards/eht-pupil.ts';
import type { On } from '../../cards/on.ts';
import type { EhtInput } from '../../services/eht/eht-change.ts';
import { followTakenUp } from '../../services/eht/meeting-steps.ts';
import type { EhtPupilView } from '../../services/eht/pupil-view.ts';
import { readEhtPupil } from '../../services/eht/read-pupil-view.ts';
import { type EhtRoom, openEhtRoom } from '../../services/eht/room.ts';
import { EHT_LIST, EHT_PURPOSES } from '../../services/posts/eht-purposes.ts';
import type { Answer, Press } from '../inbound.ts';
import { asRead, type HandlerDeps } from './handler-deps.ts';
import { doerOf, holdFor, may, onCard, type PressContext, redraw, refuse, whyNot } from './press-context.ts';
import { recordRefusal } from './refusals.ts';

/** A press on a card of EHT's, in EHT's own conversation, by somebody who works there. */
export interface EhtPress extends PressContext {
  readonly room: EhtRoom;
  /** The meeting's. */
  readonly day: Temporal.PlainDate;
}

/**
 * Where a press concerns EHT: the conversation has to be EHT's now, whatever the card says and whoever presses, and whoever
 * presses has to work there. Anything else is refused, and put down.
 */
export async function inEht(
  deps: HandlerDeps,
  press: Press,
  on: On,
  act: (context: EhtPress) => Promise<Answer>,
): Promise<Answer> {
  // A reply would stand there for good, whatever the conversation is used for later.
  if (press.via === 'submit') return await refuse(deps, press, 'olderClient');
  return await onCard(deps, press, on, async (context) => {
    const { school, post } = context;
    const room = await openEhtRoom(deps.db, {
      schoolId: school.id,
      conversationId: press.conversation.id,
    });
    if (room === undefined || !EHT_PURPOSES.includes(on.purpose))
      return await refuse(deps, press, 'elsewhere');
    if (!(await may(deps, context, 'workInEht', undefined))) {
      const why = whyNot(context);
      return await refuse(deps, press, why === 'notAllowed' ? 'notInEht' : why);
    }
    return await act({ ...context, room, day: post.day });
  });
}

/** How long EHT may talk about a pupil between two presses; the others see the list follow then, or when it is gone back to. */
const AT_WORK_SECONDS = 120;

/** A press that concerns one pupil of the list. */
export interface EhtPupilPress extends EhtPress {
  readonly view: EhtPupilView;
  readonly input: EhtInput;
}

/** The pupil has to be on the list now: nobody is found by an id, and no protected pupil at all. */
export async function onEhtPupil(
  deps: HandlerDeps,
  press: Press,
  { on, pupil: pupilId }: { readonly on: On; readonly pupil: string },
  act: (context: EhtPupilPress) => Promise<Answer>,
): Promise<Answer> {
  return await inEht(deps, press, on, async (context) => {
    const { school, room, day, words } = context;
    const view =
      on.purpose === EHT_LIST
        ? await readEhtPupil(asRead(deps, school), room, school, { day, pupilId })
        : undefined;
    if (view === undefined) {
      await recordRefusal(deps, press, 'notOnCard');
      return await redraw(deps, context, words.t('eht.said.gone'));
    }
    if (view.list.state === 'replaced' || view.list.state === 'notHeld')
      return await redraw(deps, context, words.t('eht.said.over'));
    const input = { ...doerOf(context), school, day, pupilId, section: view.line.section };
    // Otherwise the list, as soon as it follows what is done here, would take the pupil's place.
    if (view.list.state !== 'preview') await holdFor(deps, context, AT_WORK_SECONDS);
    return await act({ ...context, view, input });
  });
}

/** The same for what changes something: before the list has been posted there is no meeting to do it at. */
export async function atEhtMeeting(
  deps: HandlerDeps,
  press: Press,
  payload: { readonly on: On; readonly pupil: string },
  act: (context: EhtPupilPress) => Promise<Answer>,
): Promise<Answer> {
  return await onEhtPupil(deps, press, payload, async (context) => {
    if (context.view.list.state === 'preview') return panel(context, context.words.t('eht.said.notYet'));
    return await act(context);
  });
}

/** The pupil as they stand now, with what is said on top. */
export function panel({ view, on, words }: EhtPupilPress, notice = ''): Answer {
  return { kind: 'card', card: ehtPupilCard(view, on, words, notice), isPrivate: true };
}

/** The same from the facts after a change, with what follows from it; the list where the pupil is on it no more. */
export async function panelAnew(deps: HandlerDeps, context: EhtPupilPress, notice: string): Promise<Answer> {
  const { school, room, day, view, input } = context;
  await followTakenUp(deps, room, input);
  const now = await readEhtPupil(asRead(deps, school), room, school, { day, pupilId: view.line.pupilId });
  return now === undefined ? await redraw(deps, context, notice) : panel({ ...context, view: now }, notice);
}
