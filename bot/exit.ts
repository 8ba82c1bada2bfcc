import { CommanderError } from 'commander';
import { ConfigError } from '../services/config/config-faults.ts';
import { SeddError } from '../services/errors.ts';
import { toldError } from '../services/log.ts';
import { UsageError } from './usage-error.ts';

/** 0 good, 1 failed, 2 wrong usage or settings. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  return error instanceof ConfigError || error instanceof UsageError ? 2 : 1;
}

/** What whoever typed the command is told of what went wrong; undefined where they have been told. */
export function tellingOf(error: unknown): string | undefined {
  if (error instanceof CommanderError) return undefined;
  if (error instanceof SeddError) return error.message;
  return `Something went wrong that Sedd does not know: ${JSON.stringify(toldError(error), undefined, 2)}`;
}
