import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { askRunning } from '../../../bot/commands/ask-running.ts';
import { status } from '../../../bot/commands/status.ts';
import { statusFindings } from '../../../bot/commands/status-findings.ts';
import { statusText } from '../../../bot/commands/status-text.ts';
import { startSedd } from '../../../bot/compose.ts';
import { demoIdentity } from '../../../bot/identity.ts';
import { readStatus, type StatusReport } from '../../../bot/status-report.ts';
import { silentLog } from '../../../services/log.ts';
import { openStorage } from '../../../services/storage/database.ts';
import { printed } from '../../support/sedd-command.ts';
import { clockTime, MONDAY, smallMunicipality, smallSchool } from '../../support/small-school.ts';
import { openTestMunicipality } from './municipality.ts';

const nothing: StatusReport = {
  runs: [],
  failed: 0,
  failures: [],
  held: [],
  waiting: 0,
  givenUp: [],
  broken: [],
  suspectedTwins: 0,
  twinsToDelete: 0,
  groupsWithoutChannel: [],
  channelsWithoutGroup: [],
};
const run = {
  day: '2026-11-23',
  schoolId: 'norr',
  job: 'morning',
  state: 'done',
  finishedAt: '2026-11-23T07:45:02Z',
  note: null,
};
const failedRun = { ...run, state: 'failed', note: 'source.unreachable' };
const channel = {
  conversationId: '19:8b@thread.tacv2',
  boundTo: 'norr 8B',
  code: 'BotNotInConversationRoster',
};
const held: StatusReport['held'][number] = {
  what: 'morning',
  schoolId: 'norr',
  day: '2026-11-23',
  reasons: ['fewLessonsReported'],
  canBeAsked: true,
};

