import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { createProgram } from '../../../bot/cli.ts';
import { reportCompliance } from '../../../bot/commands/report-compliance.ts';
import { exitCodeOf } from '../../../bot/exit.ts';
import { UsageError } from '../../../bot/usage-error.ts';
import { openStorage } from '../../../services/storage/database.ts';
import { openTestMunicipality, type TestMunicipality } from './municipality.ts';

const SCHOOL = 'torpaskolan-norr';
const DUE = Temporal.PlainDate.from('2026-11-20');
const AT = Temporal.Instant.from('2026-11-16T08:00:00Z');

describe('sedd report compliance', function () {
  this.timeout(60_000);
  let municipality: TestMunicipality;

  before(async () => {
    municipality = await openTestMunicipality();
    const storage = await openStorage({ dataDir: municipality.env.SEDD_DATA_DIR ?? '' });
    const cases = ['notice', 'investigation'].flatMap((level) =>
      Array.from({ length: level === 'notice' ? 6 : 2 }, (_, number) => ({ level, pupilId: `p${number}` })),
    );
    for (const { level, pupilId } of cases) {
      const common = {
        pupilId,
        schoolId: SCHOOL,
        level,
        routineValidFrom: Temporal.PlainDate.from('2026-08-01'),
      };
      const { id: caseId } = await storage.db
        .insertInto('routineCase')
        .values({
          ...common,
          state: 'open',
          crossedDay: DUE,
          crossing: '{}',
          proposedAt: AT,
          acceptedAt: AT,
          acceptedById: 'k',
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await storage.db
        .insertInto('routineStep')
        .values({
          ...common,
          caseId,
          round: 1,
          key: level === 'notice' ? 'mentorLooks' : 'guardianLetter',
          place: 0,
          role: 'mentor',
          dueInSchoolDays: 5,
          state: 'done',
          firstDueDay: DUE,
          dueDay: DUE,
          openedAt: AT,
          doneDay: pupilId === 'p0' ? DUE.add({ days: 3 }) : DUE,
          endedAt: AT,
        })
        .execute();
    }
    await storage.close();
  });
  after(() => municipality.close());

  const period = { from: Temporal.PlainDate.from('2026-08-18'), to: Temporal.PlainDate.from('2026-12-18') };

  async function report(more: object): Promise<readonly string[]> {
    const out = join(municipality.folder, 'report.csv');
    await reportCompliance(municipality.env, { ...period, out, ...more });
    const text = readFileSync(out, 'utf8');
    assert.ok(text.startsWith('\uFEFFSkola;Från;Till;Nivå;Steg;Elever;Antal steg;I tid;'));
    return text.split('\r\n').slice(1);
  }

  it('tells the school itself everything, with shares that a Swedish spreadsheet reads', async () => {
    const rows = await report({ school: SCHOOL, withinSchool: true });

    const start = 'Torpaskolan Norr;2026-08-18;2026-12-18';
    assert.deepEqual(rows, [
      `${start};Brev, EHT och enkel utredning;Brev till vårdnadshavare;2;2;1;1;0;0;0;0;50,0;50,0;0,0;0,0;0,0`,
      `${start};Mentorn uppmärksammar;Mentorn ser över frånvaron;6;6;5;1;0;0;0;0;83,3;16,7;0,0;0,0;0,0`,
      `${start};Hela skolan;;;8;6;2;0;0;0;0;75,0;25,0;0,0;0,0;0,0`,
      '',
    ]);
  });

  it('tells others nothing of few pupils, nor what they could be worked out from', async () => {
    const rows = await report({});

    const figures = rows.map((row) => row.split(';').slice(5).join(';'));
    const few = `färre än 5${';'.repeat(12)}`;
    assert.deepEqual(figures, [few, few, ';8;6;2;0;0;0;0;75,0;25,0;0,0;0,0;0,0', '']);
  });

  it('puts down that it was made', async () => {
    await report({ school: SCHOOL, withinSchool: true });

    const storage = await openStorage({ dataDir: municipality.env.SEDD_DATA_DIR ?? '' });
    const rows = await storage.db
      .selectFrom('audit')
      .selectAll()
      .where('action', '=', 'report.compliance')
      .execute();
    await storage.close();
    assert.deepEqual(rows.at(-1)?.details, { withinSchool: true });
    assert.equal(rows.at(-1)?.actorId, 'cli');
  });

  it('is refused as wrong usage: small groups of all schools, an unknown school, a period that ends before it begins', async () => {
    await assert.rejects(report({ withinSchool: true }), UsageError);
    await assert.rejects(report({ school: 'nowhere' }), UsageError);
    await assert.rejects(report({ from: period.to, to: period.from }), /ends before it begins/);
  });

  it('fails where it cannot be written, and says where', async () => {
    const out = join(municipality.folder, 'no', 'such', 'folder.csv');

    await assert.rejects(report({ out }), (error) => {
      assert.match(String(error), /folder\.csv \(ENOENT\)/);
      return exitCodeOf(error) === 1;
    });
  });

  it('stands in the command line', async () => {
    const silent = { writeOut: () => {}, writeErr: () => {} };
    const program = createProgram(municipality.env, silent);

    await assert.rejects(
      program.parseAsync(['report', 'compliance', '--within-school', '--from', '2026-08-18'], {
        from: 'user',
      }),
      UsageError,
    );
  });
});
