import { endDatabases } from './databases.ts';

/** Once, when every spec of every process is done. */
export const mochaGlobalTeardown = endDatabases;
