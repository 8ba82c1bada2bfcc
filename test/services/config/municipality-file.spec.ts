import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { parse as parseYaml } from 'yaml';
import { isSchoolDay } from '../../../services/calendar/school-days.ts';
import { configWarnings } from '../../../services/config/config-warnings.ts';
import { municipalitySchema } from '../../../services/config/json-schema.ts';
import {
  loadMunicipality,
  municipalityFrom,
  parseMunicipality,
} from '../../../services/config/load-municipality.ts';
import type { Municipality } from '../../../services/config/municipality.ts';
import { parse, RIGHT, spoilt } from './file.ts';

const folder = join(import.meta.dirname, '../../../config');
const path = join(folder, 'municipality.yaml');
const IN_TERM = Temporal.Instant.from('2026-11-23T07:45:00Z');

describe('the municipality file that is shipped', () => {
  let municipality: Municipality;
  before(async () => {
    municipality = await loadMunicipality(path);
  });

  it('has the five lower-secondary schools of Vänersborg', () => {
    assert.equal(municipality.name, 'Vänersborg');
    assert.deepEqual(
      municipality.schools.map(({ id, name }) => [id, name]),
      [
        ['dalboskolan', 'Dalboskolan'],
        ['silvertarnan', 'Silvertärnan'],
        ['torpaskolan-norr', 'Torpaskolan Norr'],
        ['torpaskolan-soder', 'Torpaskolan Söder'],
        ['vanerparkens-skola', 'Vänerparkens skola'],
      ],
    );
  });

  it('has a school year as the law wants it, and no school on the days when nobody has any', () => {
    const [school] = municipality.schools;
    assert.ok(school !== undefined);
    const first = Temporal.PlainDate.from('2026-07-01');
    const days = Array.from({ length: 395 }, (_, index) => first.add({ days: index }));

    const open = days.filter((day) => isSchoolDay(school.calendar, day)).map(String);

    assert.ok(open.length >= 178 && open.length <= 190, `${open.length} school days`);
    const red = ['2026-12-24', '2027-01-06', '2027-03-26', '2027-03-29', '2027-05-06', '2027-06-06'];
    assert.deepEqual(
      red.filter((day) => open.includes(day)),
      [],
    );
    assert.ok(open.includes('2026-11-23'));
  });

  it('states what would hold anyway, so that whoever reads it sees what can be said', () => {
    const text = spoilt('times:\n  morning: "08:45"\n  refresh: "09:50"\n', '');
    const [bare] = municipalityFrom(parse(text)).schools;
    const [shown] = municipality.schools;

    assert.deepEqual(
      [shown?.times, shown?.gate, shown?.longTerm, shown?.quietGroups, shown?.language],
      [bare?.times, bare?.gate, bare?.longTerm, bare?.quietGroups, bare?.language],
    );
  });

  it('is right with everything in it that stands behind a #', async () => {
    const text = await readFile(path, 'utf8');
    const settings = /^(\s*)# ((?:\s*(?:-\s)?[\w"]+:|\s*- \{).*)$/gm;

    const whole = text
      .replaceAll(settings, '$1$2')
      .replaceAll('19:…@', '19:abc@')
      .replace('19:abc@thread.v2', '19:eht@thread.v2');

    const file = parseMunicipality(whole, path);
    assert.equal(file.sources[0]?.scope, 'ss12000');
    assert.equal(file.schools[0]?.channels.mentorGroups['7B'], '19:abc@thread.tacv2');
    assert.equal(file.schools[1]?.times?.morning, '08:35');
    assert.deepEqual([file.schools[4]?.closed.length, file.schools[4]?.open.length], [1, 1]);
  });

  it('names every setting that there is', async () => {
    const text = await readFile(path, 'utf8');

    for (const name of settingsOf(JSON.parse(municipalitySchema()))) {
      assert.match(text, new RegExp(`\\b${name}\\b`), name);
    }
  });

  it('is led by the schema that editors check it with', async () => {
    assert.match(
      await readFile(path, 'utf8'),
      /^# yaml-language-server: \$schema=municipality\.schema\.json\n/,
    );
  });
});

/** The names of all settings, at any depth. */
function settingsOf(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties = {}, items } = schema as { properties?: Record<string, unknown>; items?: unknown };
  return [...Object.keys(properties), ...Object.values(properties).flatMap(settingsOf), ...settingsOf(items)];
}

describe('the schema for editors', () => {
  it('is what `npm run config-schema` writes', async () => {
    const written = await readFile(join(folder, 'municipality.schema.json'), 'utf8');

    assert.deepEqual(JSON.parse(written), JSON.parse(municipalitySchema()));
  });

  it('explains the settings', () => {
    const explained = municipalitySchema().match(/"description":/g) ?? [];

    assert.ok(explained.length > 30, `${explained.length} explanations`);
  });
});

describe('what is allowed in a municipality file and looks wrong', () => {
  it('is in the shipped one its tenant, and that no channel is given', async () => {
    const warnings = configWarnings(await loadMunicipality(path), IN_TERM);
    const told = warnings.map((warning) => warning.path);

    assert.ok(told.includes('teams.tenants'));
    assert.ok(told.includes('schools[4].channels.coordinator'));
    assert.ok(told.includes('schools[4].channels.mentorGroups'));
    for (const { reason, remedy } of warnings.filter((warning) => warning.path.includes('channels'))) {
      assert.match(reason, /is named in the municipality file; fine if (?:it was|they were) bound in Teams$/);
      assert.match(remedy, /^Write @Sedd koppla /);
    }
  });

  const whole = parseYaml(RIGHT);
  for (const school of whole.schools) {
    school.channels = { coordinator: '19:coordinator@t', mentorGroups: { '7A': '19:7a@t' } };
  }
  const giving = (...gives: readonly string[]) => {
    const sources = [{ ...whole.sources[0], gives }];
    return municipalityFrom(parse(JSON.stringify({ ...whole, sources })));
  };
  const municipality = giving('roster', 'lessons', 'notices');

  it('is nothing where everything is given', () =>
    assert.deepEqual(configWarnings(municipality, IN_TERM), []));

  const lacking: readonly (readonly [readonly string[], RegExp])[] = [
    [['roster'], /"lessons", so there are no mornings/],
    [['roster', 'sums'], /"lessons", so there are no mornings/],
    [['roster', 'lessons'], /"notices", so pupils whose absence is reported are shown as missing/],
  ];
  for (const [gives, reason] of lacking) {
    it(`is that the sources give ${gives.join(' and ')} alone`, () => {
      const [warning, ...others] = configWarnings(giving(...gives), IN_TERM);

      assert.deepEqual(others, []);
      assert.equal(warning?.path, 'sources');
      assert.match(warning?.reason ?? '', reason);
    });
  }

  it('is that the school year has ended, from the day after', () => {
    const at = (time: string) => configWarnings(municipality, Temporal.Instant.from(time));

    assert.deepEqual(at('2027-06-10T21:59:00Z'), []);
    const [warning, ...others] = at('2027-06-10T22:00:00Z');
    assert.deepEqual(others, []);
    assert.equal(warning?.path, 'calendar');
    assert.match(warning?.reason ?? '', /ended 2027-06-10: .* nothing is sent/);
  });
});
