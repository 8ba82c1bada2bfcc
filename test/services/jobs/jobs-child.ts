import { startJobs } from '../../../services/jobs/jobs.ts';
import { silentLog } from '../../../services/log.ts';
import { openStorage } from '../../../services/storage/database.ts';

/** `jobs-child.ts <folder>`: begins a run, a delivery and a tick, tells of each, and finishes none. */
const [dataDir] = process.argv.slice(2);

const storage = await openStorage({ dataDir });
const jobs = await startJobs({ storage, log: silentLog, timeZone: 'Europe/Stockholm' });
for (const queue of ['run', 'deliver', 'tick'] as const) {
  await jobs.work(queue, async () => {
    console.log(queue);
    await new Promise(() => {});
  });
}
await jobs.enqueue(storage.db, 'run', { job: 'morning', schoolId: 'norr', day: '2026-11-23' });
await jobs.enqueue(storage.db, 'deliver', {});
await jobs.enqueue(storage.db, 'tick', {});
