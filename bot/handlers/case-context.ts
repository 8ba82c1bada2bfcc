import type { VerbPayload } from '../../cards/verbs.ts';
import { dayAt } from '../../services/clock.ts';
import { type CaseDetail, readCaseDetail } from '../../services/routine/read-case-detail.ts';
import type { Answer, Press } from '../inbound.ts';
import { asRead, type HandlerDeps } from './handler-deps.ts';
import { may, onCard, type PressContext, redraw, refuse, whyNot } from './press-context.ts';
import { recordRefusal } from './refusals.ts';
import { isForRoutine } from './routine-place.ts';

/** A press that concerns one case, by somebody who may judge it. */
export interface CasePress extends PressContext {
  readonly view: CaseDetail;
}

/** A press about a school's cases: what the person may do is judged here, each time. */
export async function onCases(
  deps: HandlerDeps,
  press: Press,
  on: PressContext['on'],
  act: (context: PressContext) => Promise<Answer>,
): Promise<Answer> {
  return await onCard(deps, press, on, async (context) => {
    if (!(await isForRoutine(deps, context.school, press.conversation)))
      return await refuse(deps, press, 'elsewhere');
    if (!(await may(deps, context, 'judgeCases', undefined)))
      return await refuse(deps, press, whyNot(context, 'school'));
    return await act(context);
  });
}

/** A press about one of them, where it belongs to the card's school: what a card names is read again. */
export async function onCase(
  deps: HandlerDeps,
  press: Press,
  payload: VerbPayload<'routine.openCase'>,
  act: (context: CasePress) => Promise<Answer>,
): Promise<Answer> {
  return await onCases(deps, press, payload.on, async (context) => {
    const { school } = context;
    const view = await readCaseDetail(
      asRead(deps, school),
      school,
      payload.case,
      dayAt(deps.clock.now(), school),
    );
    if (view === undefined) {
      await recordRefusal(deps, press, 'notOnCard');
      return await redraw(deps, context, context.words.t('cases.gone'));
    }
    return await act({ ...context, view });
  });
}
