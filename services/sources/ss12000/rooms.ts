import type { Clock } from '../../clock.ts';
import type { Ss12000Client } from './client.ts';
import { noneOffered } from './failures.ts';
import { kept } from './kept.ts';
import { readRecords } from './records.ts';
import { room } from './schema.ts';

/** What the rooms of the student system are called. */
export interface Rooms {
  /** Whether anything is made of them: what is not used is not read. */
  readonly areWanted: boolean;
  /** Room id → name, of every room there is; empty where the source has no list of rooms, or nobody asks for it. */
  names(): Promise<ReadonlyMap<string, string>>;
}

export interface RoomsDeps {
  readonly client: Ss12000Client;
  readonly wireClock: Clock;
  readonly areWanted: boolean;
}

/** Rooms hardly ever change; when they do, it is to be seen the same day. */
const KEPT_HOURS = 6;
const NONE: ReadonlyMap<string, string> = new Map();

export function createRooms({ client, wireClock, areWanted }: RoomsDeps): Rooms {
  const names = kept(KEPT_HOURS, wireClock, () => readNames(client));
  return { areWanted, names: async () => (areWanted ? await names() : NONE) };
}

async function readNames(client: Ss12000Client): Promise<ReadonlyMap<string, string>> {
  // The day is read all the same where a source has no rooms to give.
  const raw = await client.list('rooms', {}).catch(noneOffered);
  const { records } = readRecords('room', room, raw ?? []);
  return new Map(records.map(({ id, displayName }) => [id, displayName]));
}
