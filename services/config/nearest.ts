import { z } from 'zod';
import { municipalityFile } from './municipality.ts';

/** The setting that somebody may have meant; undefined where none is close. */
export function nearest(written: string): string | undefined {
  const word = written.toLowerCase();
  const close = knownSettings()
    .map((known) => ({ known, distance: distance(word, known.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0];
  return close !== undefined && close.distance <= Math.max(1, Math.floor(word.length / 3))
    ? close.known
    : undefined;
}

let settings: readonly string[] | undefined;

function knownSettings(): readonly string[] {
  settings ??= [...new Set(propertiesOf(z.toJSONSchema(municipalityFile, { io: 'input' })))];
  return settings;
}

function propertiesOf(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) => [
    ...(key === 'properties' ? Object.keys(value as object) : []),
    ...propertiesOf(value),
  ]);
}

/** Levenshtein's distance: letters to change, add or take away. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
