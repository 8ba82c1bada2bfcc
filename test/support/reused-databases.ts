import { sql } from 'kysely';
import type { Db, Storage } from '../../services/storage/database.ts';

/** Kept ready by a process; more are never open at once in a spec that runs by itself. */
const MOST_IDLE = 3;
/** Whoever still holds a table after so long is a spec that has not come to its end: its database is not for the next. */
const LONGEST_WAIT_MS = 2_000;
/** What is true of every database of this version of the code. */
const KEPT = ['sedd_migration', 'sedd_migration_lock', 'version', 'queue'];

/** Databases that go from one spec to the next, emptied: making one anew is most of what many a spec would take. */
export class ReusedDatabases {
  private readonly make: () => Promise<Storage>;
  private readonly idle: Storage[] = [];

  constructor(make: () => Promise<Storage>) {
    this.make = make;
  }

  /** A database with every table and no rows. */
  async open(): Promise<Storage> {
    const storage = this.idle.pop() ?? (await this.make());
    let closed: Promise<void> | undefined;
    return {
      ...storage,
      close: () => {
        closed ??= this.takeBack(storage);
        return closed;
      },
    };
  }

  /** Ends those that wait for a spec. */
  async end(): Promise<void> {
    await Promise.all(this.idle.splice(0).map((storage) => storage.close()));
  }

  private async takeBack(storage: Storage): Promise<void> {
    if (this.idle.length < MOST_IDLE && (await isEmptied(storage.db))) this.idle.push(storage);
    else await storage.close();
  }
}

/** Takes every row out of it, also where Sedd itself may not; false where that cannot be done. */
async function isEmptied(db: Db): Promise<boolean> {
  try {
    await db.connection().execute(async (own) => {
      await sql`select set_config('lock_timeout', ${String(LONGEST_WAIT_MS)}, false)`.execute(own);
      await emptyTables(own);
      await sql`reset lock_timeout`.execute(own);
    });
    return true;
  } catch {
    return false;
  }
}

async function emptyTables(db: Db): Promise<void> {
  const { rows } = await sql<{ readonly name: string }>`
    select format('%I.%I', schemaname, relname) as name from pg_stat_user_tables
    where relname <> all(${KEPT}) and pg_relation_size(relid) > 0`.execute(db);
  if (rows.length === 0) return;
  const names = rows.map(({ name }) => name).join(', ');
  await sql`alter table audit disable trigger user`.execute(db);
  await sql`truncate ${sql.raw(names)} restart identity cascade`.execute(db);
  await sql`alter table audit enable trigger user`.execute(db);
}
