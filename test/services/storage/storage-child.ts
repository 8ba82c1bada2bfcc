import { Temporal } from 'temporal-polyfill';
import { openStorage } from '../../../services/storage/database.ts';

/**
 * `storage-child.ts <folder> hold`: opens the data folder and keeps it.
 * `storage-child.ts <folder> write <last>`: writes rows from the number after `last` until it is killed, and tells the number
 * of each that is committed.
 */
const [dataDir, task, last] = process.argv.slice(2);

const { db } = await openStorage({ dataDir });
console.log('open');
// Keeps the process alive.
setInterval(() => {}, 60_000);
if (task === 'write') {
  const row = { cursor: 'x'.repeat(2_000), readAt: Temporal.Instant.from('2026-11-23T07:45:00Z') };
  for (let number = Number(last) + 1; ; number += 1) {
    await db
      .insertInto('sourceCursor')
      .values({ sourceId: `row${number}`, ...row })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    console.log(String(number));
  }
}
