import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { routineCheck } from '../../../bot/commands/routine-check.ts';
import { UsageError } from '../../../bot/usage-error.ts';
import { importRoster } from '../../../services/people/import-roster.ts';
import { openStorage } from '../../../services/storage/database.ts';
import { protectedPupil, pupil, roster } from '../../services/people/roster-data.ts';
import { daySum, writeDaySums } from '../../support/day-sums.ts';
import { printed } from '../../support/sedd-command.ts';
import { openTestMunicipality, type TestMunicipality } from './municipality.ts';

const MONDAY = Temporal.PlainDate.from('2026-11-23');
const SCHOOL = 'torpaskolan-norr';

describe('sedd routine check', function () {
  this.timeout(60_000);
  let municipality: TestMunicipality;

  before(async () => {
    municipality = await openTestMunicipality();
    const storage = await openStorage({ dataDir: municipality.env.SEDD_DATA_DIR ?? '' });
    const pupils = [pupil('p1', SCHOOL), pupil('p2', SCHOOL), protectedPupil('p3', SCHOOL)];
    await importRoster({ db: storage.db }, 'hub', roster({ pupils }));
    const days = [0, 3, 4, 5, 6].map((before) => MONDAY.subtract({ days: before }));
    const absence: Readonly<Record<string, number>> = { p1: 12, p2: 0, p3: 22 };
    const sums = Object.entries(absence).flatMap(([pupilId, percent]) =>
      days.map((day) => daySum(pupilId, day, percent, SCHOOL)),
    );
    await writeDaySums(storage.db, sums);
    await storage.close();
  });
  after(() => municipality.close());

  it('tells how many each level and each rule would catch, of protected pupils too, and no names', async () => {
    const told = await printed(() => routineCheck(municipality.env, { day: MONDAY }));

    const lines = told.split('\n').map((line) => line.trim().replaceAll(/ +/g, ' '));
    assert.ok(lines.includes('torpaskolan-norr: 3 pupils with lessons'), told);
    assert.ok(lines.includes('2 notice (Mentorn uppmärksammar)'), told);
    assert.ok(lines.includes('2 totalAbsence over 10 %, fourWeeks'), told);
    assert.ok(lines.includes('0 consecutiveDays over 5'), told);
    assert.ok(lines.includes('1 investigation (Brev, EHT och enkel utredning)'), told);
    assert.ok(lines.includes('0 totalAbsence over 25 %, fourWeeks'), told);
    assert.doesNotMatch(told, /Given|Family|p1/);
  });

  it('says of a school without lessons only that, and where they come from', async () => {
    const env = { ...municipality.env, SEDD_DATA_DIR: join(municipality.folder, 'nothing-read-yet') };

    const told = await printed(() => routineCheck(env, { day: MONDAY }));

    const [, ...lines] = told.split('\n').filter(Boolean);
    assert.deepEqual(lines, ['torpaskolan-norr: no lessons in the database yet; "sedd serve" reads them']);
  });

  it('reads the routine that is named, and says where none is in force', async () => {
    const text = `routines:
  - validFrom: 2027-01-01
    name: Ny rutin
    levels:
      - key: a
        name: A
        when: [{ metric: occasions, window: term, over: 5 }]
        steps: [{ key: b, name: B, role: mentor, dueInSchoolDays: 1 }]
`;
    const file = join(municipality.folder, 'other.yaml');
    writeFileSync(file, text);

    const told = await printed(() =>
      routineCheck({ ...municipality.env, SEDD_ROUTINE: file }, { day: MONDAY }),
    );

    assert.match(told, /^No routine is in force on 2026-11-23: .*other\.yaml begins 2027-01-01\.$/);
  });

  it('refuses a school that there is not', async () => {
    await assert.rejects(routineCheck(municipality.env, { school: 'torpaskolan-nor' }), UsageError);
  });
});
