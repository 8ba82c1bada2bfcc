import type { z } from 'zod';
import { type SettingFault, settingFault } from './config-faults.ts';
import { municipalityKind, remedyForUnknown } from './nearest.ts';

type Issue = z.core.$ZodIssue;

/** The faults that the schema finds in `file`, in words for whoever wrote it; at most one of each setting. */
export function schemaFaults(
  issues: readonly Issue[],
  file: unknown,
  kind = municipalityKind,
): readonly SettingFault[] {
  const faults = new Map<string, SettingFault>();
  for (const fault of issues.flatMap((issue) => faultsOf(issue, file, kind))) {
    const key = JSON.stringify(fault.keys);
    if (!faults.has(key)) faults.set(key, fault);
  }
  return [...faults.values()];
}

function faultsOf(issue: Issue, file: unknown, kind: typeof municipalityKind): readonly SettingFault[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) =>
      settingFault([...issue.path, key], 'There is no such setting', remedyForUnknown(issue.path, key, kind)),
    );
  }
  const value = valueAt(file, issue.path);
  if (value === undefined) return [settingFault(issue.path, 'is missing', `See ${kind.example}`)];
  if (value === null) return [settingFault(issue.path, 'has no value', 'Give it one, or take it out')];
  return [settingFault(issue.path, reasonOf(issue), remedyOf(issue, value))];
}

const NAMES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'a group of settings',
  record: 'a group of settings',
};

function reasonOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${NAMES[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.join(', ')}`;
    case 'too_small':
      return `must ${sizeOf(issue.origin, 'least', Number(issue.minimum))}`;
    case 'too_big':
      return `must ${sizeOf(issue.origin, 'most', Number(issue.maximum))}`;
    case 'invalid_key':
      return 'has a name that is empty or too long';
    default:
      return issue.message;
  }
}

function sizeOf(origin: string, end: 'least' | 'most', limit: number): string {
  if (origin === 'string') return `have at ${end} ${limit} characters`;
  if (origin === 'array') return `have at ${end} ${limit} in its list`;
  return `be at ${end} ${limit}`;
}

function remedyOf(issue: Issue, value: unknown): string | undefined {
  const isBare = typeof value === 'number' || typeof value === 'boolean';
  if (issue.code === 'invalid_type' && issue.expected === 'string' && isBare) return 'Put it in quotes';
  const isPercent = issue.code === 'too_big' && issue.maximum === 1 && issue.origin === 'number';
  return isPercent ? 'It is a share between 0 and 1: 0.5 is 50 %' : undefined;
}

function valueAt(file: unknown, keys: readonly PropertyKey[]): unknown {
  let value = file;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Readonly<Record<PropertyKey, unknown>>)[key];
  }
  return value;
}
