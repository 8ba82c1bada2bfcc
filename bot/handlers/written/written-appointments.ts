import { asText } from '../../../cards/text.ts';
import { lastDayOfTerm } from '../../../services/calendar/school-days.ts';
import { appointContactPerson, endContactPerson } from '../../../services/follow-up/appoint.ts';
import { assignAnew } from '../../../services/follow-up/assign-anew.ts';
import { matchName } from '../../../services/people/match-names.ts';
import type { Named } from '../../../services/people/named.ts';
import { readNamedStaff } from '../../../services/people/named-staff.ts';
import { schoolsOfStaff } from '../../../services/people/schools-of-staff.ts';
import { readContactPersonName } from '../../../services/people/staff-names.ts';
import { appointStandIn, endStandIns, type StandInDeps } from '../../../services/people/stand-ins.ts';
import type { Answer } from '../../inbound.ts';
import { resolveDays } from '../../written/resolve-days.ts';
import type { Utterance } from '../../written/utterance.ts';
import { type HandlerDeps, text } from '../handler-deps.ts';
import { findPupil, whichOne, whichPupil } from './find-pupil.ts';
import { mayBeNamedHere, mayWrite, type WrittenContext, writerOf } from './written-context.ts';
import { noSuchPupil, notOnStaff, refuseWriter } from './written-refusals.ts';

type ContactPerson = Extract<Utterance, { kind: 'contactPerson' }>;
type EndContactPerson = Extract<Utterance, { kind: 'endContactPerson' }>;
type StandIn = Extract<Utterance, { kind: 'standIn' }>;
type EndStandIn = Extract<Utterance, { kind: 'endStandIn' }>;
type Said = (ContactPerson | EndContactPerson | StandIn | EndStandIn)['kind'];

/** "kontaktperson Oscar" says who it is; "kontaktperson Oscar: Eva Ek" makes it Eva. */
export async function writtenContactPerson(
  deps: HandlerDeps,
  context: WrittenContext,
  said: ContactPerson,
): Promise<Answer> {
  const { words, school } = context;
  const pupil = await onePupil(deps, context, said.kind, said.pupil);
  if ('kind' in pupil) return pupil;
  if (said.staff === undefined) return text(await whoIsIt(deps, context, pupil));
  if (!(await mayWrite(deps, context, 'appointContactPerson', pupil.id)))
    return await coordinatorOnly(deps, context, said.kind);
  const staff = await oneOfStaff(deps, context, said.staff);
  if ('kind' in staff) return staff;
  const input = { pupilId: pupil.id, staffId: staff.id, ...writerOf(context) };
  const { kind } = await appointContactPerson(deps, school, input);
  const key = kind === 'already' ? 'written.alreadyContactPerson' : 'written.appointed';
  return text(words.t(key, { name: asText(pupil.name), staff: asText(staff.name) }));
}

export async function writtenEndContactPerson(
  deps: HandlerDeps,
  context: WrittenContext,
  said: EndContactPerson,
): Promise<Answer> {
  const { words, school } = context;
  const pupil = await onePupil(deps, context, said.kind, said.pupil);
  if ('kind' in pupil) return pupil;
  if (!(await mayWrite(deps, context, 'appointContactPerson', pupil.id)))
    return await coordinatorOnly(deps, context, said.kind);
  const ended = await endContactPerson(deps, school, { pupilId: pupil.id, ...writerOf(context) });
  const key = ended ? 'written.appointmentEnded' : 'written.noContactPerson';
  return text(words.t(key, { name: asText(pupil.name) }));
}

async function whoIsIt(deps: HandlerDeps, { words }: WrittenContext, pupil: Named): Promise<string> {
  const staff = await readContactPersonName(deps.db, pupil.id);
  if (staff === undefined) return words.t('written.noContactPerson', { name: asText(pupil.name) });
  return words.t('written.contactPersonIs', {
    name: asText(pupil.name),
    staff: asText(staff),
  });
}

/** "vikarie för mig: Eva Ek 24/11-28/11". */
export async function writtenStandIn(
  deps: HandlerDeps,
  context: WrittenContext,
  said: StandIn,
): Promise<Answer> {
  const { words, day, school } = context;
  const away = await whoIsAway(deps, context, said.kind, said.away);
  if ('kind' in away) return away;
  if (said.standIn === undefined) return text(words.t('written.whoStandsIn'));
  const standIn = await oneOfStaff(deps, context, said.standIn);
  if ('kind' in standIn) return standIn;
  if (standIn.id === away.id) return text(words.t('written.notThemselves'));
  const days = resolveDays(said, day);
  if (days === undefined) return text(words.t('written.whichDays'));
  // Without any day it is today alone; what begins on a day and has no end goes on to the end of the term.
  const lastDay =
    days.to ?? (said.from === undefined ? days.from : lastDayOfTerm(school.calendar, days.from));
  await appointStandIn(standInDeps(deps), {
    staffId: away.id,
    standInStaffId: standIn.id,
    firstDay: days.from,
    lastDay,
    schoolId: school.id,
    schoolIds: away.schoolIds,
    ...writerOf(context),
  });
  const span = { from: words.date(days.from), to: words.date(lastDay) };
  return text(
    words.t('written.standInSaved', { away: asText(away.name), staff: asText(standIn.name), ...span }),
  );
}

