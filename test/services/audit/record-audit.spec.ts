import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { recordAudit } from '../../../services/audit/record-audit.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';

const AT = Temporal.Instant.from('2026-11-23T08:12:00Z');
const entry = { at: AT, actorId: 'entra-anna', action: 'followUp.contacted', objectId: 'f1' } as const;

forEachEngine('the audit', (engine) => {
  let storage: Storage;
  let db: Db;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => {
    await purge("object_id <> 'nothing'");
  });
  after(async () => await storage.close());

  /** Deletes as the retention purge does. */
  async function purge(where: string): Promise<void> {
    await db.transaction().execute(async (trx) => {
      await sql`set local sedd.retention = 'on'`.execute(trx);
      await sql.raw(`delete from audit where ${where}`).execute(trx);
    });
  }

  async function rows() {
    return await db.selectFrom('audit').selectAll().orderBy('id').execute();
  }

  it('keeps who did what, when, to what, and from which conversation', async () => {
    const details = { how: 'phone', tries: [1, 2], from: { state: 'open' } };

    await recordAudit(db, {
      ...entry,
      actorName: 'Anna Berg',
      schoolId: 'norr',
      conversationId: '19:8b@thread.tacv2',
      details,
    });

    const [{ id: _, ...row } = assert.fail(), ...others] = await rows();
    assert.deepEqual(others, []);
    assert.equal(row.at.toString(), AT.toString());
    assert.deepEqual(
      { ...row, at: undefined },
      {
        at: undefined,
        actorId: 'entra-anna',
        actorName: 'Anna Berg',
        action: 'followUp.contacted',
        objectId: 'f1',
        schoolId: 'norr',
        conversationId: '19:8b@thread.tacv2',
        details,
      },
    );
  });

  it('leaves empty what is not known', async () => {
    await recordAudit(db, entry);

    const [row] = await rows();
    assert.deepEqual(
      [row?.actorName, row?.schoolId, row?.conversationId, row?.details],
      [null, null, null, {}],
    );
  });

  it('numbers its rows in the order in which they were added', async () => {
    for (const objectId of ['f1', 'f2', 'f3']) await recordAudit(db, { ...entry, objectId });

    assert.deepEqual(
      (await rows()).map(({ objectId }) => objectId),
      ['f1', 'f2', 'f3'],
    );
  });

  it('has nothing of a change that was rolled back', async () => {
    const change = db.transaction().execute(async (trx) => {
      await recordAudit(trx, entry);
      throw new Error('changed my mind');
    });
    await assert.rejects(change, /changed my mind/);

    assert.deepEqual(await rows(), []);
  });

  describe('once written', () => {
    beforeEach(async () => {
      await recordAudit(db, entry);
      await recordAudit(db, { ...entry, objectId: 'f2' });
    });

    for (const change of [
      "update audit set action = 'nothing' where object_id = 'f1'",
      'update audit set at = now()',
      "delete from audit where object_id = 'f1'",
      'delete from audit',
      'truncate audit',
      'truncate audit cascade',
      "insert into audit (id, at, actor_id, action, object_id, details) values (1, now(), 'x', 'y', 'z', '{}')",
    ]) {
      it(`refuses: ${change}`, async () => {
        const before = await rows();

        await assert.rejects(sql.raw(change).execute(db), /append-only|non-DEFAULT value/);

        assert.deepEqual(await rows(), before);
      });
    }

    it('lets the retention purge delete, in the transaction that says so and in no other', async () => {
      await purge("object_id = 'f1'");

      await assert.rejects(sql`delete from audit`.execute(db), /append-only/);
      assert.deepEqual(
        (await rows()).map(({ objectId }) => objectId),
        ['f2'],
      );
    });

    for (const change of ["update audit set action = 'nothing'", 'truncate audit']) {
      it(`lets not even the retention purge: ${change}`, async () => {
        const attempt = db.transaction().execute(async (trx) => {
          await sql`set local sedd.retention = 'on'`.execute(trx);
          await sql.raw(change).execute(trx);
        });

        await assert.rejects(attempt, /append-only/);
        assert.equal((await rows()).length, 2);
      });
    }

    it('takes no other word for the retention purge’s', async () => {
      const attempt = db.transaction().execute(async (trx) => {
        await sql`set local sedd.retention = 'off'`.execute(trx);
        await sql`delete from audit`.execute(trx);
      });

      await assert.rejects(attempt, /append-only/);
    });
  });
});
