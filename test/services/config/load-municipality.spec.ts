import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '../../../services/config/config-faults.ts';
import { loadMunicipality, municipalityFrom } from '../../../services/config/load-municipality.ts';
import { parse, RIGHT, spoilt, toldOf } from './file.ts';

describe('a text that is no municipality file', () => {
  const COLONS = 'Indent with spaces, and put a space after each colon';
  const table: readonly (readonly [string, string, RegExp])[] = [
    ['is empty', '', /^- : The file is empty\. Begin with a copy of config\/municipality\.yaml$/],
    ['is nothing but comments', '# municipality: x\n', /^- : The file is empty/],
    [
      'is indented with tabs',
      'teams:\n\ttenants: [x]\n',
      new RegExp(`^2 : This is not YAML: .*\\. ${COLONS}$`),
    ],
    ['has a bracket that is not closed', 'teams:\n  tenants: [x\nlanguage: sv\n', /^3 : This is not YAML: /],
    [
      'says a setting twice',
      `${RIGHT}municipality: Trollhättan\n`,
      /^24 : The same setting stands twice\. Keep one/,
    ],
    ['is two documents', `${RIGHT}---\n${RIGHT}`, /This is not YAML: /],
    [
      'was not saved as UTF-8',
      'municipality: V\uFFFDnersborg\n',
      /^- : The file is not UTF-8\. Save it as UTF-8$/,
    ],
    [
      'unfolds into far more than it is',
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c]\n`,
      /^- : The file uses too many YAML aliases\. Write the values out$/,
    ],
  ];
  for (const [name, text, expected] of table) {
    it(`because it ${name}, is refused in words`, () => {
      assert.match(toldOf(text)[0] ?? 'no fault', expected);
    });
  }

  it('is read where it begins with a mark of its encoding, or has the line ends of Windows', () => {
    assert.deepEqual(toldOf(`\uFEFF${RIGHT}`), []);
    assert.deepEqual(toldOf(RIGHT.replaceAll('\n', '\r\n')), []);
  });
});

describe('a municipality file on disk', () => {
  let folder: string;
  let path: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sedd-'));
    path = join(folder, 'municipality.yaml');
  });
  after(async () => await rm(folder, { recursive: true }));

  async function refusal(): Promise<ConfigError> {
    try {
      await loadMunicipality(path);
    } catch (error) {
      assert.ok(error instanceof ConfigError);
      return error;
    }
    assert.fail('It was taken');
  }

  it('is read', async () => {
    await writeFile(path, RIGHT);

    const { name, schools } = await loadMunicipality(path);

    assert.equal(name, 'Vänersborg');
    assert.deepEqual(
      schools.map((school) => school.name),
      ['Norrskolan', 'Söderskolan'],
    );
  });

  it('tells its path and all its faults in one message, with a stable code', async () => {
    await writeFile(path, spoilt('"08:45"', 'early', spoilt('id: norr', 'id: Norr')));

    const { code, message, facts } = await refusal();

    assert.equal(code, 'config.invalid');
    assert.deepEqual(facts, { where: path, faults: 2 });
    assert.equal(
      message,
      [
        `${path}: 2 faults`,
        '  - line 10, times.morning: is not a time of day such as "08:45"',
        '  - line 18, schools[0].id: is not an id: lower-case letters a-z, digits and hyphens',
      ].join('\n'),
    );
  });

  it('tells where it is not there, and how to name another', async () => {
    await rm(path, { force: true });

    const { message } = await refusal();

    assert.match(message, /1 fault\n {2}- There is no such file\. Set SEDD_CONFIG to the path/);
  });

  it('is refused where it is far too large', async () => {
    await writeFile(path, `# ${'x'.repeat(2_100_000)}\n${RIGHT}`);

    assert.match((await refusal()).message, /far larger than any such file/);
  });

  it('is refused where it is saved in the way of old Windows', async () => {
    await writeFile(path, Buffer.from(RIGHT, 'latin1'));

    assert.match((await refusal()).message, /not UTF-8/);
  });

  it('is refused where it is a folder', async () => {
    await assert.rejects(loadMunicipality(folder), /cannot be read \(EISDIR\)/);
  });
});

describe('a school of the municipality', () => {
  const OWN = `    times: { morning: "08:10" }
    gate: { timesUsual: 5 }
    longTerm: { daysInRow: 5 }
    language: en
    quietGroups: nothing
    closed: [{ from: 2026-11-06, to: 2026-11-06 }]
    open: [{ from: 2026-11-14, to: 2026-11-14 }]
`;
  const SETTINGS = `gate: { leastReported: 0.7 }
longTerm: { absenceOver: 0.4 }
schools:`;

  it('has what it says itself, and of everything else what the municipality says', () => {
    const text = spoilt(
      '    name: Söderskolan\n',
      `    name: Söderskolan\n${OWN}`,
      spoilt('schools:', SETTINGS),
    );
    const holiday = spoilt('times:', '  closed: [{ from: 2026-10-26, to: 2026-10-30 }]\ntimes:', text);

    const [norr, soder] = municipalityFrom(parse(holiday)).schools;

    const ladder = { followUpDue: '10:00', escalate: '12:00', lastCheck: '15:00' };
    const times = { roster: '05:30', makeUpUntil: '12:00', dayClose: '17:00', ...ladder };
    assert.deepEqual(norr?.times, { ...times, morning: '08:45', refresh: '09:50' });
    assert.deepEqual(soder?.times, { ...times, morning: '08:10', refresh: '09:50' });
    assert.deepEqual(norr?.gate, { leastReported: 0.7, timesUsual: 3, leastShareAbsent: 0.1 });
    assert.deepEqual(soder?.gate, { leastReported: 0.7, timesUsual: 5, leastShareAbsent: 0.1 });
    assert.deepEqual(norr?.longTerm, { absenceOver: 0.4, daysInRow: 10 });
    assert.deepEqual(soder?.longTerm, { absenceOver: 0.4, daysInRow: 5 });
    assert.deepEqual([norr?.language, soder?.language], ['sv', 'en']);
    assert.deepEqual([norr?.quietGroups, soder?.quietGroups], ['line', 'nothing']);
    assert.deepEqual(
      [norr, soder].map((school) => school?.calendar.closed.map(({ from }) => from)),
      [['2026-10-26'], ['2026-10-26', '2026-11-06']],
    );
    assert.deepEqual([norr?.calendar.open.length, soder?.calendar.open.length], [0, 1]);
    assert.deepEqual(norr?.calendar.terms, soder?.calendar.terms);
    assert.equal(norr?.timeZone, 'Europe/Stockholm');
  });
});
