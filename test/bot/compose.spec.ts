import assert from 'node:assert/strict';
import { type Sedd, startSedd } from '../../bot/compose.ts';
import { demoIdentity } from '../../bot/identity.ts';
import type { Parts } from '../../bot/parts.ts';
import { createLog, silentLog } from '../../services/log.ts';
import type { Storage } from '../../services/storage/database.ts';
import { forEachEngine } from '../support/databases.ts';
import { type LoopbackConnector, startLoopbackConnector } from '../support/loopback-connector.ts';
import { clockTime, smallMunicipality, smallSchool } from '../support/small-school.ts';

forEachEngine('startSedd', (engine) => {
  const now = () => clockTime('08:45');
  let storage: Storage;
  let connector: LoopbackConnector;
  let isClosed: boolean;

  beforeEach(async () => {
    storage = await engine.open();
    connector = await startLoopbackConnector({ latencyMs: () => 20 });
    isClosed = false;
  });
  afterEach(async () => {
    await storage.close();
    await connector.close();
  });

  it('leaves nothing running where its port is taken, so that whoever started it sees it end', async () => {
    await assert.rejects(start({}, portOf(connector.url)), { code: 'server.portTaken' });

    assert.ok(isClosed, 'the database is still open');
  });

  it('says what stood in the way, and what went wrong while it cleared up in the log alone', async () => {
    const broken = { ...storage, close: () => Promise.reject(new Error('cannot close')) };
    const lines: string[] = [];
    const log = createLog('warn', { write: (line) => void lines.push(line) });

    const started = start({ storage: broken, log }, portOf(connector.url));

    await assert.rejects(started, { code: 'server.portTaken' });
    const told = lines.map((line) => JSON.parse(line).err?.message);
    assert.deepEqual(told, ['cannot close']);
  });

  it('stops when the work under way is done and written down', async () => {
    const reading = deferred();
    const begun = deferred();
    const school = smallSchool(2, 3, { now });
    const slow = {
      ...school.attendance,
      readDay: async (...asked: Parameters<typeof school.attendance.readDay>) => {
        begun.resolve();
        await reading.promise;
        return await school.attendance.readDay(...asked);
      },
    };
    const sedd = await start({ rosters: [school.roster], attendance: [slow] });
    await sedd.tick();
    await begun.promise;

    const stopped = sedd.stop();
    reading.resolve();
    await stopped;

    const run = await storage.db
      .selectFrom('jobRun')
      .selectAll()
      .where('job', '=', 'morning')
      .executeTakeFirst();
    assert.equal(run?.state, 'done');
    assert.ok(isClosed);
  });

  it('stops when every card under way has arrived and its id is kept, so that there is no twin at the next start', async () => {
    const school = smallSchool(12, 3, { now });
    const sedd = await start({ rosters: [school.roster], attendance: [school.attendance] });
    await sedd.tick();
    await connector.until((far) => far.requests().length > 0);

    await sedd.stop();

    const posts = await storage.db
      .selectFrom('post')
      .select(['activityId', 'state', 'suspectedTwins'])
      .execute();
    const kept = posts.flatMap(({ activityId }) => activityId ?? []);
    assert.deepEqual(
      kept.sort(),
      connector
        .messages()
        .map(({ id }) => id)
        .sort(),
    );
    assert.ok(posts.every(({ state, suspectedTwins }) => state !== 'posting' && suspectedTwins === 0));
  });

  it('goes on after the next start where it was stopped', async () => {
    const school = smallSchool(12, 3, { now });
    const first = await start({ rosters: [school.roster], attendance: [school.attendance] });
    await first.tick();
    await connector.until((far) => far.requests().length > 0);
    await first.stop();

    const second = await start({ rosters: [school.roster], attendance: [school.attendance] });
    await connector.until((far) => far.messages().length === 13);
    await second.stop();

    const places = connector.messages().map(({ conversationId }) => conversationId);
    assert.equal(new Set(places).size, 13);
  });

  it('may be told to stop twice', async () => {
    const sedd = await start({});

    await Promise.all([sedd.stop(), sedd.stop()]);

    assert.ok(isClosed);
  });

  async function markClosed(): Promise<void> {
    isClosed = true;
  }

  async function start(parts: Partial<Parts>, port = 0): Promise<Sedd> {
    return await startSedd({
      municipality: smallMunicipality(connector.url, 12),
      storage: { ...storage, close: markClosed },
      rosters: [],
      attendance: [],
      identity: demoIdentity(),
      clock: { now },
      log: silentLog,
      settings: { host: '127.0.0.1', port, metricsToken: undefined, hookSecret: undefined },
      ...parts,
    });
  }
});

function portOf(url: string): number {
  return Number(new URL(url).port);
}

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
