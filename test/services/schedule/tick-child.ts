import { Temporal } from 'temporal-polyfill';
import { startJobs } from '../../../services/jobs/jobs.ts';
import { silentLog } from '../../../services/log.ts';
import { tick } from '../../../services/schedule/tick.ts';
import { openStorage } from '../../../services/storage/database.ts';
import { municipalityWith } from './schools.ts';

/** `tick-child.ts <folder>`: lets a morning fall due, tells of each run that is begun, and finishes none. */
const [dataDir] = process.argv.slice(2);

const storage = await openStorage({ dataDir });
const jobs = await startJobs({ storage, log: silentLog, timeZone: 'Europe/Stockholm' });
const clock = { now: () => Temporal.Instant.from('2026-11-23T07:45:00Z') };
await jobs.work(
  'run',
  async ({ job }) => {
    console.log(job);
    await new Promise(() => {});
  },
  { atOnce: 3 },
);
const deps = { db: storage.db, jobs, municipality: municipalityWith(), clock, log: silentLog };
await tick(deps);
// What yields to the morning.
await tick(deps);
