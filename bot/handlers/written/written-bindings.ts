import { asText } from '../../../cards/text.ts';
import type { Translator } from '../../../locales/translator.ts';
import { dayAt } from '../../../services/clock.ts';
import type { School } from '../../../services/config/municipality.ts';
import { groupKey } from '../../../services/morning/morning-posts.ts';
import { mentorGroups } from '../../../services/people/mentor-groups.ts';
import type { Person } from '../../../services/people/person.ts';
import { mayDo } from '../../../services/people/rights.ts';
import {
  type Bound,
  bindConversation,
  readBoundFromChat,
  readBoundTo,
  unbindConversation,
} from '../../../services/posts/bind-conversation.ts';
import { rememberConversation } from '../../../services/posts/conversations.ts';
import type { Answer, Written } from '../../inbound.ts';
import { who } from '../../who.ts';
import type { BindTarget } from '../../written/bind-targets.ts';
import { type HandlerDeps, text, wordsIn } from '../handler-deps.ts';
import { recordWrittenRefusal, strangerCode } from './written-refusals.ts';

interface Bindable {
  readonly school: School;
  readonly role: Bound['role'];
  readonly groupName: string;
}

/** "koppla 8A 8B", "koppla närvarokoordinator": what the channel is for from now on. */
export async function writtenBind(
  deps: HandlerDeps,
  message: Written,
  targets: readonly BindTarget[],
): Promise<Answer> {
  const words = await wordsIn(deps, message.conversation.id);
  const schools = await bindableSchools(deps, message);
  if (schools.length === 0) return await mayNotBind(deps, message, 'bind');
  if (message.conversation.kind === 'personal') return text(words.t('written.bindInChannel'));
  if (targets.length === 0) return text(words.t('written.bindWhat'));
  const bindables: Bindable[] = [];
  for (const target of targets) {
    const found = await bindablesOf(deps, schools, target);
    const [first, second] = found;
    if (first === undefined) return text(words.t('written.noSuchGroup', { name: nameOf(target, words) }));
    if (second !== undefined) {
      const names = words.list(found.map(({ school }) => asText(school.name)));
      return text(words.t('written.severalSchools', { name: nameOf(target, words), schools: names }));
    }
    bindables.push(first);
  }
  const before = await readBoundTo(deps.db, message.conversation.id);
  if (mixesEht([...before, ...bindables])) return text(words.t('written.ehtAlone'));
  await bindAll(deps, message, bindables);
  // What EHT was shown here may have to go, or may be shown again.
  await deps.jobs.enqueue(deps.db, 'deliver', {});
  const key = bindables.some(({ role }) => role === 'eht') ? 'written.boundEht' : 'written.bound';
  return text(words.t(key, { targets: words.list(bindables.map((bindable) => labelOf(bindable, words))) }));
}

/** "koppla bort 8A": of what the channel was bound to from a chat, what is named; all of it where nothing is. */
export async function writtenUnbind(
  deps: HandlerDeps,
  message: Written,
  targets: readonly BindTarget[],
): Promise<Answer> {
  const words = await wordsIn(deps, message.conversation.id);
  const schools = await bindableSchools(deps, message);
  if (schools.length === 0) return await mayNotBind(deps, message, 'unbind');
  const bound = await readUnbindable(deps, message, schools);
  if (bound.length === 0) return text(words.t('written.nothingToUnbind'));
  const stranger = targets.find((target) => !bound.some((one) => isMeant(one, target)));
  if (stranger !== undefined) return text(words.t('written.notBoundTo', { name: nameOf(stranger, words) }));
  const ended = targets.length === 0 ? bound : bound.filter((one) => targets.some((t) => isMeant(one, t)));
  const conversationId = message.conversation.id;
  for (const { school, role, groupName } of ended) {
    const what = { conversationId, schoolId: school.id, role, groupName };
    await unbindConversation(deps.db, { ...what, actor: actorOf(message), at: deps.clock.now() });
  }
  await deps.jobs.enqueue(deps.db, 'deliver', {});
  return text(
    targets.length === 0
      ? words.t('written.unbound')
      : words.t('written.unboundFrom', { targets: words.list(ended.map((one) => labelOf(one, words))) }),
  );
}

async function mayNotBind(deps: HandlerDeps, message: Written, command: 'bind' | 'unbind'): Promise<Answer> {
  await recordWrittenRefusal(deps, message, command, await strangerCode(deps, message, 'notCoordinator'));
  return text((await wordsIn(deps, message.conversation.id)).t('written.mayNotBind'));
}

async function readUnbindable(
  { db }: HandlerDeps,
  message: Written,
  schools: readonly School[],
): Promise<readonly Bindable[]> {
  const bound = await readBoundFromChat(db, message.conversation.id);
  return bound.flatMap(({ schoolId, role, groupName }) => {
    const school = schools.find(({ id }) => id === schoolId);
    return school === undefined ? [] : [{ school, role, groupName }];
  });
}

function isMeant({ role, groupName }: Bindable, target: BindTarget): boolean {
  if (target.kind !== 'group') return role === target.kind;
  return role === 'mentorGroup' && groupKey(groupName) === groupKey(target.name);
}

function actorOf({ from }: Written): { readonly id: string; readonly name: string } {
  return { id: from.entraId ?? from.teamsId, name: from.name };
}

/** Schools whose channels the writer may bind. */
async function bindableSchools(deps: HandlerDeps, message: Written): Promise<readonly School[]> {
  const person: Person | undefined = await who(deps, message);
  const schools: School[] = [];
  for (const school of deps.schools.values()) {
    const day = dayAt(deps.clock.now(), school);
    const request = {
      action: 'bindChannel',
      school,
      day,
      conversationId: message.conversation.id,
      pupilId: undefined,
    } as const;
    if (await mayDo(deps, person, request)) schools.push(school);
  }
  return schools;
}

async function bindablesOf(
  deps: HandlerDeps,
  schools: readonly School[],
  target: BindTarget,
): Promise<readonly Bindable[]> {
  if (target.kind !== 'group') return schools.map((school) => ({ school, role: target.kind, groupName: '' }));
  const found: Bindable[] = [];
  for (const school of schools) {
    const groups = await mentorGroups(deps, school.id);
    const group = groups.find(({ name }) => groupKey(name) === groupKey(target.name));
    if (group !== undefined) found.push({ school, role: 'mentorGroup', groupName: group.name });
  }
  return found;
}

/** What EHT talks about is under stronger secrecy: its conversation is for nothing else. */
function mixesEht(bindables: readonly Pick<Bindable, 'role'>[]): boolean {
  return bindables.some(({ role }) => role === 'eht') && bindables.some(({ role }) => role !== 'eht');
}

async function bindAll(deps: HandlerDeps, message: Written, bindables: readonly Bindable[]): Promise<void> {
  await rememberConversation(deps.db, message.conversation);
  const actor = actorOf(message);
  for (const { school, role, groupName } of bindables) {
    await bindConversation(deps.db, {
      conversationId: message.conversation.id,
      schoolId: school.id,
      role,
      groupName,
      actor,
      at: deps.clock.now(),
    });
  }
}

function nameOf(target: BindTarget, words: Translator): string {
  if (target.kind === 'group') return asText(target.name);
  return target.kind === 'eht' ? 'EHT' : words.t('written.coordinator');
}

function labelOf({ school, role, groupName }: Bindable, words: Translator): string {
  if (role === 'mentorGroup') return `${asText(groupName)} (${asText(school.name)})`;
  return words.t(role === 'eht' ? 'written.ehtOf' : 'written.coordinatorOf', { school: asText(school.name) });
}
