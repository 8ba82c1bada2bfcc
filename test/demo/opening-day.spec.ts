import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { openSources } from '../../bot/commands/open.ts';
import { demoConfiguration, SHOWN_SCHOOL } from '../../demo/configuration.ts';
import { type DemoPupil, makeUp } from '../../demo/municipality.ts';
import { DEMO_CLIENT, type Ss12000Server, startSs12000Server } from '../../demo/ss12000-server.ts';
import { STAGED_DAY } from '../../demo/staged.ts';
import { type PupilToday, readToday, type SchoolToday } from '../../services/attendance/today.ts';
import { usualAbsent } from '../../services/attendance/usual.ts';
import type { School } from '../../services/config/municipality.ts';
import { silentLog } from '../../services/log.ts';
import { backfill } from '../../services/morning/close-day.ts';
import { holdReasons } from '../../services/morning/gate.ts';
import { pullDay } from '../../services/morning/pull-day.ts';
import { importRoster } from '../../services/people/import-roster.ts';
import { mentorGroups } from '../../services/people/mentor-groups.ts';
import type { Storage } from '../../services/storage/database.ts';
import { engines } from '../support/databases.ts';

const TIMES = ['08:45', '10:00', '12:00'] as const;
type Time = (typeof TIMES)[number];
/** Groups of the demo's channel; `school` is all of it. */
type Group = '8A' | '8B' | '8C' | 'school';

describe('the demo’s opening day, as Sedd reads it', () => {
  const municipality = makeUp(1);
  const seen = new Map<string, SchoolToday>();
  let now: Temporal.Instant;
  let server: Ss12000Server;
  let storage: Storage;
  let school: School;

  before(async function () {
    this.timeout(60_000);
    now = clockTime('08:40');
    server = await startSs12000Server({ municipality, clock: { now: () => now } });
    storage = await openStorage();
    const { db } = storage;
    const configuration = demoConfiguration({ source: server, serviceUrl: 'http://127.0.0.1:1/' });
    school = configuration.schools.find(({ id }) => id === SHOWN_SCHOOL) ?? assert.fail('no school');
    const [source] = openSources(configuration, { sourceCredentials: DEMO_CLIENT }, { now: () => now });
    assert.ok(source?.roster !== undefined && source.attendance !== undefined);
    await importRoster({ db }, source.id, await source.roster.readRoster(undefined));
    const deps = { db, attendance: [source.attendance], log: silentLog, onPeople: async () => {} };
    await backfill(deps, school, STAGED_DAY);
    const groups = await mentorGroups({ db }, school.id);
    for (const time of TIMES) {
      now = clockTime(time);
      await pullDay(deps, school.id, STAGED_DAY);
      const query = { schoolId: school.id, day: STAGED_DAY, now, longTerm: school.longTerm };
      seen.set(`school ${time}`, await readToday({ db }, query));
      for (const { id, name } of groups)
        seen.set(`${name} ${time}`, await readToday({ db }, { ...query, groupId: id }));
    }
  });
  after(async () => {
    await storage.close();
    await server.close();
  });

  const at = (group: Group, time: Time): SchoolToday =>
    seen.get(`${group} ${time}`) ?? assert.fail('not read');
  const those = (group: Group, time: Time, isChosen: (pupil: PupilToday) => boolean) =>
    at(group, time).pupils.filter((pupil) => isChosen(pupil) && !pupil.isProtected);
  const missing = (group: Group, time: Time) => those(group, time, ({ status }) => status === 'missing');
  const statusOf = (one: PupilToday | undefined, group: Group, time: Time) =>
    at(group, time).pupils.find(({ pupilId }) => pupilId === one?.pupilId)?.status;
  const noticedAt = (pupil: PupilToday) => stagedPupil(pupil)?.staged?.notice?.madeAt.slice(11);
  const stagedPupil = ({ pupilId }: PupilToday): DemoPupil | undefined =>
    municipality.schools.flatMap((one) => one.pupils).find(({ id }) => id === pupilId);

  it('lets the morning out', async () => {
    const { pupils, lessonsStarted, lessonsReported } = at('school', '08:45');
    const usual = await usualAbsent({ db: storage.db }, school.id, STAGED_DAY);
    const figures = { pupils: pupils.length, missing: missing('school', '08:45').length };

    assert.deepEqual(holdReasons({ ...figures, usual, lessonsStarted, lessonsReported }, school.gate), []);
  });

  it('has two to four missing in 8B, one of them long-term', () => {
    const count = missing('8B', '08:45').length;

    assert.ok(count >= 2 && count <= 4, `${count}`);
    assert.equal(missing('8B', '08:45').filter((pupil) => pupil.isLongTerm).length, 1);
  });

  it('has somebody late, somebody reported and somebody on leave', () => {
    const groups: readonly Group[] = ['8A', '8B', '8C'];
    const all = groups.flatMap((group) => those(group, '08:45', () => true));

    assert.ok(all.some(({ lateArrivals }) => lateArrivals > 0));
    assert.ok(all.some(({ notice }) => notice === 'reported'));
    assert.ok(all.some(({ notice }) => notice === 'leave'));
  });

  it('has a protected pupil of 8B away', () => {
    const away = at('8B', '08:45').pupils.filter((pupil) => pupil.isProtected);

    assert.deepEqual(
      away.map(({ status }) => status),
      ['missing'],
    );
  });

  it('has one lesson of the three groups unreported at the card, and reported at the refresh', () => {
    const unreported = (time: Time) =>
      (['8A', '8B', '8C'] as const).map((group) => at(group, time).unreportedLessons.length);

    assert.deepEqual(unreported('08:45'), [0, 0, 1]);
    assert.equal(unreported('10:00')[2], 0);
  });

  it('has a guardian report after the card, before the refresh', () => {
    const [pupil, ...others] = missing('8B', '08:45').filter((one) => {
      const time = noticedAt(one) ?? '';
      return time >= '08:50' && time <= '09:55';
    });

    assert.deepEqual(others, []);
    assert.equal(statusOf(pupil, '8B', '10:00'), 'reported');
  });

  it('has a guardian report at about twenty past eleven', () => {
    const pupil = missing('8A', '08:45').find((one) => noticedAt(one) === '11:20');

    assert.equal(statusOf(pupil, '8A', '10:00'), 'missing');
    assert.equal(statusOf(pupil, '8A', '12:00'), 'reported');
  });

  it('has somebody turn up in the third lesson', () => {
    const pupil = missing('8B', '10:00').find((one) => stagedPupil(one)?.staged?.misses === 2);

    assert.equal(statusOf(pupil, '8B', '08:45'), 'missing');
    assert.equal(statusOf(pupil, '8B', '12:00'), 'present');
  });

  it('has about one in ten away in all of the school', () => {
    const { pupils } = at('school', '12:00');

    const away = pupils.filter(({ status }) => status === 'missing' || status === 'reported').length;

    assert.ok(away / pupils.length > 0.07 && away / pupils.length < 0.2, `${away} of ${pupils.length}`);
  });
});

function clockTime(time: string): Temporal.Instant {
  const plainTime = Temporal.PlainTime.from(time);
  return STAGED_DAY.toZonedDateTime({ timeZone: 'Europe/Stockholm', plainTime }).toInstant();
}

async function openStorage(): Promise<Storage> {
  const [engine] = engines();
  return (await engine?.open()) ?? assert.fail('no database');
}
