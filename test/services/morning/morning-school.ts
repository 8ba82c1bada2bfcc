import type { Temporal } from 'temporal-polyfill';
import { type RunDeps, runJob } from '../../../bot/runs.ts';
import type { AttendanceSource } from '../../../services/attendance/attendance-source.ts';
import type { School } from '../../../services/config/municipality.ts';
import { followSettledDay } from '../../../services/digest/settled-day.ts';
import { createLog } from '../../../services/log.ts';
import { followPeople } from '../../../services/morning/follow-people.ts';
import { readMorningView } from '../../../services/morning/read-morning-view.ts';
import { readSchoolMorningView } from '../../../services/morning/read-school-morning-view.ts';
import { syncBindings } from '../../../services/posts/conversations.ts';
import type { Storage } from '../../../services/storage/database.ts';
import { atOnce } from '../../../services/storage/taking-turns.ts';
import type { TestEngine } from '../../support/databases.ts';
import { recordingChat } from '../../support/recording-chat.ts';
import {
  clockTime,
  groupId,
  MONDAY,
  type SmallSchool,
  smallMunicipality,
  smallSchool,
} from '../../support/small-school.ts';

/** A school's mornings over a database, without Teams, jobs and HTTP. */
export interface MorningSchool extends SmallSchool {
  readonly storage: Storage;
  readonly config: School;
  readonly runs: RunDeps;
  /** What was enqueued, by queue. */
  readonly enqueued: string[];
  readonly log: string[];
  /** The sources of attendance; a test may change them. */
  sources: AttendanceSource[];
  at(time: string, day?: Temporal.PlainDate): void;
  run(job: 'roster' | 'morning' | 'refresh' | 'dayClose', day?: Temporal.PlainDate): Promise<void>;
  group(number: number, day?: Temporal.PlainDate): ReturnType<typeof readMorningView>;
  whole(day?: Temporal.PlainDate): ReturnType<typeof readSchoolMorningView>;
  /** Pupil, state and reason of each follow-up. */
  followUps(): Promise<readonly (readonly string[])[]>;
  /** Purpose of each card, and how often it was wanted. */
  wanted(): Promise<readonly string[]>;
  /** Lets these pupils miss the ten school days before the Monday. */
  longTermAbsent(...pupils: readonly number[]): Promise<void>;
  close(): Promise<void>;
}

export interface MorningSchoolOptions {
  readonly groups?: number;
  readonly perGroup?: number;
  readonly withProtected?: boolean;
  readonly municipality?: Readonly<Record<string, unknown>>;
}

export async function openMorningSchool(
  engine: TestEngine,
  options: MorningSchoolOptions = {},
): Promise<MorningSchool> {
  const { groups = 2, perGroup = 10, withProtected = false } = options;
  let now = clockTime('08:45');
  const storage = await engine.open();
  const municipality = smallMunicipality('http://127.0.0.1:1/', groups, options.municipality);
  await syncBindings(storage.db, municipality);
  const school = smallSchool(groups, perGroup, { withProtected, now: () => now });
  const [config] = municipality.schools;
  if (config === undefined) throw new Error('no school');
  const enqueued: string[] = [];
  const log: string[] = [];
  const own: MorningSchool = Object.assign(school, {
    storage,
    config,
    enqueued,
    log,
    sources: [school.attendance],
    runs: {
      db: storage.db,
      jobs: { enqueue: async (_db: unknown, queue: string) => void enqueued.push(queue) },
      clock: { now: () => now },
      log: createLog('debug', { write: (line: string) => log.push(line) }),
      schools: new Map([[config.id, config]]),
      rosters: [school.roster],
      chat: recordingChat().chat,
      inTurn: atOnce,
      wireClock: { now: () => now },
      tenants: municipality.teams.tenants,
      roleAddresses: () => [],
      onSettled: followSettledDay,
      stepOwners: async () => ({ staffIds: [], addresses: [] }),
      get attendance() {
        return own.sources;
      },
      onPeople: async (trx: Storage['db'], news: { readonly protectedIds: readonly string[] }) =>
        void (await followPeople(trx, news, now.toZonedDateTimeISO(config.timeZone).toPlainDate())),
    },
    at: (time: string, day = MONDAY) => {
      now = clockTime(time, day);
    },
    run: async (job: string, day = MONDAY) => {
      const schoolId = job === 'roster' ? school.roster.id : config.id;
      await runJob(own.runs, { job, schoolId, day: day.toString() });
    },
    group: (number: number, day = MONDAY) => readMorningView(storage, config, groupId(number), day),
    whole: (day = MONDAY) => readSchoolMorningView(storage, config, day),
    followUps: async () => {
      const rows = await storage.db.selectFrom('followUp').selectAll().orderBy('pupilId').execute();
      return rows.map((row) => [row.pupilId, row.state, row.reason]);
    },
    wanted: async () => {
      const rows = await storage.db.selectFrom('post').selectAll().orderBy('purpose').execute();
      return rows.map((row) => `${row.purpose} ${row.wantedVersion}`);
    },
    longTermAbsent: async (...pupils: readonly number[]) => {
      const days = daysBefore(10);
      const { marks } = own;
      own.days = [...days.map(String), ...own.days];
      own.marks = (pupil) => (pupils.includes(pupil) ? 'missing' : 'here');
      await own.run('roster');
      for (const day of days) await own.run('dayClose', day);
      own.marks = marks;
    },
    close: () => storage.close(),
  });
  return own;
}

/** So many school days before the Monday, the last first. */
export function daysBefore(count: number): readonly Temporal.PlainDate[] {
  const days: Temporal.PlainDate[] = [];
  for (let day = MONDAY.subtract({ days: 1 }); days.length < count; day = day.subtract({ days: 1 })) {
    if (day.dayOfWeek < 6) days.push(day);
  }
  return days;
}
