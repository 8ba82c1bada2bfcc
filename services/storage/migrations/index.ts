import type { Migration } from 'kysely/migration';
import * as first from './0001-first.ts';

/** Every migration in order; forward only, and expand before contract, so that two versions can run side by side. */
export const migrations: Record<string, Migration> = { '0001-first': first };
