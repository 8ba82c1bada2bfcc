import type { Answer } from '../../inbound.ts';
import { type HandlerDeps, text } from '../handler-deps.ts';
import { CASES_REPLY, drawRoutineReply, OWN_STEPS_REPLY } from '../routine-replies.ts';
import { mayWrite, replyOn, type WrittenContext } from './written-context.ts';

/** "mina steg": the open steps that are the writer's to do, in their own chat. */
export async function writtenSteps(deps: HandlerDeps, context: WrittenContext): Promise<Answer> {
  return await draw(deps, context, OWN_STEPS_REPLY);
}

/** "ärenden": the cases that wait, for coordinators; for others their own steps. */
export async function writtenCases(deps: HandlerDeps, context: WrittenContext): Promise<Answer> {
  const isJudge = await mayWrite(deps, context, 'judgeCases');
  return await draw(deps, context, isJudge ? CASES_REPLY : OWN_STEPS_REPLY);
}

async function draw(deps: HandlerDeps, context: WrittenContext, purpose: string): Promise<Answer> {
  const { school, person, words, message } = context;
  if (deps.routines.length === 0) return text(words.t('written.noRoutine'));
  const on = { ...replyOn(context), purpose };
  return await drawRoutineReply(deps, { on, school, person, words, conversation: message.conversation }, '');
}
