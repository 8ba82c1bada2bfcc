import assert from 'node:assert/strict';
import type { ConnectorMessage } from '../connector-record.ts';
import { channelId, groupId, TENANT } from '../small-school.ts';
import { createTeamsUser, type TeamsResponse } from '../teams-user.ts';
import { type Life, LifeEnded } from './life.ts';
import { at, missingId } from './school.ts';

/** What of a school day has been done, in whichever process: a day goes on where the last one ended. */
export interface Day {
  readonly day: string;
  /** How many of the day's parts are done. */
  parts: number;
  /** Presses that were answered: whose, on which group's card. */
  readonly answered: Set<string>;
}

export interface DayWorld {
  readonly serviceUrl: string;
  /** The messages that stand in a channel since the day began. */
  standing(conversationId: string): readonly ConnectorMessage[];
}

/** Who presses on which group's card: the second group's two in the same moment. */
const presses: readonly (readonly [string, number])[] = [
  ['Anna Berg', 0],
  ['Bo Ek', 1],
  ['Cilla Dahl', 1],
];

type Part = (life: Life, day: Day, world: DayWorld) => Promise<void>;

/** A school day in its parts. Each may be begun again after the process died in the middle of it. */
const parts: readonly { readonly time: string; readonly act: Part }[] = [
  { time: '08:45', act: fallDue },
  { time: '09:12', act: pressAll },
  { time: '10:00', act: fallDue },
];

/** Goes on with a day until it is over. Fails with `LifeEnded` where the process dies on the way. */
export async function goOn(life: Life, day: Day, world: DayWorld): Promise<void> {
  for (let part = parts[day.parts]; part !== undefined; part = parts[day.parts]) {
    await life.ask({ do: 'clock', at: at(day.day, part.time).toString() });
    await part.act(life, day, world);
    await life.ask({ do: 'settle' });
    day.parts += 1;
  }
}

/** The school's time at the part that a day has come to. */
export function timeOf(day: Day): string {
  const part = parts[Math.min(day.parts, parts.length - 1)];
  return at(day.day, part?.time ?? '10:00').toString();
}

async function fallDue(life: Life): Promise<void> {
  await life.ask({ do: 'tick' });
}

async function pressAll(life: Life, day: Day, world: DayWorld): Promise<void> {
  const open = presses.filter(([who]) => !day.answered.has(who));
  await Promise.all(
    open.map(async ([who, group]) => {
      const message = world.standing(channelId(group)).at(-1);
      assert.ok(message !== undefined, `no card in the channel of group ${group}`);
      await press(life, day, world, { who, group, messageId: message.id });
      day.answered.add(who);
    }),
  );
}

export interface PressOn {
  readonly who: string;
  readonly group: number;
  readonly messageId: string;
}

/** Presses "contacted" for the group's missing pupil; fails with `LifeEnded` where nobody answers any more. */
export async function press(life: Life, { day }: Day, world: DayWorld, on: PressOn): Promise<void> {
  const data = { pupil: missingId(day, on.group), day, group: groupId(on.group), page: 0 };
  await send(life, world, on, 'followUp.contacted', data);
}

/** Presses a button that changes nothing. */
export async function look(life: Life, { day }: Day, world: DayWorld, on: PressOn): Promise<void> {
  await send(life, world, on, 'morning.page', { group: groupId(on.group), day, page: 0 });
}

async function send(
  life: Life,
  { serviceUrl }: DayWorld,
  { who, group, messageId }: PressOn,
  verb: string,
  data: object,
): Promise<void> {
  const appUrl = await life.up;
  const person = { teamsId: `29:${who}`, entraId: `entra-${who}`, name: who };
  const user = createTeamsUser({ appUrl, serviceUrl, tenantId: TENANT, person });
  const place = { id: channelId(group), kind: 'channel', teamId: '19:team' } as const;
  const answer = await user.pressExecute(place, messageId, verb, data).catch(() => undefined);
  if (answer === undefined) {
    await life.gone;
    throw new LifeEnded();
  }
  assert.ok(isCard(answer), `a press was answered with ${answer.status} ${JSON.stringify(answer.body)}`);
}

function isCard({ status, body }: TeamsResponse): boolean {
  return status === 200 && JSON.stringify(body).includes('application/vnd.microsoft.card.adaptive');
}
