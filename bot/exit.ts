import { CommanderError } from 'commander';
import { ConfigError } from '../services/config/config-faults.ts';
import { SeddError } from '../services/errors.ts';

/** 0 good, 1 failed, 2 wrong usage or settings. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  return error instanceof ConfigError ? 2 : 1;
}

/** Tells whoever typed the command what went wrong; only what Sedd does not know comes with a stack. */
export function tellError(error: unknown): void {
  if (error instanceof CommanderError) return;
  console.error(error instanceof SeddError ? error.message : error);
}
