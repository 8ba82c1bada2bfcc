import assert from 'node:assert/strict';
import { readStepOwners } from '../../../services/routine/step-owners.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { pupilId } from '../../support/small-school.ts';
import { ANNA, BO, EVA, emailOf } from '../../support/small-staff.ts';
import { seedSchool } from '../follow-up/reminder-school.ts';
import { addStep } from '../people/add-step.ts';

forEachEngine('those who have something to do in the routine', (engine) => {
  let storage: Storage;
  let db: Db;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
    await seedSchool(db);
  });
  beforeEach(async () => {
    await db.deleteFrom('routineStep').execute();
    await db.deleteFrom('routineCase').execute();
  });
  after(() => storage.close());

  it('are nobody where nothing is to be done', async () => {
    await addStep(db, pupilId(0), 'done', { ownerStaffId: ANNA });

    const owners = await readStepOwners(db, 'norr');

    assert.deepEqual(owners, { staffIds: [], addresses: [] });
  });

  it('are named once each, on the staff or by their address', async () => {
    await addStep(db, pupilId(0), 'call', { ownerStaffId: BO });
    await addStep(db, pupilId(1), 'call', { ownerStaffId: BO });
    await addStep(db, pupilId(0), 'meet', { ownerStaffId: EVA });
    await addStep(db, pupilId(1), 'meet', { ownerAddress: emailOf('Nils Annan') });

    const owners = await readStepOwners(db, 'norr');

    assert.deepEqual(owners, { staffIds: [BO, EVA], addresses: [emailOf('Nils Annan')] });
  });

  it('are not those of another school', async () => {
    await addStep(db, pupilId(0), 'call', { ownerStaffId: BO });

    const owners = await readStepOwners(db, 'soder');

    assert.deepEqual(owners, { staffIds: [], addresses: [] });
  });
});
