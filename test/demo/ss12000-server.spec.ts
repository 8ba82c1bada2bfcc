import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { demoCalendar } from '../../demo/calendar.ts';
import { demoSchools, makeUp } from '../../demo/municipality.ts';
import { DEMO_CLIENT, type Ss12000Server, startSs12000Server } from '../../demo/ss12000-server.ts';
import type { AttendanceDay } from '../../services/attendance/attendance-source.ts';
import { previousSchoolDays } from '../../services/calendar/school-days.ts';
import { systemClock } from '../../services/clock.ts';
import type { SourceConfig } from '../../services/config/municipality.ts';
import type { RosterChange } from '../../services/people/roster-source.ts';
import {
  type Ss12000Deps,
  type Ss12000Source,
  ss12000Source,
} from '../../services/sources/ss12000/ss12000-source.ts';

const MONDAY = Temporal.PlainDate.from('2026-11-23');
const municipality = makeUp(1);
const [school] = municipality.schools;

describe('the demo’s student system', () => {
  let now: Temporal.Instant;
  let server: Ss12000Server;
  let source: Ss12000Source;
  const clock = { now: () => now };
  const at = (time: string, day = MONDAY) =>
    day
      .toZonedDateTime({ timeZone: 'Europe/Stockholm', plainTime: Temporal.PlainTime.from(time) })
      .toInstant();
  const sourceOf = (
    more: Partial<SourceConfig> = {},
    credentials = DEMO_CLIENT,
    schools: Ss12000Deps['schools'] = demoSchools,
  ) =>
    ss12000Source({
      config: {
        id: 'elevsystem',
        kind: 'ss12000',
        url: server.url,
        tokenUrl: server.tokenUrl,
        gives: ['roster', 'lessons', 'notices'],
        pageSize: 1_000,
        timeoutSeconds: 30,
        ...more,
      },
      credentials,
      schools,
      timeZone: 'Europe/Stockholm',
      clock,
      wireClock: systemClock,
    });
  const roster = async (cursor?: string, from = source): Promise<RosterChange> => {
    const change = await from.roster?.readRoster(cursor);
    assert.ok(change !== undefined);
    return change;
  };
  const dayOf = async (day = MONDAY, schoolId = 'dalboskolan', from = source): Promise<AttendanceDay> => {
    const found = await from.attendance?.readDay(schoolId, day);
    assert.ok(found !== undefined);
    return found;
  };

  before(async () => {
    server = await startSs12000Server({ municipality, clock });
    source = sourceOf();
  });
  after(() => server.close());
  beforeEach(() => {
    now = at('08:45');
  });

  it('can be read throughout', async () => {
    await source.probe();
  });

  it('gives the whole roster, and nobody’s name who is protected', async () => {
    const { pupils, staff, groups, rejected } = await roster();

    const everybody = municipality.schools.flatMap((one) => one.pupils);
    assert.deepEqual(rejected, []);
    assert.equal(pupils.length, everybody.length);
    assert.equal(staff.length, municipality.schools.flatMap((one) => one.teachers).length);
    assert.equal(groups.length, municipality.schools.flatMap((one) => one.groups).length);
    assert.ok(groups.every(({ kind, mentorIds }) => mentorIds.length === (kind === 'mentor' ? 2 : 0)));
    assert.deepEqual(
      pupils.filter((pupil) => pupil.isProtected).map(({ id }) => id),
      everybody.filter((pupil) => pupil.isProtected).map(({ id }) => id),
    );
  });

  it('gives a reader who asks again nothing but what it must', async () => {
    const { cursor } = await roster();
    now = at('05:30', MONDAY.add({ days: 1 }));

    const change = await roster(cursor);

    assert.equal(change.isWhole, false);
    assert.deepEqual(change.pupils, []);
    assert.deepEqual(change.removed, { personIds: [], groupIds: [] });
  });

  it('gives the same in small pages', async () => {
    const small = sourceOf({ pageSize: 7 });

    const [days, rosters] = [
      [await dayOf(), await dayOf(MONDAY, 'dalboskolan', small)],
      [await roster(), await roster(undefined, small)],
    ];

    assert.deepEqual(days[1], days[0]);
    assert.deepEqual(rosters[1], rosters[0]);
  });

  it('gives the lessons of a day, and more of them reported as it goes', async () => {
    const reported: number[] = [];
    for (const time of ['08:00', '08:45', '10:00', '12:00', '18:00']) {
      now = at(time);
      const { lessons, rejected } = await dayOf();
      assert.deepEqual(rejected, []);
      reported.push(lessons.filter((lesson) => lesson.attendances.length > 0).length);
    }

    assert.equal(reported[0], 0);
    assert.ok(
      reported.every((count, index) => index === 0 || count > (reported[index - 1] ?? 0)),
      `${reported}`,
    );
  });

  it('gives each lesson a room of its school', async () => {
    const buildings = [{ name: 'B-huset', rooms: ['B'] }];
    const schools = demoSchools.map(({ id, organisation }) => ({ id, organisation, buildings }));

    const { lessons } = await dayOf(MONDAY, 'dalboskolan', sourceOf({}, DEMO_CLIENT, schools));

    assert.ok(lessons.every(({ room }) => room !== undefined));
    assert.ok(lessons.some(({ room }) => room?.startsWith('B')));
  });

  it('keeps lunch, and what is cancelled, out of what is offered', async () => {
    const { lessons } = await dayOf();

    assert.ok(lessons.every(({ subject }) => subject !== 'Lunch'));
    assert.ok(lessons.every((lesson) => lesson.offeredMinutes === 0 || !lesson.isCancelled));
  });

  it('gives notices when they have been made, and not before', async () => {
    const counts: number[] = [];
    for (const time of ['05:00', '08:00', '10:00', '12:00']) {
      now = at(time);
      counts.push((await dayOf()).notices.filter(({ kind }) => kind === 'reported').length);
    }

    assert.equal(counts[0], 0);
    assert.ok(counts.every((count, index) => index === 0 || count >= (counts[index - 1] ?? 0)));
    assert.ok((counts[3] ?? 0) > (counts[1] ?? 0), `${counts}`);
  });

  it('knows every school day of the term, and none else', async () => {
    const days = previousSchoolDays(demoCalendar, MONDAY, 200);
    assert.ok(days.length > 60);
    for (const day of [days[0], days[30], days.at(-1)]) {
      const { lessons } = await dayOf(day);
      const share = lessons.filter(({ attendances }) => attendances.length > 0).length / lessons.length;
      assert.ok(share > 0.9, `${day} ${share}`);
    }
    for (const day of ['2026-10-28', '2026-11-22']) {
      const { lessons, notices } = await dayOf(Temporal.PlainDate.from(day));
      assert.deepEqual([lessons, notices], [[], []]);
    }
  });

  it('gives a whole term at once to who asks for it', async () => {
    const token = await tokenOf(server);
    const query = new URLSearchParams({
      'startTime.onOrAfter': '2026-08-18T00:00:00+02:00',
      'startTime.onOrBefore': '2026-12-18T23:59:59+01:00',
      organisation: school?.organisation ?? '',
      limit: '10000',
    });

    const { data } = (await get(server, `calendarEvents?${query}`, token)).body as {
      data: { startTime: string }[];
    };

    const days = new Set(data.map(({ startTime }) => startTime.slice(0, 10)));
    assert.equal(
      days.size,
      previousSchoolDays(demoCalendar, Temporal.PlainDate.from('2026-12-19'), 200).length,
    );
  });

  const refusals: readonly { name: string; path: string; status: number }[] = [
    { name: 'a list that there is not', path: 'grades', status: 404 },
    { name: 'lessons of any time', path: 'calendarEvents', status: 400 },
    {
      name: 'lessons of no time',
      path: 'calendarEvents?startTime.onOrAfter=now&startTime.onOrBefore=later',
      status: 400,
    },
    { name: 'pages of nothing', path: 'persons?limit=0', status: 400 },
    { name: 'a filter beside a page token', path: 'persons?pageToken=a.5&organisation=b', status: 400 },
  ];
  for (const { name, path, status } of refusals) {
    it(`refuses ${name}, and says why`, async () => {
      const answer = await get(server, path, await tokenOf(server));

      assert.equal(answer.status, status);
      assert.deepEqual(Object.keys(answer.body).slice(0, 2), ['code', 'message']);
    });
  }

  it('lets nobody in without its token, nor gives one to a stranger', async () => {
    const stranger = sourceOf({}, { clientId: 'demo', clientSecret: 'guess' });

    await assert.rejects(stranger.probe(), { code: 'source.auth' });
    assert.equal((await get(server, 'persons', 'guess')).status, 401);
  });
});

async function tokenOf(server: Ss12000Server): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: DEMO_CLIENT.clientId,
    client_secret: DEMO_CLIENT.clientSecret,
  });
  const response = await fetch(server.tokenUrl, { method: 'POST', body });
  return ((await response.json()) as { access_token: string }).access_token;
}

async function get(
  server: Ss12000Server,
  path: string,
  token: string,
): Promise<{ readonly status: number; readonly body: object }> {
  const response = await fetch(`${server.url}/${path}`, { headers: { authorization: `Bearer ${token}` } });
  return { status: response.status, body: (await response.json()) as object };
}
