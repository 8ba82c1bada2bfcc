import assert from 'node:assert/strict';
import { onText } from '../../../cards/on.ts';
import { actionsOf, cardOf } from '../card-text.ts';
import type { ConnectorMessage } from '../connector-record.ts';
import { channelId, groupId, TENANT } from '../small-school.ts';
import { createTeamsUser, type TeamsPerson, type TeamsResponse } from '../teams-user.ts';
import { type Life, LifeEnded } from './life.ts';
import type { DayReport } from './protocol.ts';
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
  // Whoever is to be reminded is known when the day has been read again.
  { time: '10:01', act: fallDue },
  { time: '12:00', act: fallDue },
  { time: '12:01', act: fallDue },
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
  return at(day.day, part?.time ?? '12:01').toString();
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
      await press(life, day, world, { who, group, message });
      day.answered.add(who);
    }),
  );
}

export interface PressOn {
  readonly who: string;
  readonly group: number;
  /** The copy of the group's card that is pressed. */
  readonly message: ConnectorMessage;
}

/**
 * Presses that the guardians of the group's missing pupil were reached by phone: what the panel sends that the pupil's button
 * opens. Fails with `LifeEnded` where nobody answers any more.
 */
export async function press(life: Life, { day }: Day, world: DayWorld, on: PressOn): Promise<void> {
  const { followUps } = (await life.ask({ do: 'report', day })) as DayReport;
  const followUp = followUps.find(({ pupilId }) => pupilId === missingId(day, on.group))?.id;
  const buttons = actionsOf(cardOf(on.message.activity));
  const asked = buttons.find(({ data }) => data.followUp === followUp);
  assert.ok(asked !== undefined, `the card of group ${on.group} has no button for the pupil whom it misses`);
  await send(life, world, on, 'followUp.contacted', {
    ...asked.data,
    method: 'phone',
    counterpart: 'guardian',
  });
}

/** Presses a button that changes nothing. */
export async function look(life: Life, { day }: Day, world: DayWorld, on: PressOn): Promise<void> {
  const subject = `${groupId(on.group)}/${day}`;
  await send(life, world, on, 'card.show', { on: onText({ purpose: 'morning', subject, page: 0 }) });
}

async function send(
  life: Life,
  { serviceUrl }: DayWorld,
  { who, group, message }: PressOn,
  verb: string,
  data: object,
): Promise<void> {
  const appUrl = await life.up;
  const user = createTeamsUser({ appUrl, serviceUrl, tenantId: TENANT, person: personNamed(who) });
  const place = { id: channelId(group), kind: 'channel', teamId: '19:team' } as const;
  const answer = await user.pressExecute(place, message.id, verb, data).catch(() => undefined);
  if (answer === undefined) {
    await life.gone;
    throw new LifeEnded();
  }
  assert.ok(isCard(answer), `a press was answered with ${answer.status} ${JSON.stringify(answer.body)}`);
}

/** As Teams knows them. */
export function personNamed(name: string): TeamsPerson {
  return { teamsId: `29:${name}`, entraId: `entra-${name}`, name };
}

/** The chat between Sedd and somebody. */
export function ownChat(name: string): string {
  return `a:${personNamed(name).teamsId}`;
}

function isCard({ status, body }: TeamsResponse): boolean {
  return status === 200 && JSON.stringify(body).includes('application/vnd.microsoft.card.adaptive');
}
