import { choosePupilCard } from '../../../cards/choose-pupil.ts';
import { asText } from '../../../cards/text.ts';
import { dueAgainAt } from '../../../services/follow-up/due-times.ts';
import { findFollowUp, findLastContact } from '../../../services/follow-up/find-follow-up.ts';
import { type ContactOutcome, recordContact } from '../../../services/follow-up/record-contact.ts';
import { undoContact } from '../../../services/follow-up/undo-contact.ts';
import type { Named } from '../../../services/people/named.ts';
import { readPupilNames } from '../../../services/people/pupil-names.ts';
import type { Answer } from '../../inbound.ts';
import type { Utterance } from '../../written/utterance.ts';
import { contactNotice } from '../follow-up-notices.ts';
import { type HandlerDeps, text } from '../handler-deps.ts';
import { findPupil, whichPupil } from './find-pupil.ts';
import { mayBeNamedHere, mayWrite, replyOn, type WrittenContext, writerOf } from './written-context.ts';
import { noSuchPupil, refuseWriter } from './written-refusals.ts';

type Report = Extract<Utterance, { kind: 'contacted' | 'notReached' }>;
type Undo = Extract<Utterance, { kind: 'undo' }>;

/** "kontaktad Oscar", "nådde inte Oscar": the same as a press; a name that may mean several is asked about. */
export async function writtenReport(
  deps: HandlerDeps,
  context: WrittenContext,
  said: Report,
): Promise<Answer> {
  const { words } = context;
  const found = await findPupil(deps, context, said.name);
  if (found.kind === 'none')
    return await noSuchPupil(deps, context, said.kind, { name: said.name, told: found.told });
  if (found.kind === 'several') return await choose(deps, context, said, found.pupils);
  const followUp = await findFollowUp(deps.db, found.pupil.id, context.day);
  if (followUp === undefined) return await noFollowUp(deps, context, [found.pupil]);
  if (!(await mayWrite(deps, context, 'recordContact', found.pupil.id)))
    return await refuseWriter(deps, context, said.kind, {
      code: 'notAllowed',
      told: words.t('reply.notAllowed'),
    });
  const recorded = await recordContact(deps, {
    followUpId: followUp.id,
    version: undefined,
    outcome: said.kind === 'contacted' ? 'reached' : 'notReached',
    method: said.method,
    counterpart: said.counterpart,
    dueAgainAt: dueAgainAt(context.school, context.day, deps.clock.now()),
    ...writerOf(context),
  });
  return text(told(recorded, found.pupil.name, context));
}

/** What was recorded in writing has no button beside it: how to take it back, or when the next try is, is said as well. */
function told(recorded: ContactOutcome, name: string, { words }: WrittenContext): string {
  if (recorded.kind !== 'recorded') return contactNotice(recorded, { name, words });
  const { followUp } = recorded;
  return followUp.state === 'contacted'
    ? words.t('written.contacted', { name: asText(name) })
    : words.t('written.notReached', { name: asText(name), time: words.time(followUp.dueAt) });
}

async function noFollowUp(
  deps: HandlerDeps,
  context: WrittenContext,
  pupils: readonly Named[],
): Promise<Answer> {
  const { words } = context;
  if (!(await mayBeNamedHere(deps, context, pupils))) return text(words.t('written.inOwnChat'));
  return text(words.t('written.noFollowUp', { name: pupils.map(({ name }) => asText(name)).join(', ') }));
}

async function choose(
  deps: HandlerDeps,
  context: WrittenContext,
  said: Report,
  pupils: readonly Named[],
): Promise<Answer> {
  const choices = [];
  for (const pupil of pupils) {
    const followUp = await findFollowUp(deps.db, pupil.id, context.day);
    const isTheirs = followUp !== undefined && (await mayWrite(deps, context, 'recordContact', pupil.id));
    if (isTheirs) choices.push({ ...pupil, followUp: followUp.id, version: followUp.version });
  }
  if (choices.length === 0) return await noFollowUp(deps, context, pupils);
  const { words } = context;
  if (!(await mayBeNamedHere(deps, context, choices))) return text(words.t('written.inOwnChat'));
  return { kind: 'card', card: choosePupilCard({ said, choices }, replyOn(context), words), isPrivate: true };
}

/** "ångra": what one recorded last today, or what was recorded of the pupil that is named. */
export async function writtenUndo(deps: HandlerDeps, context: WrittenContext, said: Undo): Promise<Answer> {
  const { words, person, day } = context;
  const { name = '' } = said;
  const found = name === '' ? undefined : await findPupil(deps, context, name);
  if (found?.kind === 'none') return await noSuchPupil(deps, context, 'undo', { name, told: found.told });
  if (found?.kind === 'several') return text(await whichPupil(deps, context, found.pupils));
  const last = await findLastContact(
    deps.db,
    day,
    found === undefined ? { actorId: person.entraId } : { pupilId: found.pupil.id },
  );
  if (last === undefined) return text(words.t('written.nothingToUndo'));
  // The answer names whoever it was, also where nobody has.
  if (!(await mayBeNamedHere(deps, context, [{ id: last.pupilId }])))
    return text(words.t('written.inOwnChat'));
  const undone = await undoContact(deps, {
    followUpId: last.followUpId,
    contactId: last.id,
    mayUndoOthers: await mayWrite(deps, context, 'undoOthers', last.pupilId),
    ...writerOf(context),
  });
  if (undone.kind === 'notYours') {
    const told = words.t('contact.notYours', { by: asText(undone.by) });
    return await refuseWriter(deps, context, 'undo', { code: 'notYours', told });
  }
  if (undone.kind !== 'undone') return text(words.t('written.nothingToUndo'));
  const pupil = (await readPupilNames(deps.db, [last.pupilId])).get(last.pupilId);
  return text(words.t('written.undone', { name: asText(pupil?.name ?? '') }));
}
