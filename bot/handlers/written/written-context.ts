import type { Temporal } from 'temporal-polyfill';
import type { On } from '../../../cards/on.ts';
import type { Translator } from '../../../locales/translator.ts';
import { dayAt } from '../../../services/clock.ts';
import type { School } from '../../../services/config/municipality.ts';
import type { Doer } from '../../../services/follow-up/change-follow-up.ts';
import { groupKey } from '../../../services/morning/morning-posts.ts';
import { groupOf, mentorGroups } from '../../../services/people/mentor-groups.ts';
import type { Action } from '../../../services/people/permissions.ts';
import type { Person } from '../../../services/people/person.ts';
import { configuredRoles, mayDo } from '../../../services/people/rights.ts';
import { schoolsOfStaff } from '../../../services/people/schools-of-staff.ts';
import { readBoundTo } from '../../../services/posts/bind-conversation.ts';
import type { Written } from '../../inbound.ts';
import { who } from '../../who.ts';
import { type HandlerDeps, wordsOfSchool } from '../handler-deps.ts';
import { REPLY } from '../press-context.ts';

/** Something written by somebody whom a school knows. */
export interface WrittenContext {
  readonly message: Written;
  readonly person: Person;
  readonly school: School;
  readonly day: Temporal.PlainDate;
  readonly words: Translator;
}

/**
 * Who wrote, and which school it is about: the one that the conversation belongs to, or in their own chat the one where they
 * work. Undefined where it belongs to no school, or where no school knows them.
 */
export async function writtenContext(
  deps: HandlerDeps,
  message: Written,
): Promise<WrittenContext | undefined> {
  const person = await who(deps, message);
  if (person === undefined || person.isGuest) return undefined;
  const school = (await schoolHere(deps, message)) ?? (await schoolOf(deps, person));
  if (school === undefined) return undefined;
  const day = dayAt(deps.clock.now(), school);
  return { message, person, school, day, words: wordsOfSchool(school) };
}

async function schoolHere(deps: HandlerDeps, { conversation }: Written): Promise<School | undefined> {
  const [bound] = await readBoundTo(deps.db, conversation.id);
  return deps.schools.get(bound?.schoolId ?? '');
}

async function schoolOf(deps: HandlerDeps, person: Person): Promise<School | undefined> {
  const named = [...deps.schools.values()].find((school) =>
    configuredRoles(deps.municipality, person, school).some(
      ({ role }) => role !== 'admin' && role !== 'mobileSchoolTeam',
    ),
  );
  if (named !== undefined) return named;
  const day = dayAt(deps.clock.now(), deps.municipality);
  const [first] = person.staffId === undefined ? [] : await schoolsOfStaff(deps.db, person.staffId, day);
  return deps.schools.get(first ?? '');
}

/** Whether the roster or the municipality file knows the writer; in a channel of the school anybody may write. */
export function isKnownAtSchool(
  { municipality }: Pick<HandlerDeps, 'municipality'>,
  { person, school }: Pick<WrittenContext, 'person' | 'school'>,
): boolean {
  return person.staffId !== undefined || configuredRoles(municipality, person, school).length > 0;
}

/**
 * Who else reads an answer that names pupils of a school: nobody, or its coordinators, who may see all of them; those who
 * share a mentor channel, who may see the pupils of its groups (their keys); or people of whom nothing is known at the school.
 */
export async function readersIn(
  { db }: Pick<HandlerDeps, 'db'>,
  conversation: Pick<Written['conversation'], 'id' | 'kind'>,
  school: Pick<School, 'id'>,
): Promise<'mayAll' | 'strangers' | readonly string[]> {
  if (conversation.kind === 'personal') return 'mayAll';
  const bindings = (await readBoundTo(db, conversation.id)).filter(({ schoolId }) => schoolId === school.id);
  if (bindings.some(({ role }) => role === 'coordinator')) return 'mayAll';
  const groups = bindings
    .filter(({ role }) => role === 'mentorGroup')
    .map(({ groupName }) => groupKey(groupName));
  return groups.length === 0 ? 'strangers' : groups;
}

/** The same where somebody has written, of the school that it is about. */
export async function readersHere(
  deps: Pick<HandlerDeps, 'db'>,
  { message: { conversation }, school }: Pick<WrittenContext, 'message' | 'school'>,
): Promise<'mayAll' | 'strangers' | readonly string[]> {
  return await readersIn(deps, conversation, school);
}

/** Whether everybody who reads an answer here may read the names of these pupils of the school. */
export async function mayBeNamedHere(
  deps: Pick<HandlerDeps, 'db'>,
  context: Pick<WrittenContext, 'message' | 'school'>,
  pupils: readonly { readonly id: string }[],
): Promise<boolean> {
  const readers = await readersHere(deps, context);
  if (typeof readers === 'string') return readers === 'mayAll';
  const shown = (await mentorGroups(deps, context.school.id)).filter(({ name }) =>
    readers.includes(groupKey(name)),
  );
  return pupils.every(({ id }) => groupOf(shown, id) !== undefined);
}

export async function mayWrite(
  deps: HandlerDeps,
  { message, person, school, day }: WrittenContext,
  action: Action,
  pupilId?: string,
): Promise<boolean> {
  const conversationId = message.conversation.id;
  return await mayDo(deps, person, { action, school, day, conversationId, pupilId });
}

/** Where the buttons of an answer are pressed. */
export function replyOn({ school, day }: WrittenContext): On {
  return { purpose: REPLY, subject: `${school.id}/${day}`, page: 0 };
}

export function writerOf({ message, person }: Pick<WrittenContext, 'message' | 'person'>): Doer {
  const actor = { id: person.entraId, name: person.name || message.from.name, staffId: person.staffId };
  return { actor, conversationId: message.conversation.id };
}
