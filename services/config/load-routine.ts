import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ConfigError } from './config-faults.ts';
import { readConfigText } from './read-config-text.ts';
import { type Routine, routineFile } from './routine.ts';
import { routineFaults } from './routine-faults.ts';
import { schemaFaults } from './schema-faults.ts';
import { readYaml } from './yaml-file.ts';

const EXAMPLE = 'config/routine.yaml';

/** The routine that comes with Sedd. */
export const shippedRoutine = join(import.meta.dirname, '../..', EXAMPLE);

export interface LoadedRoutines {
  /** Earliest first. */
  readonly routines: readonly Routine[];
  readonly path: string;
}

/**
 * Reads and checks the routine file whole: the one that SEDD_ROUTINE names, otherwise routine.yaml beside the municipality
 * file, otherwise the one that comes with Sedd. Fails with a `ConfigError` that names every fault.
 */
export async function loadRoutines(settings: {
  readonly routinePath: string | undefined;
  readonly configPath: string;
}): Promise<LoadedRoutines> {
  const path = settings.routinePath ?? (await besideOrShipped(settings.configPath));
  const text = await readConfigText(
    path,
    'Set SEDD_ROUTINE to the path of the routine file, or leave it out',
  );
  return { routines: parseRoutines(text, path), path };
}

/** Checks the text of a routine file; `path` is only for the error. */
export function parseRoutines(text: string, path: string): readonly Routine[] {
  const { value, placed } = readYaml(text, path, EXAMPLE);
  const parsed = routineFile.safeParse(value);
  const about = { schema: routineFile, example: EXAMPLE };
  const faults = [...schemaFaults(parsed.error?.issues ?? [], value, about), ...routineFaults(value)].map(
    placed,
  );
  if (parsed.success && faults.length === 0)
    return parsed.data.routines.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  throw new ConfigError(
    path,
    faults.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)),
  );
}

async function besideOrShipped(configPath: string): Promise<string> {
  const beside = join(dirname(configPath), 'routine.yaml');
  try {
    await access(beside);
    return beside;
  } catch {
    // There is none, or none that may be read: the shipped one is what a municipality begins with.
    return shippedRoutine;
  }
}
