import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommanderError } from 'commander';
import { createProgram } from '../../../bot/cli.ts';
import { recordAudit } from '../../../services/audit/record-audit.ts';
import { openStorage } from '../../../services/storage/database.ts';
import { printed } from '../../support/sedd-command.ts';
import { clockTime, pupilId } from '../../support/small-school.ts';

describe('sedd audit', function () {
  this.timeout(60_000);
  let folder: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sedd-audit-'));
    const storage = await openStorage({ dataDir: folder });
    const about = (action: string, pupil: string, time: string, actorName?: string) => ({
      at: clockTime(time),
      actorId: 'entra-anna',
      actorName,
      action,
      objectId: 'f1',
      conversationId: '19:a@thread.tacv2',
      details: { pupil },
    });
    await recordAudit(storage.db, about('followUp.opened', pupilId(1), '08:45'));
    await recordAudit(storage.db, about('followUp.contacted', pupilId(1), '09:12', 'Anna Berg'));
    await recordAudit(storage.db, about('followUp.contacted', pupilId(2), '09:13', 'Bo Ek'));
    await storage.close();
  });
  after(() => rmSync(folder, { recursive: true }));

  const ask = async (...args: readonly string[]) =>
    (
      await printed(async () => {
        const silent = { writeOut: () => {}, writeErr: () => {} };
        await createProgram({ SEDD_DATA_DIR: folder }, silent).parseAsync(['audit', ...args], {
          from: 'user',
        });
      })
    ).split('\n');

  it('tells who did what about a pupil, when and from where, a line each, and that it was asked before', async () => {
    const first = await ask('--pupil', pupilId(1));
    const second = await ask('--pupil', pupilId(1));

    const details = JSON.stringify({ pupil: pupilId(1) });
    assert.deepEqual(first, [
      `2026-11-23T07:45:00Z  entra-anna  followUp.opened  19:a@thread.tacv2  ${details}`,
      `2026-11-23T08:12:00Z  Anna Berg  followUp.contacted  19:a@thread.tacv2  ${details}`,
    ]);
    assert.deepEqual(second.slice(0, 2), first);
    assert.match(second[2] ?? '', /^\S+ {2}cli {2}audit\.read {2}- {2}\{.*"lines": ?2/);
    assert.equal(second.length, 3);
  });

  it('says so where nothing has been done', async () => {
    assert.deepEqual(await ask('--pupil', 'nobody'), ['Nothing has been done about a pupil with that id.']);
  });

  it('asks for the pupil where none is named', async () => {
    await assert.rejects(ask(), CommanderError);
  });
});
