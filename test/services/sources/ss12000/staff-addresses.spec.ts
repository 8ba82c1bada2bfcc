import assert from 'node:assert/strict';
import { type StudentSystem, startStudentSystem } from '../../../support/student-system.ts';
import { groupId, mentorDuty, organisation, person, sourceOf, staffId } from './source-data.ts';

const own = 'Skola personal';
const other = 'Arbete övrigt';

describe('what a teacher is known to Teams by', () => {
  let system: StudentSystem;

  beforeEach(async () => {
    system = await startStudentSystem();
  });
  afterEach(() => system.close());

  const cases: readonly (readonly [
    string,
    readonly (readonly [type: string, value: string])[],
    readonly string[],
    email: string | undefined,
    principalName: string | undefined,
  ])[] = [
    ['is nothing where there is nothing', [], [], undefined, undefined],
    [
      'is the address at the school',
      [
        [other, 'm@ort.example'],
        [own, 'm@skola.example'],
      ],
      [],
      'm@skola.example',
      undefined,
    ],
    [
      'is another work address where there is none at the school',
      [[other, 'm@ort.example']],
      [],
      'm@ort.example',
      undefined,
    ],
    [
      'is no private address, and none from when they were a pupil',
      [
        ['Privat', 'm@hem.example'],
        ['Skola elev', 'm@elev.example'],
      ],
      [],
      undefined,
      undefined,
    ],
    [
      'is nothing that is no address',
      [
        [own, ''],
        [own, 'saknas'],
      ],
      ['', 'mami01'],
      undefined,
      undefined,
    ],
    [
      'is the first name they sign in with',
      [],
      ['a@kommun.example', 'b@kommun.example'],
      undefined,
      'a@kommun.example',
    ],
    [
      'is the name they sign in with at the domain of their work',
      [[own, 'Maja.Ek@Skola.example']],
      ['maja@elev.example', 'mami01@skola.example'],
      'Maja.Ek@Skola.example',
      'mami01@skola.example',
    ],
  ];
  for (const [name, emails, names, email, principalName] of cases) {
    it(name, async () => {
      const maja = person(staffId(1), {
        emails: emails.map(([type, value]) => ({ type, value })),
        eduPersonPrincipalNames: names,
      });
      system.lists = {
        organisations: [organisation()],
        persons: [maja],
        groups: [],
        duties: [mentorDuty(staffId(1), [groupId(1)])],
      };

      const change = await sourceOf(system).roster?.readRoster(undefined);

      assert.deepEqual(
        change?.staff.map((one) => [one.email, one.principalName]),
        [[email, principalName]],
      );
    });
  }
});
