import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import {
  createGraphDirectory,
  type GraphDirectoryDeps,
} from '../../../services/directory/graph-directory.ts';
import { type GraphFault, type GraphServer, startGraphServer } from '../../support/graph-server.ts';
import { guid } from '../../support/guid.ts';

const account = (number: number) => guid(7, number);
const [ANNA, BO, EVA] = [account(1), account(2), account(3)];
const SECRET = 'Ligger hemma med feber';

describe('Microsoft Graph as the directory', () => {
  let graph: GraphServer;
  let pauses: number[];
  let now: Temporal.Instant;

  beforeEach(async () => {
    graph = await startGraphServer();
    pauses = [];
    now = Temporal.Instant.from('2026-11-23T09:00:00Z');
  });
  afterEach(() => graph.close());

  const directory = (more: Partial<GraphDirectoryDeps> = {}) =>
    createGraphDirectory({
      config: { presence: true, automaticReplies: false },
      token: async () => 'a-token',
      wireClock: { now: () => now },
      url: graph.url,
      timeoutMs: 5_000,
      delay: async (ms) => {
        pauses.push(ms);
        now = now.add({ milliseconds: Math.ceil(ms) });
      },
      ...more,
    });
  const both = { config: { presence: true, automaticReplies: true } };
  const replies = { config: { presence: false, automaticReplies: true } };

  it('asks for presences with the bot’s token, and for nothing else', async () => {
    graph.presences = { [BO]: { activity: 'OutOfOffice' } };

    const { away, failures } = await directory().whoIsAway([ANNA, BO]);

    assert.deepEqual([[...away], failures], [[BO], []]);
    assert.deepEqual(graph.calls, [
      {
        method: 'POST',
        path: '/communications/getPresencesByUserId',
        authorization: 'Bearer a-token',
        ids: [ANNA, BO],
      },
    ]);
  });

  const presences: readonly (readonly [string, object, boolean])[] = [
    ['out of office by activity', { activity: 'OutOfOffice' }, true],
    ['out of office, spelt otherwise', { activity: 'OutofOffice' }, true],
    [
      'out of office by a setting',
      { activity: 'Busy', outOfOfficeSettings: { isOutOfOffice: true, message: SECRET } },
      true,
    ],
    ['in a lesson', { activity: 'InAMeeting' }, false],
    ['away from the keyboard', { activity: 'Away', availability: 'Away' }, false],
    ['off work', { activity: 'OffWork' }, false],
    ['offline', { activity: 'Offline' }, false],
    ['unknown', { activity: 'PresenceUnknown' }, false],
    ['without any settings', { activity: null, outOfOfficeSettings: null }, false],
    ['nonsense', { activity: 7, outOfOfficeSettings: 'yes' }, false],
  ];
  for (const [name, presence, expected] of presences) {
    it(`takes whoever is ${name} as ${expected ? 'away' : 'there'}`, async () => {
      graph.presences = { [ANNA]: presence };

      const { away, failures } = await directory().whoIsAway([ANNA]);

      assert.deepEqual([away.has(ANNA), failures], [expected, []]);
    });
  }

  it('reads on through the pages', async () => {
    graph.pageSize = 2;
    const all = Array.from({ length: 7 }, (_, number) => account(number));
    graph.presences = { [account(6)]: { activity: 'OutOfOffice' } };

    const { away } = await directory().whoIsAway(all);

    assert.deepEqual([...away], [account(6)]);
    assert.equal(graph.calls.length, 4);
  });

  it('asks for no more than 650 at a time, and for none that is no account', async () => {
    const all = Array.from({ length: 1_301 }, (_, number) => account(number));

    await directory().whoIsAway([...all, 'entra-anna', '']);

    assert.deepEqual(
      graph.calls.map(({ ids }) => ids.length),
      [650, 650, 1],
    );
  });

  it('knows an id however it is spelt, and answers as it was asked', async () => {
    const upper = 'AAAAAAAA-0000-4000-8000-000000000001';
    graph.presences = { [upper.toLowerCase()]: { activity: 'OutOfOffice' } };

    const { away } = await directory().whoIsAway([upper]);

    assert.deepEqual([...away], [upper]);
  });

  const between = (from: string, to: string, timeZone = 'UTC') => ({
    status: 'scheduled',
    internalReplyMessage: SECRET,
    scheduledStartDateTime: { dateTime: from, timeZone },
    scheduledEndDateTime: { dateTime: to, timeZone },
  });
  const mailboxes: readonly (readonly [string, object | undefined, boolean])[] = [
    ['always answers by itself', { status: 'alwaysEnabled', internalReplyMessage: SECRET }, true],
    ['never does', { status: 'disabled' }, false],
    ['does today', between('2026-11-23T00:00:00.0000000', '2026-11-24T00:00:00.0000000'), true],
    ['did until this minute', between('2026-11-20T00:00:00', '2026-11-23T09:00:00.0000000'), false],
    ['will tomorrow', between('2026-11-24T00:00:00', '2026-11-25T00:00:00'), false],
    [
      'begins by the clock of Stockholm',
      between('2026-11-23T10:00:00', '2026-11-23T11:00:00', 'Europe/Stockholm'),
      true,
    ],
    [
      'says when in a way that cannot be read',
      between('2026-11-23T00:00:00', '2026-11-24T00:00:00', 'W. Europe Standard Time'),
      false,
    ],
    ['is scheduled without saying when', { status: 'scheduled' }, false],
    ['answers nonsense', { status: 3 }, false],
    ['does not exist', undefined, false],
  ];
  for (const [name, mailbox, expected] of mailboxes) {
    it(`takes whoever has a mailbox that ${name} as ${expected ? 'away' : 'there'}`, async () => {
      if (mailbox !== undefined) graph.replies = { [ANNA]: mailbox };

      const { away, failures } = await directory(replies).whoIsAway([ANNA]);

      assert.deepEqual([away.has(ANNA), failures], [expected, []]);
    });
  }

  it('asks for mailboxes twenty at a time, and only of those who seem to be there', async () => {
    const all = Array.from({ length: 45 }, (_, number) => account(number));
    graph.presences = { [ANNA]: { activity: 'OutOfOffice' } };
    graph.replies = { [BO]: { status: 'alwaysEnabled' } };

    const { away } = await directory(both).whoIsAway(all);

    assert.deepEqual([...away].toSorted(), [ANNA, BO]);
    assert.deepEqual(
      graph.calls.map(({ path, ids }) => [path, ids.length]),
      [
        ['/communications/getPresencesByUserId', 45],
        ['/$batch', 20],
        ['/$batch', 20],
        ['/$batch', 4],
      ],
    );
  });

  const limited = (retryAfter?: string): GraphFault => ({
    kind: 'answer',
    status: 429,
    headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
    body: { error: { code: 'TooManyRequests', message: SECRET } },
  });

  it('waits for as long as Graph says, and asks again', async () => {
    graph.presences = { [ANNA]: { activity: 'OutOfOffice' } };
    graph.script = (_call, turn) => (turn === 1 ? limited('2') : undefined);

    const { away, failures } = await directory().whoIsAway([ANNA]);

    assert.deepEqual([[...away], failures, pauses], [[ANNA], [], [2_000]]);
  });

  it('leaves Graph alone for longer than a reminder can wait, also the next time', async () => {
    const asked = directory();
    graph.script = () => limited('60');

    const first = await asked.whoIsAway([ANNA]);
    now = now.add({ seconds: 50 });
    const second = await asked.whoIsAway([ANNA]);
    const during = graph.calls.length;
    graph.script = undefined;
    now = now.add({ seconds: 11 });
    const third = await asked.whoIsAway([ANNA]);

    assert.deepEqual(
      [first, second, third].map(({ failures }) => failures.map(({ code }) => code)),
      [['directory.limited'], ['directory.limited'], []],
    );
    assert.deepEqual([during, graph.calls.length, pauses], [1, 2, []]);
  });

  it('gives up after three tries', async () => {
    graph.script = () => limited('1');

    const { failures } = await directory().whoIsAway([ANNA]);

    assert.equal(failures[0]?.code, 'directory.limited');
    assert.equal(graph.calls.length, 3);
  });

  const answered = (body: unknown, status = 200): GraphFault => ({ kind: 'answer', status, body });
  const faults: readonly (readonly [string, GraphFault, string])[] = [
    ['refuses it', answered({ error: { code: 'Forbidden', message: SECRET } }, 403), 'directory.forbidden'],
    [
      'does not take the token',
      answered({ error: { code: 'InvalidAuthenticationToken' } }, 401),
      'directory.auth',
    ],
    ['fails', answered('<html>500</html>', 500), 'directory.refused'],
    ['sends elsewhere', answered('', 302), 'directory.refused'],
    ['wants to be left alone', limited(), 'directory.limited'],
    ['answers a page for people', answered(`<html>${SECRET}</html>`), 'directory.malformed'],
    ['answers nothing', answered(''), 'directory.malformed'],
    ['answers no list', answered({ value: SECRET }), 'directory.malformed'],
    ['answers null', answered('null'), 'directory.malformed'],
    [
      'names a next page that is somebody else’s',
      answered({ value: [], '@odata.nextLink': 'https://elsewhere.example/v1.0/communications/presences' }),
      'directory.malformed',
    ],
    ['resets the connection', { kind: 'reset' }, 'directory.unreachable'],
    ['never answers', { kind: 'silent' }, 'directory.timeout'],
    ['never comes to the end of its answer', { kind: 'stall' }, 'directory.timeout'],
  ];
  for (const [name, fault, code] of faults) {
    it(`takes everybody as there where Graph ${name}, and says so without a word of the answer`, async () => {
      graph.script = () => fault;

      const { away, failures } = await directory({ timeoutMs: 200 }).whoIsAway([ANNA, BO]);

      assert.equal(away.size, 0);
      assert.deepEqual(
        failures.map((failure) => failure.code),
        [code],
      );
      const told = failures.map((failure) => [failure.message, failure.facts, String(failure.cause)]);
      assert.doesNotMatch(JSON.stringify(told), new RegExp(`${SECRET}|a-token|${ANNA}`));
      assert.equal(graph.calls.length, 1);
    });
  }

  it('comes to an end where next pages never do', async () => {
    graph.script = () =>
      answered({ value: [], '@odata.nextLink': `${graph.url}/v1.0/communications/presences?again=1` });

    const { failures } = await directory().whoIsAway([ANNA]);

    assert.equal(failures[0]?.code, 'directory.malformed');
  });

  it('does not wait for a token that never comes, and tells of one that is refused', async () => {
    const never = directory({ token: () => new Promise(() => {}), timeoutMs: 100 });
    const refused = directory({ token: async () => Promise.reject(new Error(SECRET)) });

    const codes = [await never.whoIsAway([ANNA]), await refused.whoIsAway([ANNA])].map(
      ({ failures }) => failures[0]?.code,
    );

    assert.deepEqual(codes, ['directory.timeout', 'directory.auth']);
    assert.equal(graph.calls.length, 0);
  });

  it('keeps what one of the two said where the other may not be asked', async () => {
    graph.presences = { [ANNA]: { activity: 'OutOfOffice' } };
    graph.script = ({ path, ids }) =>
      path === '/$batch'
        ? answered({
            responses: ids.map((id) => ({ id, status: 403, body: { error: { message: SECRET } } })),
          })
        : undefined;

    const { away, failures } = await directory(both).whoIsAway([ANNA, BO]);

    assert.deepEqual([...away], [ANNA]);
    assert.match(failures[0]?.message ?? '', /application permission MailboxSettings\.Read/);
  });

  it('heeds a pause that is asked for within an answer', async () => {
    const asked = directory(replies);
    graph.script = ({ ids }) =>
      answered({ responses: ids.map((id) => ({ id, status: 429, headers: { 'Retry-After': '60' } })) });

    await asked.whoIsAway([EVA]);
    const { failures } = await asked.whoIsAway([EVA]);

    assert.equal(failures[0]?.code, 'directory.limited');
    assert.equal(graph.calls.length, 1);
  });

  describe('tried by the doctor', () => {
    const jwt = (claims: object) =>
      `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;
    const tried = async (more: Partial<GraphDirectoryDeps>) => {
      const told: string[] = [];
      for (const { permission, try: probe } of directory(more).probes)
        told.push(
          await probe().then(
            () => `${permission} good`,
            (error: Error) => error.message,
          ),
        );
      return told;
    };

    it('works for each thing that it is configured to ask, although nobody has the account', async () => {
      assert.deepEqual(await tried(both), ['Presence.Read.All good', 'MailboxSettings.Read good']);
      assert.deepEqual(await tried(replies), ['MailboxSettings.Read good']);
    });

    it('works where Graph says that there is nobody like that', async () => {
      graph.script = () => answered({ error: { code: 'NotFound' } }, 404);

      assert.deepEqual(await tried({}), ['Presence.Read.All good']);
    });

    it('names the permission that is missing, and what to do', async () => {
      graph.script = () => answered({ error: { code: 'Forbidden' } }, 403);

      const [told = ''] = await tried({});

      assert.match(told, /application permission Presence\.Read\.All, and have an administrator consent/);
    });

    it('names what the token does not hold, where it can be read', async () => {
      const told = await tried({ ...both, token: async () => jwt({ roles: ['Presence.Read.All'] }) });

      assert.equal(told[0], 'Presence.Read.All good');
      assert.match(told[1] ?? '', /application permission MailboxSettings\.Read/);
    });

    it('is content with more than is needed', async () => {
      assert.deepEqual(await tried({ token: async () => jwt({ roles: ['Presence.ReadWrite.All'] }) }), [
        'Presence.Read.All good',
      ]);
    });
  });
});
