import assert from 'node:assert/strict';
import type { GraphDirectoryDeps } from '../../../services/directory/graph-directory.ts';
import type { GraphServer } from '../../support/graph-server.ts';
import { type AskedGraph, answered, both, replies, startAskedGraph } from './asked-graph.ts';

describe('Microsoft Graph, tried by the doctor', () => {
  let asked: AskedGraph;
  let graph: GraphServer;
  let directory: AskedGraph['directory'];
  beforeEach(async () => {
    asked = await startAskedGraph();
    ({ graph, directory } = asked);
  });
  afterEach(() => graph.close());

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
