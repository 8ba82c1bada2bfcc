import { z } from 'zod';
import { calendar, municipalityFile, school, source, teams, times } from './municipality.ts';

/** What can be read of a municipality file; what is faulty or missing is undefined. Lists keep their places. */
export interface SoundParts {
  readonly timeZone: string | undefined;
  readonly teams: Fields<typeof teams>;
  readonly calendar: Fields<typeof calendar>;
  readonly times: Fields<typeof times>;
  readonly sources: readonly Fields<typeof source>[];
  readonly schools: readonly Fields<typeof school>[];
}

type Fields<S extends z.ZodObject> = { readonly [K in keyof z.infer<S>]?: z.infer<S>[K] | undefined };

/**
 * Reads setting by setting, so that a fault in one does not hide what is wrong between the others. The settings that
 * `municipalityFile` would fill in are filled in.
 */
export function soundParts(file: unknown): SoundParts {
  const raw = asObject(file);
  return {
    timeZone: municipalityFile.shape.timeZone.safeParse(raw.timeZone).data,
    teams: fieldsOf(teams, raw.teams),
    calendar: fieldsOf(calendar, raw.calendar),
    times: fieldsOf(times, raw.times),
    sources: asList(raw.sources).map((one) => fieldsOf(source, one)),
    schools: asList(raw.schools).map((one) => fieldsOf(school, one)),
  };
}

function fieldsOf<S extends z.ZodObject>(schema: S, value: unknown): Fields<S> {
  const raw = asObject(value);
  const read = Object.entries(schema.shape).map(([key, field]) => [key, z.safeParse(field, raw[key]).data]);
  return Object.fromEntries(read) as Fields<S>;
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
