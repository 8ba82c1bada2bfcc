import type { z } from 'zod';
import type { RejectedRecord } from '../../people/roster-source.ts';

/** Records that could be read, and those that could not. */
export interface Read<T> {
  readonly records: readonly T[];
  readonly rejected: readonly RejectedRecord[];
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

function reject(kind: string, raw: unknown, error: z.ZodError): RejectedRecord {
  const [issue] = error.issues;
  const hasId = typeof raw === 'object' && raw !== null && 'id' in raw && typeof raw.id === 'string';
  return {
    kind,
    id: hasId && /^[0-9a-f-]{36}$/i.test(String(raw.id)) ? String(raw.id) : undefined,
    path: issue?.path.join('.') ?? '',
    reason: issue?.code ?? 'unknown',
  };
}
