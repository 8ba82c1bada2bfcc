import { Temporal } from 'temporal-polyfill';
import { startSedd } from '../../../bot/compose.ts';
import type { Identity } from '../../../bot/identity.ts';
import { silentLog } from '../../../services/log.ts';
import { openStorage } from '../../../services/storage/database.ts';
import type { ChildCommand, ChildMessage, ChildRequest, ChildSetup } from './protocol.ts';
import { readReport, untilSettled } from './report.ts';
import { crashMunicipality, crashSchool } from './school.ts';
import { watchStatements } from './statements.ts';

/** The whole of Sedd in a process of its own, to be killed. */
const setup = JSON.parse(process.argv[2] ?? '') as ChildSetup;
const statements = watchStatements();
/** No identity: what Microsoft's SDK takes to be loaded would be a good part of so short a life. */
const identity: Identity = {
  botId: '28:sedd',
  authenticate: async () => {},
  token: async () => undefined,
};
let now = Temporal.Instant.from(setup.at);
const clock = { now: () => now };
const storage = await openStorage(setup.storage);
const school = crashSchool(clock.now);
const sedd = await startSedd({
  municipality: crashMunicipality(setup.serviceUrl),
  storage,
  rosters: [school.roster],
  attendance: [school.attendance],
  identity,
  clock,
  log: silentLog,
  settings: {
    host: '127.0.0.1',
    port: 0,
    metricsToken: undefined,
    hookSecret: undefined,
    timeoutMs: 1_500,
    graceSeconds: 2,
    restSeconds: 0,
  },
});

process.on('message', (request: ChildRequest) => void reply(request));
process.once('SIGTERM', () => void sedd.stop().then(() => process.exit(0)));
process.once('disconnect', () => process.exit(1));
tell({ kind: 'up', url: sedd.url });

async function reply({ id, command }: ChildRequest): Promise<void> {
  try {
    tell({ kind: 'answer', id, value: await obey(command) });
  } catch (error) {
    tell({ kind: 'failed', id, error: error instanceof Error ? (error.stack ?? '') : String(error) });
  }
}

async function obey(command: ChildCommand): Promise<unknown> {
  switch (command.do) {
    case 'clock':
      now = Temporal.Instant.from(command.at);
      return;
    case 'tick':
      return await sedd.tick();
    case 'settle':
      return await untilSettled(storage.db);
    case 'report':
      return await readReport(storage.db, Temporal.PlainDate.from(command.day));
    case 'killAt':
      statements.killAt(command.statement, command.when);
      return statements.count;
  }
}

function tell(message: ChildMessage): void {
  process.send?.(message);
}
