import type { Clock } from '../../clock.ts';
import { SourceError } from '../source-error.ts';
import type { Ss12000Client } from './client.ts';
import { noneOffered } from './failures.ts';
import { kept } from './kept.ts';
import { readRecords } from './records.ts';
import { organisation } from './schema.ts';

/** Which organisations of the student system make up a school: itself, and the school units below it. */
export interface Units {
  /** Sedd's school id → organisation ids; schools that the source does not have are not there. */
  all(): Promise<ReadonlyMap<string, readonly string[]>>;
  /** A school's. Fails with `source.noSchool`: with nothing read, every pupil there would seem to be in place. */
  of(schoolId: string): Promise<readonly string[]>;
}

export interface UnitsDeps {
  readonly client: Ss12000Client;
  readonly schools: readonly { readonly id: string; readonly organisation: string }[];
  readonly config: { readonly id: string };
  readonly wireClock: Clock;
}

/** Organisations hardly ever change; when they do, it is to be seen the same day. */
const KEPT_HOURS = 6;

export function createUnits(deps: UnitsDeps): Units {
  const all = kept(KEPT_HOURS, deps.wireClock, () => readUnits(deps));
  return {
    all,
    of: async (schoolId) => {
      const units = (await all()).get(schoolId);
      if (units !== undefined) return units;
      throw noSchool(deps.config.id, [schoolId]);
    },
  };
}

export function noSchool(source: string, schools: readonly string[]): SourceError {
  const list = schools.join(', ');
  const remedy = `The source "${source}" has no organisation for: ${list}; check "organisation" in the municipality file`;
  return new SourceError('noSchool', remedy, { source, schools: list });
}

async function readUnits({ client, schools }: UnitsDeps): Promise<ReadonlyMap<string, readonly string[]>> {
  // A source that gives attendance alone may have no list of organisations: the configured ones are taken at their word.
  const raw = await client.list('organisations', {}).catch(noneOffered);
  const configured = schools.map((school) => [school.id, school.organisation.toLowerCase()] as const);
  if (raw === undefined) return new Map(configured.map(([id, unit]) => [id, [unit]]));
  const { records } = readRecords('organisation', organisation, raw);
  const known = new Set(records.map((record) => record.id));
  const children = new Map<string, string[]>();
  for (const { id, parentOrganisation: parent } of records) {
    if (parent !== null && parent !== undefined)
      children.set(parent.id, [...(children.get(parent.id) ?? []), id]);
  }
  return new Map(
    configured.filter(([, unit]) => known.has(unit)).map(([id, unit]) => [id, withBelow(children, unit)]),
  );
}

function withBelow(children: ReadonlyMap<string, readonly string[]>, top: string): readonly string[] {
  const found = new Set([top]);
  // A set is walked with what is added on the way, once each: a circle ends.
  for (const id of found) for (const child of children.get(id) ?? []) found.add(child);
  return [...found];
}
