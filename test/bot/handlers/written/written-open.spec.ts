import assert from 'node:assert/strict';
import { personal } from '../../../journeys/personal.ts';
import { startTestApp, type TestApp } from '../../../support/app.ts';
import { coordinator, mentors, textsIn } from '../../../support/morning-cards.ts';
import { ANNA, BO, emailOf, smallStaff } from '../../../support/small-staff.ts';
import type { TeamsPlace } from '../../../support/teams-user.ts';

/** Anna is the mentor of 7A and Bo of 8A; Bo is in the mobile school team as well, and Mia in nothing else. */
const staff = smallStaff.map((one) => ({ ...one, groups: one.id === ANNA ? [0] : one.id === BO ? [1] : [] }));
const mobileSchoolTeam = [emailOf('Mia Mobil'), emailOf('Bo Ek')];

describe('the open follow-ups that somebody asks for in writing', () => {
  let app: TestApp;
  before(async () => {
    const municipality = { roles: { mobileSchoolTeam } };
    app = await startTestApp({ groups: 2, perGroup: 20, withProtected: true, municipality });
    app.school.staff = staff;
    // 0 and 1 are of 7A, 27 of 8A, and 19 is protected.
    app.school.marks = (pupil) => ([0, 1, 19, 27].includes(pupil) ? 'missing' : 'here');
    await app.until('08:45');
  });
  after(() => app.close());

  async function say(name: string, place: TeamsPlace, text = 'öppna'): Promise<string> {
    await app.user(name).write(place, text);
    return textsIn(app, place).at(-1) ?? assert.fail('no answer');
  }

  const whole: readonly (readonly [string, TeamsPlace])[] = [
    ['Karin Koord', coordinator],
    ['Mia Mobil', coordinator],
    ['Bo Ek', personal('Bo Ek')],
  ];
  for (const [name, place] of whole) {
    it(`are all the school’s for ${name} in ${place.id}, protected pupils as a number`, async () => {
      const told = await say(name, place);

      assert.match(told, /Elev0 Exempel[\s\S]*Elev27 Exempel/);
      assert.match(told, /1 ärende hanteras enligt särskild rutin/);
    });
  }

  it('are a mentor’s own, although mentors may list open ones too', async () => {
    const told = await say('Anna Berg', personal('Anna Berg'));

    assert.match(told, /Elev0 Exempel/);
    assert.doesNotMatch(told, /Elev27/);
  });

  it('are not shown where others read them', async () => {
    const told = [await say('Mia Mobil', mentors(0)), await say('Bo Ek', mentors(0))];

    for (const each of told) assert.match(each, /i vår egen chatt/);
  });

  it('are all that the mobile school team has of what coordinators do', async () => {
    const told = [
      await say('Mia Mobil', coordinator, 'påminn alla'),
      await say('Mia Mobil', coordinator, 'kontaktad Elev0 Exempel'),
      await say('Bo Ek', coordinator, 'vikarie för Anna Berg: Eva Ek idag'),
    ];

    assert.match(told[0] ?? '', /kan bara närvarokoordinatorn eller rektor göra/);
    assert.match(told[1] ?? '', /Jag hittar ingen sådan elev/);
    assert.match(told[2] ?? '', /kan bara närvarokoordinatorn eller rektor göra/);
  });
});
