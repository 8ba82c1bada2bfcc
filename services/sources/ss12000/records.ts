import type { z } from 'zod';
import type { RejectedRecord } from '../../people/roster-source.ts';
import type { Query, Ss12000Client } from './client.ts';
import { protectedIds } from './marks.ts';

/** Records that could be read, and those that could not. */
export interface Read<T> {
  readonly records: readonly T[];
  readonly rejected: readonly RejectedRecord[];
}

export interface ReadList<T> extends Read<T> {
  /** Everybody whom some record marks as protected. */
  readonly protectedIds: ReadonlySet<string>;
}

/**
 * Reads a list once for each unit, one after the other: a student system is not there for us alone. Suppliers differ in
 * whether a school's list holds its units' too, so that what comes twice counts once; of two versions the later holds.
 */
export async function readPerUnit<T extends { readonly id: string }>(
  client: Ss12000Client,
  units: readonly string[],
  list: {
    readonly path: string;
    readonly kind: string;
    readonly schema: z.ZodType<T>;
    readonly query: (unit: string) => Query;
  },
): Promise<ReadList<T>> {
  const raw: unknown[] = [];
  for (const unit of units) {
    for (const record of await client.list(list.path, list.query(unit))) raw.push(record);
  }
  const read = readRecords(list.kind, list.schema, raw);
  return {
    records: [...new Map(read.records.map((record) => [record.id, record])).values()],
    rejected: toldOnce(read.rejected),
    protectedIds: protectedIds(raw),
  };
}

/** What was rejected is told once, in however many lists it came. */
export function toldOnce(rejected: readonly RejectedRecord[]): readonly RejectedRecord[] {
  return [...new Map(rejected.map((record) => [JSON.stringify(record), record])).values()];
}

/** Reads each record by itself: one that is wrong is left out and told of, by where and why and never by its values. */
export function readRecords<T>(kind: string, schema: z.ZodType<T>, raw: readonly unknown[]): Read<T> {
  const records: T[] = [];
  const rejected: RejectedRecord[] = [];
  for (const one of raw) {
    const parsed = schema.safeParse(one);
    if (parsed.success) records.push(parsed.data);
    else rejected.push(reject(kind, one, parsed.error));
  }
  return { records, rejected };
}

/** Reads what stands in a list of a record: the record holds without the part that is wrong. */
export function readParts<T>(
  owner: { readonly kind: string; readonly id: string; readonly path: string },
  schema: z.ZodType<T>,
  raw: readonly unknown[],
): Read<T> {
  const { records, rejected } = readRecords(owner.kind, schema, raw);
  return {
    records,
    rejected: rejected.map(({ path, reason }) => ({
      kind: owner.kind,
      id: owner.id,
      path: path === '' ? owner.path : `${owner.path}.${path}`,
      reason,
    })),
  };
}

function reject(kind: string, raw: unknown, error: z.ZodError): RejectedRecord {
  const [issue] = error.issues;
  const hasId = typeof raw === 'object' && raw !== null && 'id' in raw && typeof raw.id === 'string';
  return {
    kind,
    id: hasId && /^[0-9a-f-]{36}$/i.test(String(raw.id)) ? String(raw.id).toLowerCase() : undefined,
    path: issue?.path.join('.') ?? '',
    reason: issue?.code ?? 'unknown',
  };
}
