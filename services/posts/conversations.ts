import type { Selectable } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Municipality, School } from '../config/municipality.ts';
import type { Db } from '../storage/database.ts';
import type { BindingTable, ConversationTable } from '../storage/tables/posts.ts';
import { markEhtPostsIn } from './eht-purposes.ts';
import { reviveGivenUp } from './post-store.ts';

export type Conversation = Readonly<Selectable<ConversationTable>>;
export type Binding = Readonly<Selectable<BindingTable>>;

/** What an incoming event tells of the conversation it came from. */
export interface SeenConversation {
  readonly id: string;
  readonly kind: Conversation['kind'];
  readonly tenantId: string;
  readonly serviceUrl: string;
  readonly teamId: string | undefined;
  readonly name: string | undefined;
}

/**
 * Keeps where a conversation is reached, and that it can be: whatever was broken is whole again. For everything that is heard
 * from a conversation; where nothing is new, nothing is written, and the answer is false.
 */
export async function rememberConversation(db: Db, seen: SeenConversation): Promise<boolean> {
  const known = await readConversation(db, seen.id);
  if (known !== undefined && isAsKnown(known, seen)) return false;
  const place = { kind: seen.kind, tenantId: seen.tenantId, serviceUrl: seen.serviceUrl };
  await db.transaction().execute(async (trx) => {
    await mend(trx, { id: seen.id });
    await trx
      .insertInto('conversation')
      .values({
        id: seen.id,
        ...place,
        teamId: seen.teamId ?? null,
        name: seen.name ?? null,
        state: 'open',
        brokenCode: null,
        brokenAt: null,
      })
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet((eb) => ({
          ...place,
          teamId: eb.fn.coalesce('excluded.teamId', 'conversation.teamId'),
          name: eb.fn.coalesce('excluded.name', 'conversation.name'),
        })),
      )
      .execute();
  });
  return true;
}

async function readConversation(db: Db, id: string): Promise<Conversation | undefined> {
  return await db.selectFrom('conversation').selectAll().where('id', '=', id).executeTakeFirst();
}

function isAsKnown(known: Conversation, seen: SeenConversation): boolean {
  return (
    known.state === 'open' &&
    known.kind === seen.kind &&
    known.tenantId === seen.tenantId &&
    known.serviceUrl === seen.serviceUrl &&
    known.teamId === (seen.teamId ?? known.teamId) &&
    known.name === (seen.name ?? known.name)
  );
}

/** Puts down that Sedd has said there what it is; true for the one who is to say it. */
export async function introduceOnce(db: Db, id: string, at: Temporal.Instant): Promise<boolean> {
  const first = await db
    .updateTable('conversation')
    .set({ introducedAt: at })
    .where('id', '=', id)
    .where('introducedAt', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return first !== undefined;
}

/** Nothing is posted to a broken conversation until it is heard from again, or the app is installed anew. */
export async function breakConversation(
  db: Db,
  id: string,
  code: string,
  at: Temporal.Instant,
): Promise<void> {
  await db
    .updateTable('conversation')
    .set({ state: 'broken', brokenCode: code, brokenAt: at })
    .where('id', '=', id)
    .execute();
}

/**
 * Takes up whatever was broken in a tenant: the app was installed somewhere, and the channels that it now reaches are
 * not named in the event. What still cannot be reached breaks again at its next card.
 */
export async function mendConversations(db: Db, tenantId: string): Promise<void> {
  await db.transaction().execute(async (trx) => await mend(trx, { tenantId }));
}

/** Opens what is broken, and takes up what was given up there. */
async function mend(db: Db, which: { readonly id: string } | { readonly tenantId: string }): Promise<void> {
  const broken = db
    .updateTable('conversation')
    .set({ state: 'open', brokenCode: null, brokenAt: null })
    .where('state', '=', 'broken')
    .returning('id');
  const mended = await ('id' in which
    ? broken.where('id', '=', which.id)
    : broken.where('tenantId', '=', which.tenantId)
  ).execute();
  await reviveGivenUp(
    db,
    mended.map((row) => row.id),
  );
}

/** Brings the bindings that the municipality file gives into the database; those made in chat are left alone. */
export async function syncBindings(db: Db, municipality: Municipality): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const before = await readAllBound(trx);
    await trx.deleteFrom('binding').where('origin', '=', 'config').execute();
    for (const school of municipality.schools) await bindSchool(trx, municipality, school);
    const after = await readAllBound(trx);
    const changed = [...before, ...after].filter((one) => !(before.has(one) && after.has(one)));
    await markEhtPostsIn(
      trx,
      changed.map((one) => one.split(' ')[0] ?? ''),
    );
  });
}

