import assert from 'node:assert/strict';
import type { HeldRole } from '../../../services/people/held-role.ts';
import { actions, isAllowed } from '../../../services/people/permissions.ts';
import type { Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { MONDAY } from '../../support/small-school.ts';
import { mayIn, type Place, seedRights } from './rights-school.ts';
import { personIn, places, pupils, staffedMunicipality } from './staffed-school.ts';

type Pupil = keyof typeof pupils;

const own = (role: HeldRole['role']): readonly HeldRole[] => [{ role, whose: 'own' }];
const channel: readonly HeldRole[] = [{ role: 'mentor', whose: 'channel' }];
const school = (role: HeldRole['role']): readonly HeldRole[] => [{ role, whose: 'school' }];
const admin: readonly HeldRole[] = [{ role: 'admin', whose: 'other' }];
const everywhere = (roles: readonly HeldRole[]) => ({ a: roles, b: roles, c: roles, d: roles });

/** Whose cards stand there. */
const shown: Readonly<Record<Place, string>> = { ab: 'ab', c: 'c', d: 'd', alone: '' };

interface Somebody {
  /** What they are to each pupil, wherever they ask; nothing where left out. */
  readonly to?: Partial<Readonly<Record<Pupil, readonly HeldRole[]>>>;
  /** And where a card of the pupil's group is before them. */
  readonly onCard?: Partial<Readonly<Record<Pupil, readonly HeldRole[]>>>;
  /** What they are at the school, no pupil in particular. */
  readonly atSchool?: readonly HeldRole[];
}

/** Anybody on the staff who is in the channel of 7D, of which nobody is named as a mentor, helps there. */
const helping = { d: channel };

/** Everybody there is, and what they are to whom; the table in permissions.ts says what follows from it. */
const people: Readonly<Record<string, Somebody>> = {
  'Mentor Sjuan': { to: { a: own('mentor') }, onCard: { b: channel, ...helping }, atSchool: own('mentor') },
  'Mentor Granne': { to: { b: own('mentor') }, onCard: { a: channel, ...helping }, atSchool: own('mentor') },
  'Mentor Annan': { to: { c: own('mentor') }, onCard: helping, atSchool: own('mentor') },
  'Kontakt Person': { to: { a: own('contactPerson') }, onCard: helping, atSchool: own('contactPerson') },
  'Var Kontaktperson': { onCard: helping },
  'Vikarie Nu': { to: { a: own('standIn') }, onCard: helping, atSchool: own('standIn') },
  'Vikarie Igår': { onCard: helping },
  'Vikarie Imorgon': { onCard: helping },
  'Vikarie Avslutad': { onCard: helping },
  'Vikarie Kontaktperson': { to: { a: own('standIn') }, onCard: helping, atSchool: own('standIn') },
  'Fick Överlämnat': { to: { c: own('responsible') }, onCard: helping, atSchool: own('responsible') },
  'Har Steg': { to: { c: own('stepOwner') }, onCard: helping },
  'Vikarie Steg': { to: { c: own('stepOwner') }, onCard: helping },
  'Adress Steg': { to: { c: own('stepOwner') } },
  'Hade Steg': { onCard: helping },
  'Fick Igår': { onCard: helping },
  'Lärare Ingen': { onCard: helping },
  'Har Slutat': {},
  'Inte Personal': {},
  'Koordinator norr': {
    to: everywhere(school('attendanceCoordinator')),
    atSchool: school('attendanceCoordinator'),
  },
  'Rektor norr': { to: everywhere(school('principal')), atSchool: school('principal') },
  'Kurator norr': {
    to: everywhere(school('ehtMember')),
    onCard: helping,
    atSchool: school('ehtMember'),
  },
  'Mobila Teamet': { to: everywhere(school('mobileSchoolTeam')), atSchool: school('mobileSchoolTeam') },
  'It Admin': { to: everywhere(admin), atSchool: admin },
  'Koordinator soder': { onCard: helping },
  'Rektor soder': {},
};

forEachEngine('mayDo', (engine) => {
  let storage: Storage;
  let may: ReturnType<typeof mayIn>;

  before(async () => {
    storage = await engine.open();
    await seedRights(storage.db);
    may = mayIn(storage.db, staffedMunicipality());
  });
  after(() => storage.close());

  for (const [name, { to = {}, onCard = {}, atSchool = [] }] of Object.entries(people)) {
    for (const pupil of Object.keys(pupils) as Pupil[]) {
      it(`lets ${name} do with the pupil of 7${pupil.toUpperCase()} what the table says, in every place`, async () => {
        const person = await personIn(storage.db, name);
        const faults: string[] = [];
        for (const place of Object.keys(places) as Place[]) {
          const held = [...(to[pupil] ?? []), ...(shown[place].includes(pupil) ? (onCard[pupil] ?? []) : [])];
          for (const action of actions) {
            const expected = held.some(({ role, whose }) => isAllowed(role, action, whose));
            if ((await may(person, action, pupils[pupil], place)) !== expected)
              faults.push(`${action} in ${place}: ${!expected}`);
          }
        }

        assert.deepEqual(faults, []);
      });
    }

    it(`lets ${name} do at the school what the table says`, async () => {
      const person = await personIn(storage.db, name);

      const allowed = [];
      for (const action of actions) if (await may(person, action, undefined, 'alone')) allowed.push(action);

      const expected = actions.filter((action) =>
        atSchool.some(({ role, whose }) => isAllowed(role, action, whose)),
      );
      assert.deepEqual(allowed, expected);
    });
  }

  it('lets whoever has a step handle that one, also when it is done, and no other of the same pupil', async () => {
    const steps = await storage.db.selectFrom('routineStep').select(['id', 'key']).execute();
    const handles = async (name: string, key: string) => {
      const stepId = steps.find((step) => step.key === key)?.id;
      return await may(await personIn(storage.db, name), 'handleStep', pupils.c, 'alone', MONDAY, stepId);
    };

    assert.deepEqual(
      [
        await handles('Har Steg', 'own'),
        await handles('Vikarie Steg', 'own'),
        await handles('Har Steg', 'byAddress'),
        await handles('Adress Steg', 'byAddress'),
        await handles('Hade Steg', 'done'),
        await handles('Hade Steg', 'own'),
        await handles('Mentor Annan', 'own'),
        await handles('Koordinator norr', 'own'),
      ],
      [true, true, false, true, true, false, false, true],
    );
  });

  it('lets nobody do anything who is not known', async () => {
    for (const action of actions) assert.equal(await may(undefined, action, pupils.a, 'ab'), false);
  });

  for (const [who, more] of [
    ['a guest', { isGuest: true }],
    ['an account of another municipality', { tenantId: 'theirs' }],
  ] as const) {
    for (const name of ['Mentor Sjuan', 'Koordinator norr']) {
      it(`lets ${who} do nothing, whose e-mail address is that of ${name}`, async () => {
        const person = await personIn(storage.db, name, more);

        for (const action of actions) {
          assert.equal(await may(person, action, pupils.a, 'ab'), false);
          assert.equal(await may(person, action, undefined, 'ab'), false);
        }
        await personIn(storage.db, name);
      });
    }
  }
});
