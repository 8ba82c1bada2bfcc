import assert from 'node:assert/strict';
import { RIGHT, spoilt, toldOf } from './file.ts';

const SECRETS =
  'Secrets never stand in this file: give them in the environment (SS12000_CLIENT_SECRET, MicrosoftAppPassword)';

describe('a municipality file', () => {
  it('that is right has no fault', () => assert.deepEqual(toldOf(RIGHT), []));

  const table: readonly (readonly [string, string, string, string])[] = [
    [
      'misses a setting',
      'municipality: Vänersborg\n',
      '',
      '- municipality: is missing. See config/municipality.yaml',
    ],
    [
      'misses a setting further in',
      '    name: Söderskolan\n',
      '',
      '21 schools[1].name: is missing. See config/municipality.yaml',
    ],
    [
      'leaves a setting empty',
      'name: Norrskolan',
      'name:',
      '19 schools[0].name: has no value. Give it one, or take it out',
    ],
    ['has a number for a text', 'Vänersborg', '7', '1 municipality: must be a text. Put it in quotes'],
    [
      'has a text for a list',
      'gives: [roster, lessons]',
      'gives: roster',
      '16 sources[0].gives: must be a list',
    ],
    [
      'has an empty list',
      '[11111111-2222-4333-8444-555555555555]',
      '[]',
      '3 teams.tenants: must have at least 1 in its list',
    ],
    [
      'has a text for a group',
      'times:\n  morning: "08:45"\n  refresh: "09:50"',
      'times: early',
      '9 times: must be a group of settings',
    ],
    [
      'has a word that is none of those',
      'kind: ss12000',
      'kind: skola24',
      '14 sources[0].kind: must be ss12000',
    ],
    [
      'has one of a list wrong',
      'lessons]',
      'lesson]',
      '16 sources[0].gives[1]: must be one of roster, lessons, notices, sums',
    ],
    [
      'has a time that is none',
      '"08:45"',
      '"8.45"',
      '10 times.morning: is not a time of day such as "08:45"',
    ],
    [
      'has a time past midnight',
      '"08:45"',
      '"24:00"',
      '10 times.morning: is not a time of day such as "08:45"',
    ],
    [
      'has a date that is none',
      '2026-08-18',
      '18/8 2026',
      '7 calendar.terms[0].from: is not a date such as 2026-11-23',
    ],
    [
      'has a date that does not exist',
      '2026-12-18',
      '2026-02-30',
      '7 calendar.terms[0].to: is not a date such as 2026-11-23',
    ],
    [
      'has a year that is none',
      '2026/2027',
      '26/27',
      '5 calendar.schoolYear: is not a school year such as 2026/2027',
    ],
    [
      'has an address that is none',
      'https://ss12000.example/v2',
      'ss12000.example',
      '15 sources[0].url: is not an address such as https://ss12000.example/v2',
    ],
    [
      'has an id with a space',
      'id: norr',
      'id: Norr skolan',
      '18 schools[0].id: is not an id: lower-case letters a-z, digits and hyphens',
    ],
    [
      'has a percentage for a share',
      'sources:',
      'gate: { leastReported: 50 }\nsources:',
      '12 gate.leastReported: must be at most 1. It is a share between 0 and 1: 0.5 is 50 %',
    ],
    [
      'has half a day',
      'sources:',
      'longTerm: { daysInRow: 2.5 }\nsources:',
      '12 longTerm.daysInRow: must be a whole number',
    ],
    [
      'has too few days',
      'sources:',
      'longTerm: { daysInRow: 1 }\nsources:',
      '12 longTerm.daysInRow: must be at least 2',
    ],
    ['has a name without letters', 'Norrskolan', '""', '19 schools[0].name: must have at least 1 characters'],
    [
      'keeps the example’s channel',
      '    name: Norrskolan',
      '    channels: { coordinator: 19:…@thread.tacv2 }\n    name: Norrskolan',
      '19 schools[0].channels.coordinator: is not the id of a channel; add Sedd to the channel, and it answers with the id',
    ],
    [
      'names a group by nothing',
      '    name: Norrskolan',
      '    channels: { mentorGroups: { "": 19:abc@thread.tacv2 } }\n    name: Norrskolan',
      '19 schools[0].channels.mentorGroups.: has a name that is empty or too long',
    ],
    ['is a list', RIGHT, '- municipality', '- : must be a group of settings'],
  ];
  for (const [name, old, replacement, expected] of table) {
    it(`that ${name} is told so, with path and line`, () => {
      assert.deepEqual(toldOf(spoilt(old, replacement)), [expected]);
    });
  }

  const unknown: readonly (readonly [string, string, string, string])[] = [
    ['misspelt', 'refresh:', 'refesh:', '11 times.refesh: There is no such setting. Did you mean "refresh"?'],
    [
      'in other case',
      '    kind',
      '    tokenURL: x\n    kind',
      '14 sources[0].tokenURL: There is no such setting. Did you mean "tokenUrl"?',
    ],
    [
      'in the wrong place',
      'teams:',
      'closed: []\nteams:',
      '2 closed: There is no such setting. It belongs under "calendar"',
    ],
    [
      'of the top, further in',
      '    kind',
      '    quietGroups: line\n    kind',
      '14 sources[0].quietGroups: There is no such setting. It belongs at the top of the file',
    ],
    [
      'of the channels, beside them',
      '    name: Norrskolan',
      '    coordinator: 19:a@b\n    name: Norrskolan',
      '19 schools[0].coordinator: There is no such setting. It belongs under "schools.channels"',
    ],
    [
      'that is a secret',
      '    kind',
      '    clientSecret: abc\n    kind',
      `14 sources[0].clientSecret: There is no such setting. ${SECRETS}`,
    ],
    [
      'that is a password',
      'teams:',
      'password: abc\nteams:',
      `2 password: There is no such setting. ${SECRETS}`,
    ],
    [
      'from nowhere',
      'teams:',
      'colour: blue\nteams:',
      '2 colour: There is no such setting. Take it out, or see config/municipality.yaml',
    ],
  ];
  for (const [name, old, replacement, expected] of unknown) {
    it(`with a setting ${name} is told what to do`, () => {
      assert.deepEqual(toldOf(spoilt(old, replacement)), [expected]);
    });
  }

  it('never has its values told, for one may be a secret in the wrong place', () => {
    const text = spoilt('kind: ss12000', 'kind: hunter2\n    apiKey: hunter2', spoilt('"08:45"', 'hunter2'));

    assert.equal(toldOf(text).length, 3);
    assert.doesNotMatch(toldOf(text).join(), /hunter2/);
  });
});
