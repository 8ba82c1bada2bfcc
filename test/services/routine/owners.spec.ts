import assert from 'node:assert/strict';
import { readOwners } from '../../../services/routine/owners.ts';
import { forEachEngine } from '../../support/databases.ts';
import { ANNA, BO, EVA, emailOf, KARIN } from '../../support/small-staff.ts';
import { MONDAY, openRoutineSchool, type RoutineSchool } from './routine-school.ts';

forEachEngine('who a step is for', (engine) => {
  let school: RoutineSchool;
  beforeEach(async () => {
    school = await openRoutineSchool(engine);
  });
  afterEach(() => school.close());

  async function ownerOf(
    role: Parameters<Awaited<ReturnType<typeof readOwners>>>[1],
    pupilId = 'p1',
    more = {},
  ) {
    const roles = { mobileSchoolTeam: ['mobila@skola.example'], admins: [] };
    const all = { ...school.school, roles: { ...school.school.roles, ...more } };
    const owners = await readOwners({ db: school.storage.db, municipality: { roles } }, all, MONDAY);
    const owner = owners(pupilId, role);
    return [owner?.staffId, owner?.address, owner?.role];
  }

  it('is the mentor, even where the pupil has a contact person, who has steps of their own', async () => {
    await appoint(EVA);

    assert.deepEqual(await ownerOf('mentor'), [ANNA, undefined, 'mentor']);
    assert.deepEqual(await ownerOf('contactPerson'), [EVA, undefined, 'contactPerson']);
  });

  it('is the mentor where no contact person is appointed', async () => {
    assert.deepEqual(await ownerOf('contactPerson'), [ANNA, undefined, 'mentor']);
  });

  it('is whom the municipality file names first, on the staff or not', async () => {
    const named = { principals: [emailOf('Bo Ek'), emailOf('Eva Ek')] };

    assert.deepEqual(await ownerOf('principal', 'p1', named), [BO, emailOf('Bo Ek'), 'principal']);
    assert.deepEqual(await ownerOf('mobileSchoolTeam'), [
      undefined,
      'mobila@skola.example',
      'mobileSchoolTeam',
    ]);
  });

  it('is the attendance coordinator for a protected pupil, whoever the routine asks', async () => {
    const named = { principals: [emailOf('Bo Ek')] };

    for (const role of ['mentor', 'contactPerson', 'principal', 'mobileSchoolTeam'] as const)
      assert.deepEqual(await ownerOf(role, 'p3', named), [
        KARIN,
        emailOf('Karin Koord'),
        'attendanceCoordinator',
      ]);
  });

  it('is nobody on the staff where two have the address', async () => {
    const address = emailOf('Bo Ek');
    await school.storage.db
      .updateTable('staff')
      .set({ principalName: address })
      .where('id', '=', EVA)
      .execute();

    assert.deepEqual(await ownerOf('principal', 'p1', { principals: [address] }), [
      undefined,
      address,
      'principal',
    ]);
  });

  it('is the coordinator where a role has nobody, then the principal, and then nobody', async () => {
    const coordinator = emailOf('Karin Koord');
    const none = { attendanceCoordinators: [] };

    assert.deepEqual(await ownerOf('ehtMember'), [KARIN, coordinator, 'attendanceCoordinator']);
    assert.deepEqual(await ownerOf('mentor', 'nobody’s'), [KARIN, coordinator, 'attendanceCoordinator']);
    assert.deepEqual(await ownerOf('ehtMember', 'p1', { ...none, principals: ['r@skola.example'] }), [
      undefined,
      'r@skola.example',
      'principal',
    ]);
    assert.deepEqual(await ownerOf('ehtMember', 'p1', none), [undefined, undefined, undefined]);
  });

  async function appoint(staffId: string): Promise<void> {
    await school.storage.db
      .insertInto('contactPerson')
      .values({
        pupilId: 'p1',
        schoolId: 'norr',
        staffId,
        since: school.deps.clock.now(),
        appointedById: 'x',
        appointedByName: 'x',
        endedAt: null,
        endedById: null,
        endedByName: null,
      })
      .execute();
  }
});
