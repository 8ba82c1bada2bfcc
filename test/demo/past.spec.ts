import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { openSources } from '../../bot/commands/open.ts';
import { demoConfiguration, shownSchool } from '../../demo/configuration.ts';
import { liveRoutine } from '../../demo/lived-routine.ts';
import { type DemoPupil, makeUp } from '../../demo/municipality.ts';
import { type PastDeps, readPast } from '../../demo/past.ts';
import { DEMO_CLIENT, type Ss12000Server, startSs12000Server } from '../../demo/ss12000-server.ts';
import { STAGED_DAY } from '../../demo/staged.ts';
import { rolesAt, viewerOf } from '../../demo/world.ts';
import { loadRoutines, shippedRoutine } from '../../services/config/load-routine.ts';
import { silentLog } from '../../services/log.ts';
import { type CaseWithSteps, readCases } from '../../services/routine/read-cases.ts';
import { addCompliance, readCompliance } from '../../services/routine/read-compliance.ts';
import type { Storage } from '../../services/storage/database.ts';
import { engines } from '../support/databases.ts';

const OPENING = Temporal.Instant.from('2026-11-23T08:40:00+01:00');
const STATES = ['proposed', 'open', 'closed', 'withdrawn'] as const;

for (const seed of [1, 7]) {
  describe(`the demo’s past (seed ${seed})`, function () {
    // A whole term is read, on a machine that may be busy.
    this.timeout(240_000);
    const municipality = makeUp(seed);
    const made = shownSchool(municipality);
    let server: Ss12000Server;
    let storage: Storage;
    let deps: PastDeps;
    let cases: readonly CaseWithSteps[];

    before(async () => {
      const clock = { now: () => OPENING };
      server = await startSs12000Server({ municipality, clock });
      const configuration = demoConfiguration({
        source: server,
        serviceUrl: 'http://127.0.0.1:1/',
        roles: rolesAt(made),
      });
      const [source] = openSources(configuration, { sourceCredentials: DEMO_CLIENT }, clock);
      assert.ok(source?.roster !== undefined && source.attendance !== undefined);
      const { routines } = await loadRoutines({ routinePath: shippedRoutine, configPath: shippedRoutine });
      const [rosters, attendance] = [[source.roster], [source.attendance]];
      deps = { municipality, configuration, routines, rosters, attendance, clock, log: silentLog };
      storage = await openDatabase();
      await readPast(deps, storage);
      cases = await read();
    });
    after(async () => {
      await storage?.close();
      await server?.close();
    });

    const read = () => readCases(storage.db, { schoolId: made.id, states: STATES });
    const pupilOf = ({ pupilId }: { readonly pupilId: string }): DemoPupil =>
      made.pupils.find(({ id }) => id === pupilId) ?? assert.fail('not of the school');
    const waiting = () => cases.filter(({ state }) => state === 'proposed');

    it('has every school day of the term until the opening', async () => {
      const { rows } = await sql<{ days: number; first: string; last: string }>`
        select count(distinct day)::int as days, min(day)::text as first, max(day)::text as last from day_sum`.execute(
        storage.db,
      );

      assert.deepEqual(rows, [{ days: 64, first: '2026-08-18', last: '2026-11-20' }]);
    });

    it('leaves three to five proposals of different levels to the opening morning', () => {
      const levels = new Set(waiting().map(({ level }) => level));

      assert.ok(waiting().length >= 3 && waiting().length <= 5, `${waiting().length}`);
      assert.ok(levels.size >= 2, [...levels].join());
      assert.ok(cases.every(({ asks }) => asks === null));
    });

    it('has a pupil of the viewer’s class among them, above 20 %, and the protected one', () => {
      const own = waiting().filter((one) => pupilOf(one).className === '8B');

      assert.ok(own.some((one) => one.level === 'investigation' && !pupilOf(one).isProtected));
      assert.ok(own.some((one) => pupilOf(one).isProtected));
    });

    it('has the routine followed for the most part, and not always', async () => {
      const lines = await readCompliance(storage.db, {
        schoolId: made.id,
        firstDay: Temporal.PlainDate.from('2026-10-01'),
        lastDay: STAGED_DAY,
        day: STAGED_DAY,
        timeZone: 'Europe/Stockholm',
      });

      const { steps, onTime, late, overdue, notNeeded } = addCompliance(lines);

      assert.ok(steps > 100, `${steps}`);
      assert.ok(onTime / steps > 0.5 && onTime / steps < 0.9, `${onTime} of ${steps}`);
      assert.ok(late > 0 && overdue > 0 && notNeeded > 0, `${late} ${overdue} ${notNeeded}`);
      assert.ok(new Set(lines.map(({ level }) => level)).size === 4);
    });

    it('has each thing done by somebody on the staff, at its own time', async () => {
      const deeds = await storage.db
        .selectFrom('audit')
        .selectAll()
        .where('actorName', 'is not', null)
        .execute();
      const names = new Set(made.teachers.map(({ givenName, familyName }) => `${givenName} ${familyName}`));
      const viewer = viewerOf(made);

      assert.ok(deeds.every(({ actorName }) => names.has(actorName ?? '')));
      assert.ok(new Set(deeds.map(({ at }) => at.toString())).size > 100);
      assert.ok(deeds.every(({ at }) => Temporal.Instant.compare(at, OPENING) < 0));
      const accepted = cases.filter(({ state }) => state === 'open');
      assert.ok(accepted.every((one) => one.acceptedByName === `${viewer.givenName} ${viewer.familyName}`));
    });

    it('has appointed contact persons, and none for the protected', async () => {
      const rows = await storage.db.selectFrom('contactPerson').select('pupilId').execute();

      assert.ok(rows.length > 10, `${rows.length}`);
      assert.ok(rows.every((one) => !pupilOf(one).isProtected));
    });

    it('is the same for the same seed', async () => {
      const first = cases.map(shown);

      await sql`truncate routine_step, routine_case, contact_person, eht_meeting, eht_pupil, eht_point, eht_decision cascade`.execute(
        storage.db,
      );
      await liveRoutine({
        db: storage.db,
        seed,
        made,
        school: shownSchool(deps.configuration),
        municipality: deps.configuration,
        routines: deps.routines,
        log: silentLog,
        opening: STAGED_DAY,
      });

      assert.deepEqual((await read()).map(shown), first);
    });
  });
}

/** Without ids, which are others each time. */
function shown({ pupilId, level, state, round, crossedDay, steps }: CaseWithSteps): object {
  return {
    pupilId,
    level,
    state,
    round,
    crossedDay: crossedDay.toString(),
    steps: steps.map((step) => [step.key, step.state, step.dueDay.toString(), step.doneDay?.toString()]),
  };
}

async function openDatabase(): Promise<Storage> {
  const [engine] = engines();
  return (await engine?.open()) ?? assert.fail('no database');
}
