import { casesCard } from '../../cards/cases.ts';
import { ownStepsCard } from '../../cards/steps.ts';
import { dayAt } from '../../services/clock.ts';
import { readRights } from '../../services/people/rights.ts';
import { readOwnSteps } from '../../services/routine/own-steps.ts';
import { readCasesView } from '../../services/routine/read-cases-view.ts';
import type { Answer } from '../inbound.ts';
import { asRead, type HandlerDeps, text } from './handler-deps.ts';
import type { PressContext } from './press-context.ts';
import { isForRoutine } from './routine-place.ts';

/** The purposes of cards that answer "mina steg" and "ärenden"; the subject of both is school and day. */
export const OWN_STEPS_REPLY = 'ownSteps';
export const CASES_REPLY = 'casesNow';

/** Who looks, and where. */
export type Looking = Pick<PressContext, 'on' | 'school' | 'person' | 'words'> & {
  readonly conversation: PressContext['press']['conversation'];
};

/** The answer as it stands now, for whoever asked or pressed: judged anew each time, since it is no post of Sedd's. */
export async function drawRoutineReply(deps: HandlerDeps, looking: Looking, notice: string): Promise<Answer> {
  return looking.on.purpose === CASES_REPLY
    ? await drawCases(deps, looking, notice)
    : await drawOwnSteps(deps, looking, notice);
}

async function drawCases(deps: HandlerDeps, looking: Looking, notice: string): Promise<Answer> {
  const { school, words, on, conversation } = looking;
  if (!(await mayJudge(deps, looking))) return text(words.t('written.coordinatorOnly'));
  if (!(await isForRoutine(deps, school, conversation))) return text(words.t('written.routineInOwnChat'));
  const view = await readCasesView(asRead(deps, school), school, dayAt(deps.clock.now(), school));
  return { kind: 'card', card: casesCard(view, words, { page: on.page, notice }, on), isPrivate: true };
}

/** In one's own chat alone: others have no business with what is somebody's to do. */
async function drawOwnSteps(deps: HandlerDeps, looking: Looking, notice: string): Promise<Answer> {
  const { school, person, words, on, conversation } = looking;
  if (person === undefined) return text(words.t('reply.notKnown'));
  if (conversation.kind !== 'personal') return text(words.t('written.inOwnChat'));
  const query = { day: dayAt(deps.clock.now(), school), withProtected: await mayJudge(deps, looking) };
  const view = await readOwnSteps(asRead(deps, school), school, person, query);
  return { kind: 'card', card: ownStepsCard(view, words, { page: on.page, notice }, on), isPrivate: true };
}

async function mayJudge(deps: HandlerDeps, { school, person, conversation }: Looking): Promise<boolean> {
  const towards = {
    school,
    day: dayAt(deps.clock.now(), school),
    conversationId: conversation.id,
    pupilId: undefined,
  };
  return (await readRights(deps, person, towards))('judgeCases');
}
