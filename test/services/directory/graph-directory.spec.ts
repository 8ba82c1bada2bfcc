import assert from 'node:assert/strict';
import type { GraphServer } from '../../support/graph-server.ts';
import { ANNA, type AskedGraph, account, BO, both, replies, SECRET, startAskedGraph } from './asked-graph.ts';

describe('Microsoft Graph as the directory', () => {
  let asked: AskedGraph;
  let graph: GraphServer;
  let directory: AskedGraph['directory'];
  beforeEach(async () => {
    asked = await startAskedGraph();
    ({ graph, directory } = asked);
  });
  afterEach(() => graph.close());

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
});
