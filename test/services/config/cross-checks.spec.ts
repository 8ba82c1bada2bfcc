import assert from 'node:assert/strict';
import { RIGHT, spoilt, toldOf } from './file.ts';

const NORR = '  - id: norr\n    name: Norrskolan\n';

/** Norrskolan with settings of its own. */
function norr(settings: string, text = RIGHT): string {
  return spoilt(NORR, `${NORR}    ${settings}\n`, text);
}

describe('between the settings of a municipality file', () => {
  const table: readonly (readonly [string, string, readonly string[]])[] = [
    [
      'two schools may not have one id',
      spoilt('id: soder', 'id: norr'),
      ['21 schools[1].id: "norr" stands twice'],
    ],
    [
      'two schools may not be one organisation, in whatever case',
      spoilt(
        'organisation: 00000000-0000-4000-8000-000000000002',
        'organisation: 00000000-0000-4000-8000-00000000000A',
      ).replace('000000000001', '00000000000a'),
      ['23 schools[1].organisation: "00000000-0000-4000-8000-00000000000a" stands twice'],
    ],
    [
      'two sources may not have one id, nor give the same',
      spoilt(
        'schools:',
        '  - { id: hub, kind: ss12000, url: https://b.example/, gives: [lessons, notices] }\nschools:',
      ),
      [
        '17 sources[1].gives[0]: "lessons" already comes from "hub". Each thing comes from one source',
        '17 sources[1].id: "hub" stands twice',
      ],
    ],
    [
      'some source has to give the roster',
      spoilt('[roster, lessons]', '[lessons]'),
      ['12 sources: No source gives the roster. Let one of them give "roster": pupils, groups and mentors'],
    ],
    [
      'pupils’ data may not travel in the open',
      spoilt('url: https://ss12000.example/v2', 'url: http://ss12000.example/v2'),
      ['15 sources[0].url: Pupils’ data may not travel unencrypted. Use https'],
    ],
    [
      'nor the client’s secret',
      spoilt('    gives', '    tokenUrl: http://login.example/token\n    gives'),
      ['16 sources[0].tokenUrl: The client’s secret may not travel unencrypted. Use https'],
    ],
    [
      'nor the cards',
      spoilt('calendar:', '  serviceUrl: http://teams.example/\ncalendar:'),
      ['4 teams.serviceUrl: Cards may not travel unencrypted. Use https'],
    ],
    [
      'this machine needs no encryption',
      spoilt('https://ss12000.example/v2', 'http://127.0.0.1:8080/v2'),
      [],
    ],
    [
      'the time zone has to exist',
      spoilt('teams:', 'timeZone: Europe/Vänersborg\nteams:'),
      ['2 timeZone: There is no time zone "Europe/Vänersborg". Sweden is "Europe/Stockholm"'],
    ],
    [
      'EHT’s conversation is no mentor group’s',
      norr('channels: { eht: 19:one@thread.v2, mentorGroups: { 7A: 19:one@thread.v2 } }'),
      [
        '20 schools[0].channels.eht: The EHT’s conversation is used for something else too. Give EHT a conversation of its own',
      ],
    ],
    [
      'EHT’s conversation is no coordinator’s, at another school either',
      spoilt(
        '    name: Söderskolan',
        '    channels: { coordinator: 19:one@thread.v2 }\n    name: Söderskolan',
        norr('channels: { eht: 19:one@thread.v2 }'),
      ),
      [
        '20 schools[0].channels.eht: The EHT’s conversation is used for something else too. Give EHT a conversation of its own',
      ],
    ],
    [
      'a room is in one building, in whatever case',
      norr('buildings: [{ name: A, rooms: [A, Sal] }, { name: B, rooms: [B, sal] }]'),
      ['20 schools[0].buildings[1].rooms[1]: Rooms that begin with "sal" stand in a building already'],
    ],
    [
      'mentor groups may share a channel',
      norr('channels: { mentorGroups: { 7A: 19:one@t, 7B: 19:one@t } }'),
      [],
    ],
  ];
  for (const [name, text, expected] of table) {
    it(name, () => assert.deepEqual(toldOf(text), expected));
  }
});

