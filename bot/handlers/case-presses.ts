import { casePanel } from '../../cards/case-panel.ts';
import type { VerbPayload } from '../../cards/verbs.ts';
import { type AcceptOutcome, acceptAll, acceptCase } from '../../services/routine/accept-case.ts';
import { askOf } from '../../services/routine/cases-view.ts';
import {
  closeCase,
  declineCase,
  type EndOutcome,
  keepCase,
  withdrawCase,
} from '../../services/routine/end-case.ts';
import type { Answer, Press } from '../inbound.ts';
import { type CasePress, onCase, onCases } from './case-context.ts';
import { caseNotice } from './case-notices.ts';
import type { HandlerDeps } from './handler-deps.ts';
import { doerOf, redraw } from './press-context.ts';

type Payload = VerbPayload<'routine.openCase'>;

/** "Öppna": one case, with what can be said of it; whoever comes late is told who was there before. */
export async function pressOpenCase(deps: HandlerDeps, press: Press, payload: Payload): Promise<Answer> {
  return await onCase(deps, press, payload, async (context) => {
    const { view, on, words } = context;
    if (askOf(view.row) === undefined)
      return await redraw(deps, context, caseNotice({ kind: 'movedOn', now: view.row }, view, words));
    return { kind: 'card', card: casePanel(view, on, words), isPrivate: true };
  });
}

/** "Godta": its steps are somebody's to do from now on. */
export async function pressAccept(deps: HandlerDeps, press: Press, payload: Payload): Promise<Answer> {
  return await judge(deps, press, payload, (context) =>
    acceptCase(deps, { school: context.school, caseId: payload.case, ...doerOf(context) }),
  );
}

/** "Godta alla": those that the card showed and nobody has judged since. */
export async function pressAcceptAll(
  deps: HandlerDeps,
  press: Press,
  { cases, on }: VerbPayload<'routine.acceptAll'>,
): Promise<Answer> {
  return await onCases(deps, press, on, async (context) => {
    const accepted = await acceptAll(deps, { school: context.school, caseIds: cases, ...doerOf(context) });
    const count = accepted.length;
    return await redraw(deps, context, context.words.t('cases.acceptedAll', { count }), count > 0);
  });
}

/** "Avböj", for a reason from the list. */
export async function pressDecline(
  deps: HandlerDeps,
  press: Press,
  payload: VerbPayload<'routine.decline'>,
): Promise<Answer> {
  const { reason } = payload;
  if (reason === undefined)
    return await onCase(deps, press, payload, async ({ view, on, words }) => {
      const card = casePanel(view, on, words, words.t('cases.declineChoose'));
      return { kind: 'card', card, isPrivate: true };
    });
  return await judge(deps, press, payload, (context) =>
    declineCase(deps, { caseId: payload.case, reason, ...doerOf(context) }),
  );
}

/** "Avsluta": the absence has ceased. */
export async function pressClose(deps: HandlerDeps, press: Press, payload: Payload): Promise<Answer> {
  return await judge(deps, press, payload, (context) =>
    closeCase(deps, { caseId: payload.case, ...doerOf(context) }),
  );
}

/** "Dra tillbaka": it arose from data that were wrong. */
export async function pressWithdraw(deps: HandlerDeps, press: Press, payload: Payload): Promise<Answer> {
  return await judge(deps, press, payload, (context) =>
    withdrawCase(deps, { caseId: payload.case, ...doerOf(context) }),
  );
}

/** "Fortsätt" and "Behåll". */
export async function pressKeep(deps: HandlerDeps, press: Press, payload: Payload): Promise<Answer> {
  return await judge(deps, press, payload, (context) =>
    keepCase(deps, { caseId: payload.case, ...doerOf(context) }),
  );
}

async function judge(
  deps: HandlerDeps,
  press: Press,
  payload: Payload,
  act: (context: CasePress) => Promise<AcceptOutcome | EndOutcome>,
): Promise<Answer> {
  return await onCase(deps, press, payload, async (context) => {
    const outcome = await act(context);
    const isDone = outcome.kind !== 'movedOn' && outcome.kind !== 'nothing';
    return await redraw(deps, context, caseNotice(outcome, context.view, context.words), isDone);
  });
}