describe('sedd status', () => {
  it('asks the process that has the database, while one runs', async () => {
    const { env, close } = await openTestMunicipality();
    const storage = await openStorage({ dataDir: env.SEDD_DATA_DIR });
    const now = () => clockTime('08:45');
    const school = smallSchool(2, 10, { now });
    const sedd = await startSedd({
      municipality: smallMunicipality('http://127.0.0.1:1/', 2),
      storage,
      rosters: [school.roster],
      attendance: [school.attendance],
      identity: demoIdentity(),
      clock: { now },
      log: silentLog,
      settings: { host: '127.0.0.1', port: 0, metricsToken: undefined, hookSecret: undefined },
    });
    const run = { job: 'morning', schoolId: 'norr', day: MONDAY, state: 'done', finishedAt: now() } as const;
    await storage.db
      .insertInto('jobRun')
      .values({ ...run, startedAt: now(), note: null })
      .execute();

    const told = await printed(() => status({ ...env, PORT: new URL(sedd.url).port }));

    assert.match(
      told,
      /^Runs of the last 7 days that failed: 0\n\nLast runs\n {2}2026-11-23 {2}norr +morning/,
    );
    assert.equal(
      JSON.stringify(await askRunning(placeOf(sedd.url))),
      JSON.stringify(await readStatus(storage.db)),
    );
    await sedd.stop();
    await close();
  });

  it('says what to do where something else has the port', async () => {
    const other = createServer((_request, response) => response.end('{"hello":1}'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;

    const asked = askRunning({ host: '0.0.0.0', port, metricsToken: undefined });

    await assert.rejects(asked, {
      code: 'status.noAnswer',
      message: /127\.0\.0\.1:\d+\/status\. Give this command the PORT/,
    });
    await new Promise((resolve) => other.close(resolve));
  });

  it('shows its token only where it has one', async () => {
    const seen: (string | undefined)[] = [];
    const running = createServer((request, response) => {
      seen.push(request.headers.authorization);
      response.end(JSON.stringify(nothing));
    });
    await new Promise<void>((resolve) => running.listen(0, '127.0.0.1', resolve));
    const { port } = running.address() as AddressInfo;

    await askRunning({ host: '127.0.0.1', port, metricsToken: undefined });
    await askRunning({ host: '127.0.0.1', port, metricsToken: 'token-long-enough' });

    assert.deepEqual(seen, [undefined, 'Bearer token-long-enough']);
    await new Promise((resolve) => running.close(resolve));
  });

  it('prints what ran, what is held, and what did not get through', () => {
    const text = statusText({
      ...nothing,
      runs: [run, failedRun],
      failed: 3,
      failures: [failedRun, { ...failedRun, schoolId: 'soder', day: '2026-11-20' }],
      held: [held, { ...held, what: 'reading', canBeAsked: false }],
      waiting: 3,
      givenUp: [{ ...channel, posts: 2 }],
      broken: [{ ...channel, boundTo: '', since: '2026-11-23T07:46:00Z' }],
      suspectedTwins: 1,
      twinsToDelete: 4,
    });

    assert.equal(text, PRINTED);
  });

  describe('for the doctor', () => {
    const cases: readonly (readonly [string, Partial<StatusReport>, string, RegExp])[] = [
      ['that nothing has run', {}, 'look', /Runs: none has run yet/],
      ['that all went well', { runs: [run] }, 'ok', /Runs: none has failed in the last 7 days/],
      [
        'that a run failed',
        { runs: [run], failed: 2, failures: [{ ...failedRun, note: 'source.auth' }, failedRun] },
        'look',
        /Runs: 2 failed in the last 7 days, the last one morning of norr on 2026-11-23 \(source\.auth\)/,
      ],
      [
        'that a channel is broken',
        { broken: [{ ...channel, since: null }] },
        'failed',
        /Channels: 1 cannot be posted to.*\n.*norr 8B/,
      ],
      [
        'that cards were given up',
        { givenUp: [{ ...channel, posts: 2 }] },
        'look',
        /Channels: 2 cards were given up/,
      ],
      ['that a coordinator is asked', { held: [held] }, 'look', /Mornings: 1 held/],
      [
        'that nobody is asked',
        { held: [{ ...held, canBeAsked: false }] },
        'failed',
        /Mornings: .*nobody can be asked.*@Sedd koppla närvarokoordinator.*schools\[\]\.channels\.coordinator/,
      ],
      [
        'that groups have no channel',
        { groupsWithoutChannel: [{ schoolId: 'norr', groups: ['7A', '7B'] }] },
        'look',
        /Groups of norr: no channel for 7A, 7B\. Write @Sedd koppla/,
      ],
      [
        'that a channel has no group',
        { channelsWithoutGroup: [{ schoolId: 'norr', groups: ['9X'] }] },
        'look',
        /Channels of norr: .*no mentor group called 9X/,
      ],
    ];

    for (const [name, report, state, told] of cases) {
      it(`says ${name}`, () => {
        const found = statusFindings({ ...nothing, ...report })
          .filter((finding) => told.test(`${finding.what}: ${finding.told}`))
          .map((finding) => finding.state);

        assert.deepEqual(found, [state]);
      });
    }
  });
});

function placeOf(url: string) {
  return { host: '127.0.0.1', port: Number(new URL(url).port), metricsToken: undefined };
}

const PRINTED = `Runs of the last 7 days that failed: 3
  2026-11-23  norr                      morning    failed    2026-11-23T07:45:02Z  source.unreachable
  2026-11-20  soder                     morning    failed    2026-11-23T07:45:02Z  source.unreachable
  and 1 before these

Last runs
  2026-11-23  norr                      morning    done      2026-11-23T07:45:02Z
  2026-11-23  norr                      morning    failed    2026-11-23T07:45:02Z  source.unreachable

Held mornings and readings: 2
  2026-11-23  norr                      morning    fewLessonsReported; the coordinator is asked
  2026-11-23  norr                      reading    fewLessonsReported; nobody can be asked: see the coordinator’s channel

Cards that wait: 3
Cards that were given up: 2
  19:8b@thread.tacv2  norr 8B  BotNotInConversationRoster  2
Conversations that cannot be posted to: 1
  19:8b@thread.tacv2  not bound  BotNotInConversationRoster  since 2026-11-23T07:46:00Z
Copies that may exist after a posting in doubt: 1; found and not deleted yet: 4`;
