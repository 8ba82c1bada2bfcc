import { type Clock, dayAt } from '../clock.ts';
import type { Municipality } from '../config/municipality.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Log } from '../log.ts';
import type { Db } from '../storage/database.ts';
import { type DueRun, dueAtSchool, dueRoster } from './due.ts';
import { dueEhtLists, meetingsToList } from './due-eht.ts';
import { putDown, readLedger } from './ledger.ts';
import { dueReread, rereadForNews } from './reread.ts';
import { rosterTime } from './schedule.ts';

export interface TickDeps {
  readonly db: Db;
  readonly jobs: Pick<Jobs, 'enqueue'>;
  readonly municipality: Municipality;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Does what falls due: puts each run down in the ledger and enqueues it, in one transaction. Answers the runs that this call
 * put down; a second call, or another replica at the same time, answers none. With news from the student system, the day is
 * read again at once.
 */
export async function tick(deps: TickDeps, { hasNews } = { hasNews: false }): Promise<readonly DueRun[]> {
  const now = deps.clock.now();
  const begun = await deps.db.transaction().execute(async (trx) => {
    const mine: DueRun[] = [];
    for (const run of await dueNow({ ...deps, db: trx }, hasNews)) {
      if (!(await putDown(trx, run, now))) continue;
      mine.push(run);
      if (run.action === 'skip') continue;
      await deps.jobs.enqueue(trx, 'run', { job: run.job, schoolId: run.schoolId, day: run.day.toString() });
    }
    return mine;
  });
  for (const run of begun) tell(deps.log, run);
  return begun;
}

async function dueNow({ db, municipality, clock }: TickDeps, hasNews: boolean): Promise<readonly DueRun[]> {
  const now = clock.now();
  const today = dayAt(now, municipality);
  const meetings = municipality.schools.flatMap((school) => meetingsToList(school, now));
  const ledgerOf = await readLedger(db, [today, ...meetings.map(({ day }) => day)]);
  const at = rosterTime(municipality.schools);
  const rosters = municipality.sources
    .filter((source) => source.gives.includes('roster'))
    .flatMap(({ id }) =>
      dueRoster({ id, at, timeZone: municipality.timeZone }, ledgerOf({ schoolId: id, day: today }), now),
    );
  const reread = hasNews ? rereadForNews : dueReread;
  const schools = municipality.schools.flatMap((school) => {
    const ledger = ledgerOf({ schoolId: school.id, day: today });
    const lists = dueEhtLists(school, (day) => ledgerOf({ schoolId: school.id, day }), now);
    return [...dueAtSchool(school, ledger, now), ...reread(school, ledger, now), ...lists];
  });
  return [...rosters, ...schools];
}

function tell(log: Log, run: DueRun): void {
  const facts = { job: run.job, school: run.schoolId, day: run.day.toString(), note: run.note };
  if (run.action === 'run') log.debug(facts, 'A job fell due');
  else log.warn(facts, 'A job was missed and is skipped: Sedd was not running when it fell due');
}
