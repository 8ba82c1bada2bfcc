import type { VerbPayload } from '../../cards/verbs.ts';
import { type FollowUpView, readFollowUpView } from '../../services/follow-up/follow-up-view.ts';
import type { Action } from '../../services/people/permissions.ts';
import type { Answer, Press } from '../inbound.ts';
import type { HandlerDeps } from './handler-deps.ts';
import { onCard, type PressContext, redraw, refuse, rightsIn, whyNot } from './press-context.ts';
import { recordRefusal } from './refusals.ts';

/** A press that concerns one pupil whom the presser may be told of. */
export interface FollowUpPress extends PressContext {
  readonly view: FollowUpView;
  /** What the presser may do to this pupil. */
  readonly may: (action: Action) => boolean;
}

/** The follow-up that a card names, where it belongs to the card's school and day; nobody else's, and no protected pupil's. */
export async function viewOn(
  deps: Pick<HandlerDeps, 'db'>,
  { school, post }: PressContext,
  followUpId: string,
): Promise<FollowUpView | undefined> {
  const view = await readFollowUpView(deps.db, school.timeZone, followUpId);
  return view?.schoolId === school.id && view.day.equals(post.day) ? view : undefined;
}

/** The pupil has to be one whose day the presser may see and record: what a card names is read and judged again. */
export async function onFollowUp(
  deps: HandlerDeps,
  press: Press,
  payload: VerbPayload<'followUp.ask'>,
  act: (context: FollowUpPress) => Promise<Answer>,
): Promise<Answer> {
  return await onCard(deps, press, payload.on, async (context) => {
    const view = await viewOn(deps, context, payload.followUp);
    if (view === undefined) {
      await recordRefusal(deps, press, 'notOnCard');
      return await redraw(deps, context, context.words.t('contact.gone'));
    }
    const may = await rightsIn(deps, context, view.pupilId);
    if (!may('recordContact')) return await refuse(deps, press, whyNot(context));
    return await act({ ...context, view, may });
  });
}
