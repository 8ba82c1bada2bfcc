import assert from 'node:assert/strict';
import { personal } from '../../../journeys/personal.ts';
import { startTestApp, type TestApp } from '../../../support/app.ts';
import { coordinator, textsIn } from '../../../support/morning-cards.ts';
import { ANNA, smallStaff } from '../../../support/small-staff.ts';
import type { TeamsPlace } from '../../../support/teams-user.ts';

const [anna, bo, eva] = [personal('Anna Berg'), personal('Bo Ek'), personal('Eva Ek')];
/** Anna alone is a mentor. */
const staff = smallStaff.map((one) => ({ ...one, groups: one.id === ANNA ? [0] : [] }));

describe('who answers for a pupil, in words, on the day itself', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await startTestApp({ groups: 1, perGroup: 20 });
    app.school.staff = staff;
    app.school.marks = (pupil) => ([0, 1].includes(pupil) ? 'missing' : 'here');
    for (const { name } of staff) app.user(name);
    await app.until('08:45');
    for (const [name, place] of [
      ['Bo Ek', bo],
      ['Eva Ek', eva],
    ] as const)
      await say(name, place, 'hjälp');
  });
  afterEach(() => app.close());

  async function say(name: string, place: TeamsPlace, text: string): Promise<string> {
    await app.user(name).write(place, text);
    return textsIn(app, place).at(-1) ?? '';
  }
  /** Who has been reminded at ten, and of how many. */
  async function reminded(): Promise<Readonly<Record<string, string>>> {
    for (const time of ['10:00', '10:01']) await app.until(time);
    const of = (place: TeamsPlace) =>
      textsIn(app, place).flatMap((text) => /Påminnelse: (\d) elev/.exec(text)?.[1] ?? []);
    return { anna: of(anna).join(), bo: of(bo).join(), eva: of(eva).join() };
  }

  it('is the stand-in from the moment that somebody says that they are away today', async () => {
    assert.match(await say('Anna Berg', anna, 'vikarie Bo Ek idag'), /^Bo Ek vikarierar för Anna Berg/);

    assert.deepEqual(await reminded(), { anna: '', bo: '2', eva: '' });
  });

  const spans = [
    ['vikarie Bo Ek', /från måndag 23 november till och med måndag 23 november/],
    ['vikarie Bo Ek på fredag', /från fredag 27 november till och med fredag 27 november/],
    // What begins and has no end goes on to the end of the term.
    ['vikarie Bo Ek från fredag', /från fredag 27 november till och med fredag 18 december/],
  ] as const;
  for (const [text, answer] of spans) {
    it(`holds for the days of "${text}"`, async () => {
      assert.match(await say('Anna Berg', anna, text), answer);
    });
  }

  it('is known in their own chat as a stand-in, for as long as they are one', async () => {
    await say('Anna Berg', anna, 'vikarie Eva Ek idag');

    const listed = await say('Eva Ek', eva, 'mina elever');
    await say('Anna Berg', anna, 'avsluta vikarie');
    const after = await say('Eva Ek', eva, 'kontaktad Elev0');
    await say('Anna Berg', anna, 'vikarie Eva Ek idag');
    const recorded = await say('Eva Ek', eva, 'kontaktad Elev0');

    assert.match(listed, /2 att kontakta[\s\S]*Elev0[\s\S]*Elev1/);
    assert.match(after, /känner inte igen dig/);
    assert.match(recorded, /^Sparat: du har haft kontakt med Elev0 Exempel/);
  });

  it('is they themselves again when they say that they are back', async () => {
    await say('Anna Berg', anna, 'vikarie Bo Ek idag');
    await say('Anna Berg', anna, 'avsluta vikarie');

    assert.deepEqual(await reminded(), { anna: '2', bo: '', eva: '' });
  });

  it('is the contact person as long as there is one, and the mentor after that', async () => {
    await say('Karin Koord', coordinator, 'kontaktperson Elev0 Exempel: Eva Ek');
    await say('Karin Koord', coordinator, 'kontaktperson Elev1 Exempel: Bo Ek');
    await say('Karin Koord', coordinator, 'ta bort kontaktperson Elev1 Exempel');

    assert.deepEqual(await reminded(), { anna: '1', bo: '', eva: '1' });
  });

  it('stays whoever has begun, whoever is away later', async () => {
    await say('Anna Berg', anna, 'nådde inte Elev0 Exempel');
    await say('Anna Berg', anna, 'vikarie Bo Ek idag');

    assert.deepEqual(await reminded(), { anna: '', bo: '1', eva: '' });
    const rows = await app.storage.db
      .selectFrom('followUp')
      .select('responsibleStaffId')
      .where('attempts', '=', 1)
      .execute();
    assert.deepEqual(rows, [{ responsibleStaffId: ANNA }]);
  });

  const asked: readonly (readonly [string, RegExp])[] = [
    ['vikarie Anna Berg idag', /Ingen kan vikariera för sig själv/],
    ['vikarie Kalle Anka idag', /ingen i personalen som heter Kalle Anka/],
    ['vikarie Ek idag', /Vem menar du/],
    ['vikarie för Bo Ek: Eva Ek idag', /kan bara närvarokoordinatorn eller rektor göra/],
    ['kontaktperson Elev0: Eva Ek', /kan bara närvarokoordinatorn eller rektor göra/],
    ['kontaktperson Elev0', /har ingen kontaktperson/],
    ['kontaktperson Kalle Anka', /Jag hittar ingen sådan elev/],
  ];
  it('is nobody else for what is asked in vain', async () => {
    for (const [text, answer] of asked) assert.match(await say('Anna Berg', anna, text), answer, text);

    assert.deepEqual(await reminded(), { anna: '2', bo: '', eva: '' });
  });
});
