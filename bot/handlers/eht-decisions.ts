import { ehtDecisionCard } from '../../cards/eht-decision.ts';
import { asText } from '../../cards/text.ts';
import type { VerbPayload } from '../../cards/verbs.ts';
import { dayAt } from '../../services/clock.ts';
import { decide } from '../../services/eht/decide.ts';
import {
  type EndDecisionOutcome,
  finishDecision,
  reopenDecision,
  withdrawDecision,
} from '../../services/eht/end-decision.ts';
import type { Answer, Press } from '../inbound.ts';
import { atEhtMeeting, type EhtPupilPress, inEht, panelAnew } from './eht-context.ts';
import type { HandlerDeps } from './handler-deps.ts';
import { doerOf, redraw } from './press-context.ts';

/** "Nytt beslut": what, who and when. */
export async function pressEhtAskDecision(
  deps: HandlerDeps,
  press: Press,
  payload: VerbPayload<'eht.askDecision'>,
): Promise<Answer> {
  return await atEhtMeeting(deps, press, payload, async (context) => form(context, ''));
}

function form({ view, on, words }: EhtPupilPress, notice: string): Answer {
  return { kind: 'card', card: ehtDecisionCard(view, on, words, notice), isPrivate: true };
}

/** "Besluta". */
export async function pressEhtDecide(
  deps: HandlerDeps,
  press: Press,
  payload: VerbPayload<'eht.decide'>,
): Promise<Answer> {
  return await atEhtMeeting(deps, press, payload, async (context) => {
    const { room, input, words, school } = context;
    const { choice: key, owner: ownerAddress, due } = payload;
    const inSchoolDays = due === undefined ? undefined : Number(due);
    const outcome = await decide(deps, room, { ...input, key, ownerAddress, inSchoolDays });
    switch (outcome.kind) {
      case 'unknown':
        return form(context, words.t('eht.chooseAll'));
      case 'already': {
        const day = words.shortDay(dayAt(outcome.at, school));
        const by = asText(outcome.by);
        const said = words.t('eht.said.decidedBy', { by, day, time: words.time(outcome.at) });
        return await panelAnew(deps, context, said);
      }
      case 'decided': {
        const day = words.shortDay(outcome.dueDay);
        return await panelAnew(deps, context, words.t('eht.said.decided', { day }));
      }
    }
  });
}

/** A decision is done, said on the pupil, the summary or a reminder. */
export async function pressEhtDecisionDone(
  deps: HandlerDeps,
  press: Press,
  payload: VerbPayload<'eht.decisionDone'>,
): Promise<Answer> {
  return await onDecision(deps, press, payload, finishDecision);
}

export async function pressEhtDecisionReopened(
  deps: HandlerDeps,
  press: Press,
  payload: VerbPayload<'eht.decisionReopened'>,
): Promise<Answer> {
  return await onDecision(deps, press, payload, reopenDecision);
}

export async function pressEhtDecisionWithdrawn(
  deps: HandlerDeps,
  press: Press,
  payload: VerbPayload<'eht.decisionWithdrawn'>,
): Promise<Answer> {
  return await onDecision(deps, press, payload, withdrawDecision);
}

async function onDecision(
  deps: HandlerDeps,
  press: Press,
  { on, pupil, decision: decisionId }: VerbPayload<'eht.decisionDone'>,
  end: typeof finishDecision,
): Promise<Answer> {
  if (pupil === undefined) {
    return await inEht(deps, press, on, async (context) => {
      const outcome = await end(deps, context.room, { ...doerOf(context), decisionId });
      return await redraw(deps, context, said(outcome, context), outcome.kind === 'changed');
    });
  }
  return await atEhtMeeting(deps, press, { on, pupil }, async (context) => {
    const isTheirs = context.view.decisions.some(({ id }) => id === decisionId);
    const outcome: EndDecisionOutcome = isTheirs
      ? await end(deps, context.room, { ...doerOf(context), decisionId })
      : { kind: 'nothing' };
    return await panelAnew(deps, context, said(outcome, context));
  });
}

/** A late press says who was before, where somebody has ended it. */
function said(
  outcome: EndDecisionOutcome,
  { words, school }: Pick<EhtPupilPress, 'words' | 'school'>,
): string {
  if (outcome.kind === 'changed') return words.t('eht.said.decisionSaved');
  const { endedAt, endedByName } =
    outcome.kind === 'movedOn' ? outcome.now : { endedAt: null, endedByName: null };
  if (endedAt === null) return words.t('eht.said.decisionMovedOn');
  const day = words.shortDay(dayAt(endedAt, school));
  return words.t('eht.said.tickedBy', { by: asText(endedByName ?? ''), day, time: words.time(endedAt) });
}