describe('the calendar of a municipality file', () => {
  const table: readonly (readonly [string, string, readonly string[]])[] = [
    [
      'has a year of two years in a row',
      spoilt('2026/2027', '2026/2028'),
      ['5 calendar.schoolYear: must be two years in a row, such as 2026/2027'],
    ],
    [
      'has ranges that end after they begin',
      spoilt('to: 2026-12-18', 'to: 2026-08-17'),
      [
        '7 calendar.terms[0].to: 2026-08-17 is before 2026-08-18. Both days count; one day is from and to the same',
      ],
    ],
    [
      'has terms one after the other',
      spoilt('from: 2027-01-11', 'from: 2026-12-18'),
      ['8 calendar.terms[1].from: The term begins before the one above it has ended'],
    ],
    [
      'has its terms within its year',
      spoilt('from: 2026-08-18', 'from: 2025-08-18'),
      ['7 calendar.terms[0].from: 2025-08-18 is before the school year 2026/2027'],
    ],
    [
      'has its holidays within its year, or a holiday of last year would be kept',
      spoilt('times:', '  closed: [{ from: 2027-10-25, to: 2027-10-29 }]\ntimes:'),
      ['9 calendar.closed[0].to: 2027-10-29 is after the school year 2026/2027'],
    ],
    [
      'has the days of each school within its year',
      norr('open: [{ from: 2026-11-14, to: 2026-11-14 }, { from: 2025-11-15, to: 2025-11-15 }]'),
      ['20 schools[0].open[1].from: 2025-11-15 is before the school year 2026/2027'],
    ],
    [
      'has the days of each school end after they begin',
      norr('closed: [{ from: 2026-11-14, to: 2026-11-13 }]'),
      [
        '20 schools[0].closed[0].to: 2026-11-13 is before 2026-11-14. Both days count; one day is from and to the same',
      ],
    ],
  ];
  for (const [name, text, expected] of table) {
    it(name, () => assert.deepEqual(toldOf(text), expected));
  }
});

describe('the times of a municipality file', () => {
  const table: readonly (readonly [string, string, readonly string[]])[] = [
    ['may follow close on each other', spoilt('"09:50"', '"08:46"'), []],
    [
      'come in the order of the day',
      spoilt('"09:50"', '"08:45"'),
      ['11 times.refresh: 08:45 is not after morning (08:45)'],
    ],
    [
      'come in order with those that are left out',
      spoilt('"08:45"', '"05:30"'),
      ['10 times.morning: 05:30 is not after roster (05:30)'],
    ],
    [
      'have a follow-up due after the morning',
      spoilt('  refresh', '  followUpDue: "08:00"\n  refresh'),
      ['11 times.followUpDue: 08:00 is not after morning (08:45)'],
    ],
    [
      'of a school come in order with the municipality’s',
      norr('times: { morning: "09:50" }'),
      ['20 schools[0].times.morning: 09:50 is not before refresh (09:50)'],
    ],
    [
      'of a school come in order among themselves',
      norr('times: { refresh: "11:00", makeUpUntil: "10:30" }'),
      ['20 schools[0].times.makeUpUntil: 10:30 is not after refresh (11:00)'],
    ],
    [
      'are not told of again at a school that has nothing to do with it',
      norr('times: { dayClose: "16:00" }', spoilt('"09:50"', '"08:45"')),
      ['11 times.refresh: 08:45 is not after morning (08:45)'],
    ],
    [
      'are compared across one that cannot be read',
      spoilt('  refresh: "09:50"', '  refresh: ten\n  makeUpUntil: "08:00"'),
      [
        '11 times.refresh: is not a time of day such as "08:45"',
        '12 times.makeUpUntil: 08:00 is not after morning (08:45)',
      ],
    ],
  ];
  for (const [name, text, expected] of table) {
    it(name, () => assert.deepEqual(toldOf(text), expected));
  }
});

it('a fault within a setting hides none between others: all are told at once, in the order of the file', () => {
  let text = spoilt('Vänersborg', '7');
  text = spoilt('2026/2027', '2026/2028', text);
  text = spoilt('"09:50"', '"08:45"', text);
  text = spoilt('gives: [roster, lessons]', 'gives: [lessons]\n    colour: blue', text);
  text = spoilt('id: soder', 'id: norr', text);
  text = spoilt('name: Söderskolan', 'nam: Söderskolan', text);

  assert.deepEqual(
    toldOf(text).map((told) => told.split(':')[0]),
    [
      ...[
        '1 municipality',
        '5 calendar.schoolYear',
        '11 times.refresh',
        '12 sources',
        '17 sources[0].colour',
      ],
      ...['22 schools[1].name', '22 schools[1].id', '23 schools[1].nam'],
    ],
  );
});
