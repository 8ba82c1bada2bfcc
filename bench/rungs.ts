import { sql } from 'kysely';
import { municipalityFrom } from '../services/config/load-municipality.ts';
import { municipalityFile } from '../services/config/municipality.ts';
import { takeRungs } from '../services/follow-up/take-rungs.ts';
import { silentLog } from '../services/log.ts';
import { type Db, openStorage } from '../services/storage/database.ts';
import { clockTime, guid, MONDAY, TENANT } from '../test/support/small-school.ts';
import { aim, type Bench, type BenchRow } from './bench-row.ts';
import { type Engine, enginesOf } from './databases.ts';
import { median, timed } from './measure.ts';

const FOLLOW_UPS = 10_000;
const SCHOOLS = 20;
const TICKS = 15;
const MOST_MS = 200;

/** What every minute asks of a day on which very many are still to be contacted, and all have been reminded. */
export const rungs: Bench = {
  title: `A tick over ${FOLLOW_UPS} open follow-ups at ${SCHOOLS} schools, all of them reminded of`,
  run: async (options) => {
    const rows: BenchRow[] = [];
    for (const engine of enginesOf(options)) {
      options.say(`ticks on ${engine.name}`);
      rows.push(await onEngine(engine));
    }
    return rows;
  },
};

async function onEngine(engine: Engine): Promise<BenchRow> {
  const database = await engine.create();
  const storage = await openStorage(database.options);
  try {
    await fill(storage.db);
    const ticks: number[] = [];
    for (let count = 0; count < TICKS; count += 1) ticks.push(await timed(() => tick(storage.db)));
    const ms = median(ticks);
    return {
      what: engine.name,
      measured: `${ms.toFixed(0)} ms, at most ${Math.max(...ticks).toFixed(0)} ms`,
      aim: aim([`< ${MOST_MS} ms`, ms < MOST_MS]),
    };
  } finally {
    await storage.close();
    await database.drop();
  }
}

/** Ten in the morning has passed, and everybody has been told of it. */
async function tick(db: Db): Promise<void> {
  const sent = await takeRungs({
    db,
    log: silentLog,
    clock: { now: () => clockTime('10:30') },
    jobs: { enqueue: async () => {} },
    schools,
    whoIsAway: async () => new Set(),
    onReminded: async () => {},
  });
  if (sent > 0) throw new Error(`${sent} reminders were sent: what is measured is a minute without any`);
}

async function fill(db: Db): Promise<void> {
  await sql`
    insert into follow_up (id, pupil_id, school_id, group_id, day, reason, state, responsible_staff_id, opened_at, due_at, first_due_at)
    select 'f' || n, 'p' || n, 'skola-' || n % ${SCHOOLS}::int, 'g' || n % 400, ${MONDAY}, 'unreportedAbsence', 'open', 's' || n % 400,
      ${clockTime('08:45')}, ${clockTime('10:00')}, ${clockTime('10:00')}
    from generate_series(1, ${FOLLOW_UPS}::int) as n`.execute(db);
  await sql`
    insert into pupil (id, school_id, given_name, family_name, grade, is_protected)
    select pupil_id, school_id, 'Elev', id, 8, false from follow_up`.execute(db);
  await sql`
    insert into reminder_batch (id, school_id, day, rung, staff_id, conversation_id, at)
    values ('b', 'skola-0', ${MONDAY}, 'due', 's0', 'c', ${clockTime('10:00')})`.execute(db);
  await sql`
    insert into reminder (follow_up_id, rung, batch_id, at)
    select id, 'due', 'b', ${clockTime('10:00')} from follow_up`.execute(db);
}

const municipality = municipalityFrom(
  municipalityFile.parse({
    municipality: 'Storköping',
    teams: { tenants: [TENANT], serviceUrl: 'http://127.0.0.1:1/' },
    calendar: { schoolYear: '2026/2027', terms: [{ from: MONDAY.toString(), to: '2026-12-18' }] },
    sources: [
      { id: 'none', kind: 'ss12000', url: 'http://127.0.0.1:1/', gives: ['roster', 'lessons', 'notices'] },
    ],
    schools: Array.from({ length: SCHOOLS }, (_, index) => ({
      id: `skola-${index}`,
      name: `Skola ${index}`,
      organisation: guid(9, index),
    })),
  }),
);
const schools = new Map(municipality.schools.map((school) => [school.id, school]));
