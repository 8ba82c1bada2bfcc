import assert from 'node:assert/strict';
import { personal } from '../../../journeys/personal.ts';
import { startTestApp, type TestApp } from '../../../support/app.ts';
import { coordinator, mentors, textsIn } from '../../../support/morning-cards.ts';
import { ANNA, BO, smallStaff } from '../../../support/small-staff.ts';
import type { TeamsPlace } from '../../../support/teams-user.ts';

const LUNCH: TeamsPlace = { id: '19:lunch@thread.v2', kind: 'groupChat' };
const OWN_CHAT = /^Skriv det till mig i vår egen chatt/;

/** Anna is the mentor of 7A and Bo of 8A; Karin is the coordinator, who may name every pupil. */
const staff = smallStaff.map((one) => ({ ...one, groups: one.id === ANNA ? [0] : one.id === BO ? [1] : [] }));

describe('the pupils whom an answer names', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp({ groups: 2, perGroup: 20 });
    app.school.staff = staff;
    // 0 and 1 are of 7A, 21 and 22 of 8A.
    app.school.marks = (pupil) => ([0, 1, 21, 22].includes(pupil) ? 'missing' : 'here');
    await app.until('08:45');
  });
  after(() => app.close());

  async function say(name: string, place: TeamsPlace, text: string): Promise<string> {
    await app.user(name).write(place, text);
    return textsIn(app, place).at(-1) ?? assert.fail('no answer');
  }

  const hidden: readonly (readonly [string, TeamsPlace, string])[] = [
    ['Karin Koord', LUNCH, 'kontaktad Elev21 Exempl'],
    ['Karin Koord', LUNCH, 'nådde inte Elev5 Exempel'],
    ['Karin Koord', LUNCH, 'kontaktperson Elev2'],
    ['Karin Koord', LUNCH, 'kontaktperson Exempel'],
    ['Karin Koord', LUNCH, 'ta bort kontaktperson Elev2 Exempel'],
    ['Karin Koord', LUNCH, 'ångra Exempel'],
    ['Anna Berg', LUNCH, 'kontaktad Exempel'],
    ['Karin Koord', mentors(0), 'kontaktad Elev21 Exempl'],
    ['Karin Koord', mentors(0), 'kontaktad Elev30 Exempel'],
    ['Karin Koord', mentors(0), 'kontaktperson Elev30 Exempel'],
    ['Bo Ek', mentors(0), 'kontaktad Exempel'],
  ];
  for (const [name, place, text] of hidden) {
    it(`are not told where others read them: "${text}" of ${name} in ${place.id}`, async () => {
      const told = await say(name, place, text);

      assert.match(told, OWN_CHAT);
      assert.doesNotMatch(told, /Elev\d|Exempel/);
    });
  }

  const shown: readonly (readonly [string, TeamsPlace, string, RegExp])[] = [
    ['Karin Koord', coordinator, 'kontaktad Elev21 Exempl', /Elev21 Exempel/],
    ['Karin Koord', personal('Karin Koord'), 'kontaktperson Elev30', /Elev30 Exempel har ingen/],
    ['Karin Koord', mentors(1), 'kontaktad Elev22 Exempl', /Elev22 Exempel/],
    ['Karin Koord', mentors(0), 'kontaktperson Elev2 Exempel', /Elev2 Exempel har ingen/],
    ['Anna Berg', mentors(0), 'kontaktad Exempel', /Elev0 Exempel[\s\S]*Elev1 Exempel/],
    ['Anna Berg', mentors(0), 'kontaktad Elev5 Exempel', /^Elev5 Exempel behöver inte kontaktas/],
  ];
  for (const [name, place, text, names] of shown) {
    it(`are told where everybody may read them: "${text}" of ${name} in ${place.id}`, async () => {
      const told = await say(name, place, text);

      assert.match(told, names);
    });
  }

  it('are not told by what is taken back either, and it stays as it is', async () => {
    await say('Bo Ek', personal('Bo Ek'), 'kontaktad Elev22 Exempel');

    const elsewhere = [await say('Bo Ek', LUNCH, 'ångra'), await say('Bo Ek', mentors(0), 'ångra')];

    for (const told of elsewhere) assert.match(told, OWN_CHAT);
    assert.match(await say('Bo Ek', mentors(1), 'ångra'), /^Ångrat: Elev22 Exempel/);
  });
});
