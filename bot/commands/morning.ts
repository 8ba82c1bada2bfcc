import type { Temporal } from 'temporal-polyfill';
import { isSchoolDay } from '../../services/calendar/school-days.ts';
import type { Clock } from '../../services/clock.ts';
import { systemClock } from '../../services/clock.ts';
import type { School } from '../../services/config/municipality.ts';
import { SeddError } from '../../services/errors.ts';
import { syncBindings } from '../../services/posts/conversations.ts';
import { openStorage } from '../../services/storage/database.ts';
import { atOnce } from '../../services/storage/taking-turns.ts';
import { startSedd } from '../compose.ts';
import { runJob } from '../runs.ts';
import { UsageError } from '../usage-error.ts';
import { morningText } from './morning-text.ts';
import { openParts, openSettings, type Variables } from './open.ts';
import { schoolNamed } from './school-named.ts';

export interface MorningOptions {
  readonly school: string;
  readonly day?: Temporal.PlainDate;
  /** Time of day on the school's clock, for a dry run. */
  readonly now?: Temporal.PlainTime;
  readonly dryRun?: boolean;
}

type Settings = Awaited<ReturnType<typeof openSettings>>;

/**
 * `sedd morning`: one school's morning, now, as the schedule would run it. A dry run reads into a database that is thrown
 * away, tells in figures what would be shown, and needs no Teams.
 */
export async function morning(env: Variables, options: MorningOptions): Promise<void> {
  const settings = await openSettings(env, process.stderr);
  const school = schoolNamed(settings.municipality, options.school);
  const now = settings.clock.now().toZonedDateTimeISO(school.timeZone);
  const day = options.day ?? now.toPlainDate();
  refuseWrongDay(school, day, now.toPlainDate(), options);
  if (options.dryRun !== true) return await runMorningNow(env, school, day);
  const at =
    options.now === undefined
      ? undefined
      : day.toZonedDateTime({ timeZone: school.timeZone, plainTime: options.now });
  const clock = at === undefined ? settings.clock : { now: () => at.toInstant() };
  await tryMorning({ ...settings, clock }, school, day);
}

/** Mentors get a card on the day it is about, or not at all. */
function refuseWrongDay(
  school: School,
  day: Temporal.PlainDate,
  today: Temporal.PlainDate,
  { dryRun = false, now }: MorningOptions,
): void {
  if (!isSchoolDay(school.calendar, day))
    throw new UsageError(
      `${day} is no school day at ${school.name}, by the calendar in the municipality file.`,
    );
  if (dryRun) return;
  if (!day.equals(today))
    throw new UsageError(
      'Cards of another day are not posted. With --dry-run it only tells what they would show.',
    );
  if (now !== undefined)
    throw new UsageError('--now is for a dry run: a card says what is known when it is posted.');
}

async function tryMorning(
  settings: Settings & { readonly clock: Clock },
  school: School,
  day: Temporal.PlainDate,
): Promise<void> {
  const { db, close } = await openStorage({});
  try {
    await syncBindings(db, settings.municipality);
    const schools = new Map([[school.id, school]]);
    const nobody = { members: async () => [], openPersonal: async () => '' };
    const nothing = {
      jobs: { enqueue: async () => {} },
      onPeople: async () => {},
      onSettled: async () => {},
      inTurn: atOnce,
      chat: nobody,
      tenants: [],
      roleAddresses: () => [],
      stepOwners: async () => ({ staffIds: [], addresses: [] }),
    };
    await runJob(
      { ...settings, ...nothing, wireClock: systemClock, db, schools },
      { job: 'morning', schoolId: school.id, day: day.toString() },
    );
    console.log(await morningText(db, school, day, { isDryRun: true }));
  } finally {
    await close();
  }
}

async function runMorningNow(env: Variables, school: School, day: Temporal.PlainDate): Promise<void> {
  const parts = await openParts(env, process.stderr).catch(explainLock(school));
  const sedd = await startSedd({ ...parts, settings: { ...parts.settings, host: '127.0.0.1', port: 0 } });
  try {
    await runJob(sedd.runs, { job: 'morning', schoolId: school.id, day: day.toString() });
    await sedd.delivered();
    console.log(await morningText(parts.storage.db, school, day, { isDryRun: false }));
  } finally {
    await sedd.stop();
  }
}

/** Where Sedd runs with the database in its process, it is the one to do it. */
function explainLock({ times }: School) {
  return (error: unknown): never => {
    if (!(error instanceof SeddError) || error.code !== 'storage.locked') throw error;
    throw new SeddError(
      'morning.locked',
      `Sedd is running with this data folder, and does the morning itself at ${times.morning}. To do it by hand now, stop that process first; with --dry-run it only tells what would be shown, and may be done meanwhile.`,
      error.facts,
      error,
    );
  };
}
