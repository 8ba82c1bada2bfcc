import type { Ss12000Client } from './client.ts';
import { readRecords } from './records.ts';
import { organisation } from './schema.ts';

/** Which organisations of the student system make up a school: itself, and the school units below it. */
export interface Units {
  /** Sedd's school id → organisation ids; schools that the source does not have are not there. */
  all(): Promise<ReadonlyMap<string, readonly string[]>>;
  of(schoolId: string): Promise<readonly string[]>;
}

export function createUnits(deps: {
  readonly client: Ss12000Client;
  readonly schools: readonly { readonly id: string; readonly organisation: string }[];
}): Units {
  let reading: Promise<ReadonlyMap<string, readonly string[]>> | undefined;
  const all = async () => {
    reading ??= readUnits(deps).catch((error: unknown) => {
      reading = undefined;
      throw error;
    });
    return await reading;
  };
  return { all, of: async (schoolId) => (await all()).get(schoolId) ?? [] };
}

async function readUnits({ client, schools }: Parameters<typeof createUnits>[0]) {
  const { records } = readRecords('organisation', organisation, await client.list('organisations', {}));
  const known = new Set(records.map((record) => record.id));
  const children = new Map<string, string[]>();
  for (const { id, parentOrganisation: parent } of records) {
    if (parent !== null && parent !== undefined)
      children.set(parent.id, [...(children.get(parent.id) ?? []), id]);
  }
  return new Map(
    schools
      .filter((school) => known.has(school.organisation))
      .map((school) => [school.id, [school.organisation, ...below(children, school.organisation)]] as const),
  );
}

function below(children: ReadonlyMap<string, readonly string[]>, id: string, depth = 5): readonly string[] {
  if (depth === 0) return [];
  return (children.get(id) ?? []).flatMap((child) => [child, ...below(children, child, depth - 1)]);
}