/** Each as text, to tell two moments apart; ids of conversations have no space. */
async function readAllBound(db: Db): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('binding').select(['conversationId', 'schoolId', 'role']).execute();
  return new Set(rows.map(({ conversationId, schoolId, role }) => `${conversationId} ${schoolId} ${role}`));
}

async function bindSchool(db: Db, municipality: Municipality, school: School): Promise<void> {
  const { coordinator, eht, mentorGroups } = school.channels;
  if (coordinator !== undefined) await bind(db, municipality, school, coordinator, 'coordinator', '');
  if (eht !== undefined) await bind(db, municipality, school, eht, 'eht', '');
  for (const [groupName, id] of Object.entries(mentorGroups)) {
    await bind(db, municipality, school, id, 'mentorGroup', groupName);
  }
}

async function bind(
  db: Db,
  municipality: Municipality,
  school: School,
  conversationId: string,
  role: Binding['role'],
  groupName: string,
): Promise<void> {
  const tenantId = municipality.teams.tenants[0] ?? '';
  const { serviceUrl } = municipality.teams;
  await db
    .insertInto('conversation')
    .values({
      id: conversationId,
      kind: kindOf(conversationId, role),
      tenantId,
      serviceUrl,
      teamId: null,
      name: null,
      state: 'open',
      brokenCode: null,
      brokenAt: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await correctAddress(db, conversationId, { tenantId, serviceUrl });
  await db
    .insertInto('binding')
    .values({ conversationId, role, schoolId: school.id, groupName, origin: 'config' })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** A conversation that was never heard from is where the file says, also when the file said something else before. */
async function correctAddress(
  db: Db,
  id: string,
  address: Pick<Conversation, 'tenantId' | 'serviceUrl'>,
): Promise<void> {
  const corrected = await db
    .updateTable('conversation')
    .set({ ...address, state: 'open', brokenCode: null, brokenAt: null })
    .where('id', '=', id)
    .where('teamId', 'is', null)
    .where('name', 'is', null)
    .where((eb) =>
      eb.or([eb('tenantId', '!=', address.tenantId), eb('serviceUrl', '!=', address.serviceUrl)]),
    )
    .returning('id')
    .executeTakeFirst();
  if (corrected !== undefined) await reviveGivenUp(db, [id]);
}

/** Channels and group chats differ in Teams' ids: `…@thread.tacv2` (or `.skype`) and `…@thread.v2`. */
function kindOf(id: string, role: Binding['role']): Conversation['kind'] {
  if (id.endsWith('@thread.v2')) return 'groupChat';
  return role === 'eht' && !id.includes('@thread.') ? 'groupChat' : 'channel';
}

/** The bindings of a school, each with the state of its conversation. */
export async function readBindings(
  db: Db,
  schoolId: string,
): Promise<
  readonly (Binding & { readonly state: Conversation['state']; readonly brokenCode: string | null })[]
> {
  return await db
    .selectFrom('binding')
    .innerJoin('conversation', 'conversation.id', 'binding.conversationId')
    .selectAll('binding')
    .select(['conversation.state', 'conversation.brokenCode'])
    .where('binding.schoolId', '=', schoolId)
    .orderBy('binding.conversationId')
    .execute();
}
