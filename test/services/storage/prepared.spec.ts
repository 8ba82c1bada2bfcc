import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { openStorage, type Storage } from '../../../services/storage/database.ts';

describe('statements that PGlite keeps', () => {
  let storage: Storage;
  before(async () => {
    storage = await openStorage({});
  });
  after(async () => await storage.close());

  async function add(id: string): Promise<void> {
    await sql`insert into source_cursor (source_id, cursor, read_at) values (${id}, 'c', now())`.execute(
      storage.db,
    );
  }

  it('answer anew each time, with the values of that time', async () => {
    const answers = [];
    for (const value of [1, null, 7]) {
      const { rows } = await sql<{ one: number | null }>`select ${value}::int as one`.execute(storage.db);
      answers.push(rows[0]?.one);
    }

    assert.deepEqual(answers, [1, null, 7]);
  });

  it('take rows that are given as JSON, whatever letters are in them', async () => {
    const names = ['Åsa Öberg', 'Zoë "Zo" O’Hara', 'Łukasz\\n', '林', '👩🏽‍🏫', ''];
    for (const given of [names, names.toReversed(), []]) {
      const { rows } = await sql<{ name: string }>`
        select name from json_array_elements_text(${JSON.stringify(given)}::json) as given (name)`.execute(
        storage.db,
      );
      assert.deepEqual(
        rows.map(({ name }) => name),
        given,
      );
    }
    const { rows } = await sql<{ none: boolean }>`select ${null}::json is null as none`.execute(storage.db);
    assert.deepEqual(rows, [{ none: true }]);
  });

  it('tell how many rows were changed', async () => {
    await add('changed');
    const change = () =>
      storage.db
        .updateTable('sourceCursor')
        .set({ cursor: 'd' })
        .where('sourceId', '=', 'changed')
        .executeTakeFirst();

    const [first, second] = [await change(), await change()];

    assert.deepEqual([first.numUpdatedRows, second.numUpdatedRows], [1n, 1n]);
  });

  it('can be asked again after they failed', async () => {
    await add('twice');
    await assert.rejects(add('twice'), { code: '23505' });

    await add('thrice');
    await assert.rejects(add('thrice'), { code: '23505' });
  });

  it('wait for a transaction that is open, and see what it wrote', async () => {
    const open = storage.db.transaction().execute(async (trx) => {
      await sql`insert into source_cursor (source_id, cursor, read_at) values (${'inside'}, 'c', now())`.execute(
        trx,
      );
    });
    const { rows } = await sql`select 1 from source_cursor where source_id = ${'inside'}`.execute(storage.db);
    await open;

    assert.equal(rows.length, 1);
  });

  it('are no more than there is room for: those after them are answered too', async () => {
    for (let count = 0; count < 310; count += 1) {
      const { rows } = await sql<{ n: number }>`select ${count}::int as ${sql.ref(`n${count}`)}`.execute(
        storage.db,
      );
      assert.deepEqual(Object.values(rows[0] ?? {}), [count]);
    }
  });
});
