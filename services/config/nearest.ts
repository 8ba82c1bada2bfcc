import { z } from 'zod';
import { municipalityFile } from './municipality.ts';

/** The kind of file that somebody wrote: its settings, and the one that is shipped. */
export interface FileKind {
  readonly schema: z.ZodObject;
  readonly example: string;
}

export const municipalityKind: FileKind = { schema: municipalityFile, example: 'config/municipality.yaml' };

/** What to say of a setting that does not exist: what may have been meant, or where it belongs. */
export function remedyForUnknown(
  path: readonly PropertyKey[],
  written: string,
  kind = municipalityKind,
): string {
  const schema = z.toJSONSchema(kind.schema, { io: 'input' }) as JsonSchema;
  const home = homeOf(schema, written);
  if (home !== undefined) return `It belongs ${home === '' ? 'at the top of the file' : `under "${home}"`}`;
  const here = nearest(written, namesIn(schemaAt(schema, path)));
  if (here !== undefined) return `Did you mean "${here}"?`;
  return /secret|password|token|key/i.test(written)
    ? 'Secrets never stand in this file: give them in the environment (SS12000_CLIENT_SECRET, MicrosoftAppPassword)'
    : `Take it out, or see ${kind.example}`;
}

/** The one of `known` that somebody may have meant; undefined where none is close. */
export function nearest(written: string, known: readonly string[]): string | undefined {
  const word = written.toLowerCase();
  const [close] = known
    .map((name) => ({ name, distance: distance(word, name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const most = Math.max(1, Math.floor(word.length / 3));
  return close !== undefined && close.distance <= most ? close.name : undefined;
}

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
}

function schemaAt(schema: JsonSchema, path: readonly PropertyKey[]): JsonSchema {
  return path.reduce<JsonSchema>(
    (at, key) => (typeof key === 'number' ? at.items : at.properties?.[String(key)]) ?? {},
    schema,
  );
}

function namesIn({ properties = {} }: JsonSchema): readonly string[] {
  return Object.keys(properties);
}

/** The path to the group of settings that has one of this name, such as `schools.channels`; '' is the file itself. */
function homeOf(schema: JsonSchema, name: string, path = ''): string | undefined {
  if (namesIn(schema).includes(name)) return path;
  for (const [key, child] of Object.entries(schema.properties ?? {})) {
    const found = homeOf(child.items ?? child, name, path === '' ? key : `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
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
