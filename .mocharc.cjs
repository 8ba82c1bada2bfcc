const { randomBytes } = require('node:crypto');
const { availableParallelism } = require('node:os');

// Names what this run has on a PostgreSQL server, in every process of it, so that nothing stays there.
process.env.SEDD_TEST_RUN ??= randomBytes(6).toString('hex');

// A spec spends half its time waiting for a database, a browser or another process: two at once are right even for two cores.
module.exports = {
  'node-option': ['import=tsx/esm'],
  require: ['./test/support/after-all.ts'],
  spec: ['test/**/*.spec.ts'],
  // The first database of a process is made from nothing, which takes its time on a machine that does much else.
  timeout: 60_000,
  exit: false,
  parallel: true,
  jobs: Math.min(Math.max(availableParallelism(), 2), 4),
};
