import assert from 'node:assert/strict';
import type { GraphFault, GraphServer } from '../../support/graph-server.ts';
import {
  ANNA,
  type AskedGraph,
  answered,
  BO,
  both,
  EVA,
  replies,
  SECRET,
  startAskedGraph,
} from './asked-graph.ts';

describe('Microsoft Graph, where it does not answer well', () => {
  let asked: AskedGraph;
  let graph: GraphServer;
  let directory: AskedGraph['directory'];
  beforeEach(async () => {
    asked = await startAskedGraph();
    ({ graph, directory } = asked);
  });
  afterEach(() => graph.close());

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

    assert.deepEqual([[...away], failures, asked.pauses], [[ANNA], [], [2_000]]);
  });

  it('leaves Graph alone for longer than a reminder can wait, also the next time', async () => {
    const patient = directory();
    graph.script = () => limited('60');

    const first = await patient.whoIsAway([ANNA]);
    asked.pass(50);
    const second = await patient.whoIsAway([ANNA]);
    const during = graph.calls.length;
    graph.script = undefined;
    asked.pass(11);
    const third = await patient.whoIsAway([ANNA]);

    assert.deepEqual(
      [first, second, third].map(({ failures }) => failures.map(({ code }) => code)),
      [['directory.limited'], ['directory.limited'], []],
    );
    assert.deepEqual([during, graph.calls.length, asked.pauses], [1, 2, []]);
  });

  it('gives up after three tries', async () => {
    graph.script = () => limited('1');

    const { failures } = await directory().whoIsAway([ANNA]);

    assert.equal(failures[0]?.code, 'directory.limited');
    assert.equal(graph.calls.length, 3);
  });

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
    const patient = directory(replies);
    graph.script = ({ ids }) =>
      answered({ responses: ids.map((id) => ({ id, status: 429, headers: { 'Retry-After': '60' } })) });

    await patient.whoIsAway([EVA]);
    const { failures } = await patient.whoIsAway([EVA]);

    assert.equal(failures[0]?.code, 'directory.limited');
    assert.equal(graph.calls.length, 1);
  });
});
