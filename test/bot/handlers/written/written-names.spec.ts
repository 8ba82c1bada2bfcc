import assert from 'node:assert/strict';
import { personal } from '../../../journeys/personal.ts';
import { startTestApp, type TestApp } from '../../../support/app.ts';
import { coordinator, messagesIn } from '../../../support/morning-cards.ts';
import { channelId, groupId, guid, pupilId } from '../../../support/small-school.ts';
import { ANNA, BO, EVA, smallRoles, smallStaff } from '../../../support/small-staff.ts';
import type { TeamsPlace } from '../../../support/teams-user.ts';

const NEW: TeamsPlace = { id: '19:new@thread.tacv2', kind: 'channel', teamId: '19:team' };
const anna = personal('Anna Berg');
/** What would be formatting, and a link, to whoever reads it as Markdown. */
const ODD = 'A*b_c [x](http://y)';
const SAFE = 'A\\*b\\_c \\[x\\](http://y)';
const staff = smallStaff.map((one) => ({ ...one, groups: one.id === ANNA ? [0] : [] }));

/** Each is of a pupil of its own, so that one app is enough. */
describe('names in what is answered in writing', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp({ groups: 2, perGroup: 20, municipality: { schools: [school()] } });
    app.school.staff = staff;
    app.school.marks = (pupil) => (pupil < 5 ? 'missing' : 'here');
    for (const { name } of staff) app.user(name);
    await app.until('08:45');
    const { db } = app.storage;
    for (let pupil = 0; pupil < 7; pupil += 1)
      await db
        .updateTable('pupil')
        .set({ givenName: pupil < 5 ? `Elev${pupil}` : `Elev${pupil} Tvilling`, familyName: ODD })
        .where('id', '=', pupilId(pupil))
        .execute();
    for (const id of [BO, EVA])
      await db
        .updateTable('staff')
        .set({ familyName: `Tvilling ${ODD}` })
        .where('id', '=', id)
        .execute();
    await db.updateTable('schoolGroup').set({ name: '8A *b' }).where('id', '=', groupId(1)).execute();
  });
  after(() => app.close());

  async function say(name: string, place: TeamsPlace, text: string): Promise<string> {
    await app.user(name).write(place, text);
    return String(messagesIn(app, place).at(-1)?.activity.text);
  }

  const cases: readonly (readonly [string, TeamsPlace, string, RegExp, number])[] = [
    ['Anna Berg', anna, 'kontaktad Elev0', /^Sparat: du har haft kontakt/, 1],
    ['Karin Koord', coordinator, 'kontaktad Elev3', /^Sparat: du har haft kontakt/, 1],
    ['Anna Berg', anna, 'kontaktad Elev3', /är redan hanterad av Karin Koord/, 1],
    ['Anna Berg', anna, 'ångra', /^Ångrat/, 1],
    ['Anna Berg', anna, 'nådde inte Elev1', /^Sparat: du nådde inte/, 1],
    ['Anna Berg', anna, 'kontaktad Elev5', /behöver inte kontaktas/, 1],
    ['Anna Berg', anna, 'kontaktad Tvilling', /behöver inte kontaktas/, 2],
    ['Anna Berg', anna, 'ångra Tvilling', /^Vem menar du/, 2],
    ['Anna Berg', anna, 'kontaktperson Elev2', /har ingen kontaktperson/, 2],
    ['Karin Koord', coordinator, 'kontaktperson Elev2: Eva', /är nu kontaktperson/, 2],
    ['Karin Koord', coordinator, 'kontaktperson Elev2: Eva', /är redan kontaktperson/, 2],
    ['Anna Berg', anna, 'kontaktperson Elev2', /^Kontaktperson för/, 2],
    ['Karin Koord', coordinator, 'ta bort kontaktperson Elev2', /har inte längre någon kontaktperson/, 1],
    ['Anna Berg', anna, 'vikarie Tvilling idag', /^Vem menar du: Bo .* Eva/, 2],
    ['Anna Berg', anna, 'vikarie Bo idag', /vikarierar för Anna Berg/, 1],
    ['Karin Koord', coordinator, 'vikarie för Bo: Anna Berg idag', /^Anna Berg vikarierar för Bo/, 1],
    ['Karin Koord', coordinator, 'avsluta vikarie för Bo', /har ingen vikarie längre/, 1],
    ['Karin Koord', coordinator, 'avsluta vikarie för Bo', /^Ingen vikarierar för/, 1],
  ];
  for (const [name, place, text, told, count] of cases) {
    it(`are no formatting: "${text}" of ${name}, ${String(told)}`, async () => {
      const answer = await say(name, place, text);

      assert.match(answer, told);
      assert.ok(!answer.includes(ODD), answer);
      assert.equal(answer.split(SAFE).length - 1, count, answer);
    });
  }

  const spoken: readonly (readonly [string, string])[] = [
    ['koppla b_l_å', 'Jag hittar ingen mentorsgrupp som heter b\\_l\\_å.'],
    ['koppla 8A *b', 'Kopplat: 8A \\*b (Norr\\_skolan\\_).'],
    ['koppla bort b_l_å', 'b\\_l\\_å: ingen koppling'],
    ['koppla bort', 'Kanalen är inte längre kopplad.'],
    ['koppla samordnare', 'Kopplat: närvarokoordinatorn (Norr\\_skolan\\_).'],
    ['status', 'Norr\\_skolan\\_ måndag 23 november'],
  ];
  for (const [text, told] of spoken) {
    it(`are no formatting either where they are the sender’s own words, or a group’s or school’s: "${text}"`, async () => {
      const answer = await say('Karin Koord', NEW, text);

      assert.ok(answer.startsWith(told), answer);
    });
  }
});

function school(): object {
  const mentorGroups = { '7A': channelId(0), '8A': channelId(1) };
  const channels = { coordinator: coordinator.id, mentorGroups };
  return { id: 'norr', name: 'Norr_skolan_', organisation: guid(9, 1), roles: smallRoles, channels };
}