export async function writtenEndStandIn(
  deps: HandlerDeps,
  context: WrittenContext,
  said: EndStandIn,
): Promise<Answer> {
  const { words, day, school } = context;
  const away = await whoIsAway(deps, context, said.kind, said.away);
  if ('kind' in away) return away;
  const ended = await endStandIns(standInDeps(deps), {
    staffId: away.id,
    firstDay: day,
    schoolId: school.id,
    schoolIds: away.schoolIds,
    ...writerOf(context),
  });
  return text(words.t(ended > 0 ? 'written.standInEnded' : 'written.noStandIn', { away: asText(away.name) }));
}

/** At every school: somebody may work at several. */
function standInDeps(deps: HandlerDeps): StandInDeps {
  return {
    ...deps,
    onStandIn: async (trx, at) => {
      for (const school of deps.schools.values()) await assignAnew(deps, trx, school, at);
    },
  };
}

async function coordinatorOnly(deps: HandlerDeps, context: WrittenContext, command: Said): Promise<Answer> {
  const told = context.words.t('written.coordinatorOnly');
  return await refuseWriter(deps, context, command, { code: 'notCoordinator', told });
}

/** The pupil, or what is answered where it is not one. */
async function onePupil(
  deps: HandlerDeps,
  context: WrittenContext,
  command: Said,
  written: string,
): Promise<Named | Answer> {
  const found = await findPupil(deps, context, written);
  if (found.kind === 'none')
    return await noSuchPupil(deps, context, command, { name: written, told: found.told });
  if (found.kind === 'several') return text(await whichPupil(deps, context, found.pupils));
  // Every answer names the pupil, and whose they are.
  const isFit = await mayBeNamedHere(deps, context, [found.pupil]);
  return isFit ? found.pupil : text(context.words.t('written.inOwnChat'));
}

async function oneOfStaff(
  deps: HandlerDeps,
  { words }: WrittenContext,
  written: string,
): Promise<Named | Answer> {
  const staff = await readNamedStaff(deps.db);
  const match = matchName(written, staff);
  if (match.kind === 'none') return text(words.t('written.noSuchStaff', { name: asText(written) }));
  const ids = match.kind === 'one' ? [match.id] : match.ids;
  const meant = ids.flatMap((id) => staff.find((one) => one.id === id) ?? []);
  const [first] = meant;
  const isOne = match.kind === 'one' && match.isExact && first !== undefined;
  return isOne ? first : text(whichOne(meant, words));
}

/** Somebody who is away, and the schools where whoever stands in takes over from them. */
interface Away extends Named {
  readonly schoolIds: readonly string[];
}

/**
 * Whom a stand-in is for: whoever writes, or a colleague where whoever writes may say so at every school whose pupils come
 * along. Or what is answered where it is nobody.
 */
async function whoIsAway(
  deps: HandlerDeps,
  context: WrittenContext,
  command: Said,
  named: string | undefined,
): Promise<Away | Answer> {
  const { person } = context;
  if (named === undefined && person.staffId === undefined) return await notOnStaff(deps, context, command);
  const away =
    named === undefined
      ? { id: person.staffId ?? '', name: person.name }
      : await oneOfStaff(deps, context, named);
  if ('kind' in away) return away;
  const schoolIds = await schoolsOfStaff(deps.db, away.id, context.day);
  const isOwn = away.id === person.staffId;
  const isAllowed = isOwn
    ? await mayWrite(deps, context, 'appointStandIn')
    : await mayAppointAt(deps, context, schoolIds);
  return isAllowed ? { ...away, schoolIds } : await coordinatorOnly(deps, context, command);
}

/** Somebody who answers for nobody yet is the school's where it is written. */
async function mayAppointAt(
  deps: HandlerDeps,
  context: WrittenContext,
  schoolIds: readonly string[],
): Promise<boolean> {
  const schools = schoolIds.flatMap((id) => deps.schools.get(id) ?? []);
  for (const school of schools.length === 0 ? [context.school] : schools)
    if (!(await mayWrite(deps, { ...context, school }, 'appointOthersStandIn'))) return false;
  return true;
}
