import type { Temporal } from 'temporal-polyfill';
import type { Municipality, School } from '../../services/config/municipality.ts';
import { SeddError } from '../../services/errors.ts';
import { readSchoolMorningView } from '../../services/morning/read-school-morning-view.ts';
import { syncBindings } from '../../services/posts/conversations.ts';
import { type Db, openStorage } from '../../services/storage/database.ts';
import { startSedd } from '../compose.ts';
import { runJob } from '../runs.ts';
import { openParts, openSettings, type Variables } from './open.ts';

export interface MorningOptions {
  readonly school: string;
  readonly day?: Temporal.PlainDate;
  readonly dryRun?: boolean;
}

/**
 * `sedd morning`: one school's morning, now, as the schedule would run it. A dry run reads into a database that is thrown
 * away, tells in figures what would be shown, and needs no Teams.
 */
export async function morning(env: Variables, options: MorningOptions): Promise<void> {
  await (options.dryRun === true ? tryMorning(env, options) : runMorningNow(env, options));
}

async function tryMorning(env: Variables, options: MorningOptions): Promise<void> {
  const parts = await openSettings(env);
  const school = schoolOf(parts.municipality, options);
  const { db, close } = await openStorage({});
  await syncBindings(db, parts.municipality);
  const runs = { ...parts, db, schools: new Map([[school.id, school]]), jobs: { enqueue: async () => {} } };
  const day = options.day ?? parts.clock.now().toZonedDateTimeISO(school.timeZone).toPlainDate();
  await runJob(runs, { job: 'morning', schoolId: school.id, day: day.toString() });
  await tell(db, school, day);
  await close();
}

async function runMorningNow(env: Variables, options: MorningOptions): Promise<void> {
  const parts = await openParts(env);
  const school = schoolOf(parts.municipality, options);
  const day = options.day ?? parts.clock.now().toZonedDateTimeISO(school.timeZone).toPlainDate();
  const sedd = await startSedd({ ...parts, settings: { ...parts.settings, host: '127.0.0.1', port: 0 } });
  await runJob(sedd.runs, { job: 'morning', schoolId: school.id, day: day.toString() });
  await sedd.delivered();
  await tell(parts.storage.db, school, day);
  await sedd.stop();
}

function schoolOf(municipality: Municipality, { school: id }: MorningOptions): School {
  const school = municipality.schools.find((one) => one.id === id);
  if (school !== undefined) return school;
  const known = municipality.schools.map((one) => one.id).join(', ');
  throw new SeddError('run.noSchool', `There is no school "${id}". The municipality file has: ${known}`, {
    school: id,
  });
}

async function tell(db: Db, school: School, day: Temporal.PlainDate): Promise<void> {
  console.log(JSON.stringify(await readSchoolMorningView({ db }, school, day), undefined, 2));
}
