import { readFile } from 'node:fs/promises';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { ConfigError, type ConfigFault } from './config-faults.ts';
import { crossFaults } from './cross-checks.ts';
import { type Municipality, type MunicipalityFile, municipalityFile } from './municipality.ts';
import { nearest } from './nearest.ts';

/** More than a file with two hundred schools needs. */
const LONGEST_FILE = 2_000_000;

/** Reads and checks the municipality file whole. Fails with a `ConfigError` that names every fault. */
export async function loadMunicipality(path: string): Promise<Municipality> {
  return municipalityFrom(parseMunicipality(await readText(path), path));
}

/** Checks the text of a municipality file; `path` is only for the error. */
export function parseMunicipality(text: string, path: string): MunicipalityFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const broken = document.errors.map(
    (error): ConfigFault => ({
      path: '',
      line: error.linePos?.[0].line,
      reason: `This is not YAML: ${error.message.split(' at line')[0] ?? ''}`,
      remedy: 'Indent with spaces, and put a space after each colon',
    }),
  );
  if (broken.length > 0) throw new ConfigError(path, broken);
  const parsed = municipalityFile.safeParse(plain(document, path));
  const lineOf = (keys: readonly PropertyKey[]) => lineAt(document, lines, keys);
  if (!parsed.success)
    throw new ConfigError(
      path,
      parsed.error.issues.flatMap((issue) => faultsOf(issue, lineOf)),
    );
  const faults = crossFaults(parsed.data).map((fault) => ({
    path: pathText(fault.keys),
    line: lineOf(fault.keys),
    reason: fault.reason,
    remedy: fault.remedy,
  }));
  if (faults.length > 0) throw new ConfigError(path, faults);
  return parsed.data;
}

/** Fills in, for each school, whatever it leaves to the municipality. */
export function municipalityFrom(file: MunicipalityFile): Municipality {
  return {
    name: file.municipality,
    language: file.language,
    timeZone: file.timeZone,
    teams: file.teams,
    sources: file.sources,
    schools: file.schools.map((school) => ({
      id: school.id,
      name: school.name,
      organisation: school.organisation,
      language: school.language ?? file.language,
      timeZone: file.timeZone,
      times: { ...file.times, ...given(school.times) },
      gate: { ...file.gate, ...given(school.gate) },
      longTerm: { ...file.longTerm, ...given(school.longTerm) },
      quietGroups: school.quietGroups ?? file.quietGroups,
      calendar: {
        terms: file.calendar.terms,
        closed: [...file.calendar.closed, ...school.closed],
        open: school.open,
      },
      channels: school.channels,
    })),
  };
}

/** Without the settings that are left out, which must not hide the municipality's. */
function given<T extends object>(settings: T | undefined): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(
    Object.entries(settings ?? {}).filter(([, value]) => value !== undefined),
  ) as never;
}

async function readText(path: string): Promise<string> {
  try {
    const text = await readFile(path, 'utf8');
    if (text.length <= LONGEST_FILE) return text;
    throw new ConfigError(path, [whole('The file is far larger than a municipality file', undefined)]);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    const reason = code === 'ENOENT' ? 'There is no such file' : `The file cannot be read (${code})`;
    throw new ConfigError(path, [whole(reason, 'Set SEDD_CONFIG to the path of the municipality file')]);
  }
}

function plain(document: Document, path: string): unknown {
  try {
    // A file that unfolds into millions of values by aliases is refused by the library.
    const value: unknown = document.toJS({ maxAliasCount: 50 });
    if (value !== null && value !== undefined) return value;
  } catch {
    throw new ConfigError(path, [whole('The file uses too many YAML aliases', 'Write the values out')]);
  }
  throw new ConfigError(path, [whole('The file is empty', 'Begin with a copy of config/municipality.yaml')]);
}

function whole(reason: string, remedy: string | undefined): ConfigFault {
  return { path: '', line: undefined, reason, remedy };
}

type LineOf = (keys: readonly PropertyKey[]) => number | undefined;

function faultsOf(issue: z.core.$ZodIssue, lineOf: LineOf): readonly ConfigFault[] {
  if (issue.code !== 'unrecognized_keys') {
    return [
      { path: pathText(issue.path), line: lineOf(issue.path), reason: issue.message, remedy: undefined },
    ];
  }
  return issue.keys.map((key) => ({
    path: pathText([...issue.path, key]),
    line: lineOf([...issue.path, key]),
    reason: 'There is no such setting',
    remedy: remedyFor(key),
  }));
}

function remedyFor(key: string): string {
  if (/secret|password|token|key/i.test(key)) {
    return 'Secrets never stand in this file: give them in the environment (SS12000_CLIENT_SECRET, MicrosoftAppPassword)';
  }
  const known = nearest(key);
  return known === undefined ? 'Take it out, or see config/municipality.yaml' : `Did you mean "${known}"?`;
}

function pathText(keys: readonly PropertyKey[]): string {
  return keys
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}

/** The line of the value, or of the nearest thing above it that stands in the file. */
function lineAt(document: Document, lines: LineCounter, keys: readonly PropertyKey[]): number | undefined {
  for (let length = keys.length; length > 0; length -= 1) {
    const node = document.getIn(keys.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return undefined;
}
