import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '../../../services/config/config-faults.ts';
import { routineSchema } from '../../../services/config/json-schema.ts';
import { loadRoutines, parseRoutines, shippedRoutine } from '../../../services/config/load-routine.ts';
import { spoilt } from './file.ts';

const RIGHT = `routines:
  - validFrom: 2026-08-01
    name: Rutin
    levels:
      - key: notice
        name: Ser över
        when:
          - { metric: totalAbsence, window: fourWeeks, over: 0.1 }
          - { metric: consecutiveDays, over: 5 }
        steps:
          - { key: look, name: Ser över, role: mentor, dueInSchoolDays: 5 }
      - key: investigation
        name: Utredning
        when:
          - { metric: totalAbsence, window: fourWeeks, over: 0.2 }
        steps:
          - { key: letter, name: Brev, role: attendanceCoordinator, dueInSchoolDays: 5 }
`;

/** Every fault of the text, as `line path: reason. remedy`. */
function toldOf(text: string): readonly string[] {
  try {
    parseRoutines(text, 'routine.yaml');
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.faults.map(
      ({ line, path, reason, remedy }) =>
        `${line ?? '-'} ${path}: ${reason}${remedy === undefined ? '' : `. ${remedy}`}`,
    );
  }
}

const row = 'routines[0].levels[0].when[1]';
const EHT = `    eht:
      checklist:
        - { key: heard, name: Eleven har fått berätta }
        - { key: mapped, name: Kartläggning gjord, levels: [investigation] }
      decisions:
        - { key: plan, name: Handlingsplan, dueInSchoolDays: 3 }
        - { key: meet, name: Möte, dueInSchoolDays: 1 }
`;

const table: readonly (readonly [string, string, readonly string[]])[] = [
  ['is right', RIGHT, []],
  ['is empty', '', ['- : The file is empty. Begin with a copy of config/routine.yaml']],
  [
    'gives percent for a share',
    spoilt('over: 0.1 ', 'over: 10 ', RIGHT),
    [
      '8 routines[0].levels[0].when[0].over: Nobody can be absent for more than everything. It is a share below 1: 0.2 is 20 %',
    ],
  ],
  [
    'counts in halves',
    spoilt('over: 5 }', 'over: 5.5 }', RIGHT),
    [`9 ${row}.over: must be a whole number: consecutiveDays is counted`],
  ],
  [
    'gives days in a row a window',
    spoilt('consecutiveDays, over', 'consecutiveDays, window: term, over', RIGHT),
    [`9 ${row}.window: Days in a row have no window. Take it out`],
  ],
  [
    'gives occasions none',
    spoilt('consecutiveDays', 'occasions', RIGHT),
    [`9 ${row}.window: is missing. Say over which days, such as fourWeeks`],
  ],
  [
    'has one step twice, in different levels',
    spoilt('key: letter', 'key: look', RIGHT),
    ['17 routines[0].levels[1].steps[0].key: "look" stands twice'],
  ],
  [
    'has one level twice',
    spoilt('key: investigation', 'key: notice', RIGHT),
    ['12 routines[0].levels[1].key: "notice" stands twice'],
  ],
  [
    'misspells a setting',
    spoilt('dueInSchoolDays', 'dueInSchooldays', RIGHT),
    [
      '11 routines[0].levels[0].steps[0].dueInSchoolDays: is missing. See config/routine.yaml',
      '11 routines[0].levels[0].steps[0].dueInSchooldays: There is no such setting. Did you mean "dueInSchoolDays"?',
    ],
  ],
  [
    'has two routines from one day',
    RIGHT + RIGHT.replace('routines:\n', ''),
    ['18 routines[1].validFrom: "2026-08-01" stands twice'],
  ],
  ['has what EHT ticks and decides', RIGHT + EHT, []],
  [
    'has a point or a decision of EHT’s twice, or a point for a level that there is not',
    RIGHT +
      EHT.replace('key: mapped', 'key: heard')
        .replace('[investigation]', '[investigation, worst]')
        .replace('key: meet', 'key: plan'),
    [
      '21 routines[0].eht.checklist[1].key: "heard" stands twice',
      '21 routines[0].eht.checklist[1].levels[1]: There is no level "worst"',
      '24 routines[0].eht.decisions[1].key: "plan" stands twice',
    ],
  ],
  [
    'has faults of both kinds',
    spoilt('role: mentor', 'role: teacher', spoilt('over: 5 }', 'over: 5.5 }', RIGHT)),
    [
      `9 ${row}.over: must be a whole number: consecutiveDays is counted`,
      '11 routines[0].levels[0].steps[0].role: must be one of mentor, contactPerson, attendanceCoordinator, mobileSchoolTeam, principal, ehtMember',
    ],
  ],
];

describe('a routine file', () => {
  for (const [what, text, told] of table) {
    it(`that ${what} is answered with ${told.length === 0 ? 'no fault' : 'where, why and what to do'}`, () => {
      assert.deepEqual(toldOf(text), told);
    });
  }

  it('may give its routines in any order', () => {
    const later = RIGHT.replace('routines:\n', '').replace('2026-08-01', '2026-01-01');

    const routines = parseRoutines(RIGHT + later, 'routine.yaml');

    assert.deepEqual(
      routines.map(({ validFrom }) => validFrom),
      ['2026-01-01', '2026-08-01'],
    );
  });
});

describe('which routine file is read', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sedd-routine-'));
  });
  afterEach(async () => await rm(folder, { recursive: true }));

  const load = (routinePath?: string) =>
    loadRoutines({ routinePath, configPath: join(folder, 'municipality.yaml') });

  it('is the shipped one where there is none beside the municipality file', async () => {
    const { path, routines } = await load();

    assert.equal(path, shippedRoutine);
    assert.deepEqual(
      routines[0]?.levels.map(({ key, when }) => [key, when[0]?.over]),
      [
        ['notice', 0.1],
        ['conversation', 0.15],
        ['investigation', 0.2],
        ['deepInvestigation', 0.25],
      ],
    );
  });

  it('is shipped in both languages', async () => {
    const { routines } = await load();

    const named = routines.flatMap(({ levels, eht }) => [
      ...levels.flatMap((level) => [level, ...level.steps]),
      ...(eht?.checklist ?? []),
      ...(eht?.decisions ?? []),
    ]);
    assert.deepEqual(
      named.filter(({ nameEn }) => nameEn === undefined),
      [],
    );
  });

  it('is the one beside the municipality file', async () => {
    await cp(shippedRoutine, join(folder, 'routine.yaml'));

    assert.equal((await load()).path, join(folder, 'routine.yaml'));
  });

  it('is the one that is named, and no other where that is not there', async () => {
    await cp(shippedRoutine, join(folder, 'routine.yaml'));
    await writeFile(join(folder, 'other.yaml'), RIGHT);

    const named = await load(join(folder, 'other.yaml'));

    assert.equal(named.routines[0]?.name, 'Rutin');
    await assert.rejects(load(join(folder, 'none.yaml')), /There is no such file\. Set SEDD_ROUTINE/);
  });
});

describe('the schema of the routine file for editors', () => {
  it('is what `npm run config-schema` writes, and explains the settings', async () => {
    const written = await readFile(join(shippedRoutine, '../routine.schema.json'), 'utf8');

    assert.deepEqual(JSON.parse(written), JSON.parse(routineSchema()));
    assert.ok((written.match(/"description":/g) ?? []).length > 10);
  });
});
