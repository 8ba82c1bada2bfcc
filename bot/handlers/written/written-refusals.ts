import type { TextKey } from '../../../locales/translator.ts';
import { matchName } from '../../../services/people/match-names.ts';
import { readNamedPupils } from '../../../services/people/named-pupils.ts';
import { isKnown } from '../../../services/people/rights.ts';
import type { Answer, Written } from '../../inbound.ts';
import { foreignerOf, who } from '../../who.ts';
import type { Utterance } from '../../written/utterance.ts';
import { type HandlerDeps, text, wordsIn } from '../handler-deps.ts';
import { type Refusal, recordRefusal } from '../refusals.ts';
import { isKnownAtSchool, type WrittenContext } from './written-context.ts';

type Command = Utterance['kind'];

/** Puts down that what was written was refused: which command, and why. What was written of anybody is not kept. */
export async function recordWrittenRefusal(
  deps: HandlerDeps,
  message: Written,
  command: Command,
  code: Refusal,
): Promise<void> {
  await recordRefusal(deps, { ...message, verb: `written.${command}` }, code);
}

/** Answers somebody whom the school knows with why they may not, and keeps that it was tried; a stranger is put down as one. */
export async function refuseWriter(
  deps: HandlerDeps,
  context: WrittenContext,
  command: Command,
  { code, told }: { readonly code: Refusal; readonly told: string },
): Promise<Answer> {
  const known = isKnownAtSchool(deps, context) ? code : 'notStaff';
  await recordWrittenRefusal(deps, context.message, command, known);
  return text(told);
}

/** Answers whoever no school knows, and keeps that it was tried. */
export async function refuseStranger(deps: HandlerDeps, message: Written, command: Command): Promise<Answer> {
  await recordWrittenRefusal(deps, message, command, await strangerCode(deps, message, 'notStaff'));
  return text((await wordsIn(deps, message.conversation.id)).t('reply.notKnown'));
}

/** Answers whoever has no pupils of their own, since they are not on the staff; who has a role all the same was refused nothing. */
export async function notOnStaff(
  deps: HandlerDeps,
  context: WrittenContext,
  command: Command,
): Promise<Answer> {
  if (!isKnownAtSchool(deps, context)) return await refuseStranger(deps, context.message, command);
  return text(context.words.t('reply.notKnown'));
}

/** Why whoever may do nothing here may not: what Teams says of their account, no school's knowing them, and otherwise the given. */
export async function strangerCode(
  deps: HandlerDeps,
  message: Written,
  otherwise: Refusal,
): Promise<Refusal> {
  const foreigner = await foreignerOf(deps, message);
  if (foreigner !== undefined) return foreigner;
  const person = await who(deps, message);
  if (person === undefined) return 'notTold';
  const isStaff = [...deps.schools.values()].some((school) => isKnown(deps.municipality, person, school));
  return isStaff ? otherwise : 'notStaff';
}

/**
 * The answer to a name of none of those whom the writer answers for. Where it is that of another's pupil this is put down, and
 * the answer is the same: no name can be fished for.
 */
export async function noSuchPupil(
  deps: HandlerDeps,
  context: WrittenContext,
  command: Command,
  { name, told: key }: { readonly name: string; readonly told: TextKey },
): Promise<Answer> {
  const told = context.words.t(key);
  const others = await readNamedPupils(deps.db, context.school.id);
  if (matchName(name, others).kind === 'none') return text(told);
  return await refuseWriter(deps, context, command, { code: 'notAllowed', told });
}
