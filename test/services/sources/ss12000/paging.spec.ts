import assert from 'node:assert/strict';
import { createClient } from '../../../../services/sources/ss12000/client.ts';
import { type StudentSystem, startStudentSystem } from '../../../support/student-system.ts';
import { clientDeps, configOf } from './source-data.ts';

describe('paging through a list', () => {
  let system: StudentSystem;
  const client = (pageSize: number, limits = {}) =>
    createClient(clientDeps(system, { config: configOf(system, { pageSize }), limits }));

  beforeEach(async () => {
    system = await startStudentSystem();
    system.lists = { things: [1, 2, 3, 4, 5].map((id) => ({ id })) };
  });
  afterEach(() => system.close());

  for (const pageSize of [1, 2, 4, 5, 6]) {
    it(`gives every record once and in order, ${pageSize} at a time`, async () => {
      const records = await client(pageSize).list('things', { organisation: 'a' });

      assert.deepEqual(records, system.lists.things);
      assert.equal(system.calls('things').length, Math.ceil(5 / pageSize));
    });
  }

  it('sends the filters once, and with a page token nothing but the limit', async () => {
    await client(2).list('things', { organisation: 'a', expand: ['activity', 'attendance'] });

    assert.deepEqual(
      system.calls('things').map(({ query }) => query.toString()),
      [
        'organisation=a&expand=activity&expand=attendance&limit=2',
        'pageToken=2&limit=2',
        'pageToken=4&limit=2',
      ],
    );
  });

  it('escapes what stands in a filter', async () => {
    await client(9).list('things', { 'startTime.onOrAfter': '2026-11-23T00:00:00+01:00' });

    assert.equal(system.calls('things')[0]?.query.get('startTime.onOrAfter'), '2026-11-23T00:00:00+01:00');
  });

  const ends: readonly unknown[] = [null, undefined, ''];
  for (const pageToken of ends) {
    it(`ends at a page token that is ${JSON.stringify(pageToken)}`, async () => {
      system.script = ({ path }) =>
        path === 'things' ? { kind: 'body', body: { data: [{ id: 1 }], pageToken } } : undefined;

      const records = await client(1).list('things', {});

      assert.deepEqual(records, [{ id: 1 }]);
    });
  }

  it('goes on after a page without records, and takes a number as a token', async () => {
    const pages = [
      { data: [], pageToken: 7 },
      { data: [{ id: 1 }], pageToken: null },
    ];
    system.script = ({ path }, turn) =>
      path === 'things' ? { kind: 'body', body: pages[turn - 1] } : undefined;

    const records = await client(1).list('things', {});

    assert.deepEqual(records, [{ id: 1 }]);
    assert.equal(system.calls('things')[1]?.query.get('pageToken'), '7');
  });

  it('stops at a token that comes again', async () => {
    system.script = ({ path }, turn) =>
      path === 'things' ? { kind: 'body', body: { data: [], pageToken: `${turn % 3}` } } : undefined;

    await assert.rejects(client(1).list('things', {}), { code: 'source.endless' });

    assert.equal(system.calls('things').length, 4);
  });

  it('stops at more pages than there can be', async () => {
    system.script = ({ path }, turn) =>
      path === 'things' ? { kind: 'body', body: { data: [], pageToken: `${turn}` } } : undefined;

    await assert.rejects(client(1, { mostPages: 8 }).list('things', {}), { code: 'source.endless' });

    assert.equal(system.calls('things').length, 8);
  });

  it('gives nothing of a list whose last page fails', async () => {
    system.script = ({ path, query }) =>
      path === 'things' && query.get('pageToken') === '4' ? { kind: 'status', status: 500 } : undefined;

    await assert.rejects(client(2).list('things', {}), { code: 'source.refused' });
  });
});
