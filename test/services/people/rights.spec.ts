import assert from 'node:assert/strict';
import type { Temporal } from 'temporal-polyfill';
import type { Municipality } from '../../../services/config/municipality.ts';
import type { HeldRole } from '../../../services/people/held-role.ts';
import { type Action, actions, isAllowed } from '../../../services/people/permissions.ts';
import type { Person } from '../../../services/people/person.ts';
import { mayDo } from '../../../services/people/rights.ts';
import type { Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { clockTime, groupId, MONDAY } from '../../support/small-school.ts';
import { emailOf } from '../../support/small-staff.ts';
import { addStep } from './add-step.ts';
import {
  addCard,
  addContactPerson,
  addFollowUp,
  addStaff,
  addStandIn,
  groups,
  personIn,
  places,
  pupils,
  schoolOf,
  seedPlaces,
  staffedMunicipality,
} from './staffed-school.ts';

type Pupil = keyof typeof pupils;
type Place = keyof typeof places;

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

const TUESDAY = MONDAY.add({ days: 1 });
const FRIDAY = MONDAY.subtract({ days: 3 });

forEachEngine('mayDo', (engine) => {
  let storage: Storage;
  let municipality: Municipality;

  before(async () => {
    storage = await engine.open();
    municipality = staffedMunicipality();
    await seed();
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

  describe('day by day', () => {
    const days: readonly (readonly [string, Temporal.PlainDate, boolean])[] = [
      ['before the first day', MONDAY.subtract({ days: 1 }), false],
      ['on the first day', MONDAY, true],
      ['on the last day', TUESDAY, true],
      ['after the last day', TUESDAY.add({ days: 1 }), false],
    ];
    for (const [name, day, expected] of days) {
      it(`${expected ? 'lets' : 'does not let'} a stand-in record contact ${name}`, async () => {
        const person = await personIn(storage.db, 'Vikarie Nu');

        assert.equal(await may(person, 'recordContact', pupils.a, 'alone', day), expected);
      });
    }

    it('lets whoever a pupil was handed over to record contact of that day, and of no other', async () => {
      const person = await personIn(storage.db, 'Fick Överlämnat');

      assert.equal(await may(person, 'recordContact', pupils.c, 'alone'), true);
      assert.equal(await may(person, 'recordContact', pupils.c, 'alone', TUESDAY), false);
    });

    it('lets mentors of a shared channel help with the cards of the day, and not where the cards stood before', async () => {
      const person = await personIn(storage.db, 'Mentor Granne');

      assert.equal(await may(person, 'recordContact', pupils.a, 'ab'), true);
      assert.equal(await may(person, 'recordContact', pupils.a, 'ab', TUESDAY), false);
    });
  });

  it('lets a channel go on with a pupil who has changed groups since the card', async () => {
    const person = await personIn(storage.db, 'Mentor Granne');
    await storage.db
      .updateTable('groupMember')
      .set({ groupId: groupId(groups.c) })
      .where('pupilId', '=', pupils.a)
      .execute();

    const [before, later] = [
      await may(person, 'recordContact', pupils.a, 'ab'),
      await may(person, 'recordContact', pupils.a, 'ab', TUESDAY),
    ];

    await storage.db
      .updateTable('groupMember')
      .set({ groupId: groupId(groups.a) })
      .where('pupilId', '=', pupils.a)
      .execute();
    assert.deepEqual([before, later], [true, false]);
  });

  it('takes a role from whoever leaves the staff, and gives it back to whoever returns', async () => {
    const leave = (removedAt: Temporal.Instant | null) =>
      storage.db.updateTable('staff').set({ removedAt }).where('id', '=', 'staff Mentor Annan').execute();
    const asked = async () =>
      await may(await personIn(storage.db, 'Mentor Annan'), 'recordContact', pupils.c, 'c');

    await leave(clockTime('09:00'));
    const gone = await asked();
    await leave(null);

    assert.deepEqual([gone, await asked()], [false, true]);
  });

  it('has anybody on the staff help where the only mentor has left', async () => {
    const person = await personIn(storage.db, 'Lärare Ingen');
    const leave = (removedAt: Temporal.Instant | null) =>
      storage.db.updateTable('staff').set({ removedAt }).where('id', '=', 'staff Mentor Annan').execute();

    const before = await may(person, 'recordContact', pupils.c, 'c');
    await leave(clockTime('09:00'));
    const after = await may(person, 'recordContact', pupils.c, 'c');
    await leave(null);

    assert.deepEqual([before, after], [false, true]);
  });

  async function may(
    person: Person | undefined,
    action: Action,
    pupilId: string | undefined,
    place: Place,
    day = MONDAY,
    stepId?: string,
  ): Promise<boolean> {
    const request = {
      action,
      school: schoolOf(municipality, 'norr'),
      day,
      conversationId: places[place],
      pupilId,
      stepId,
    };
    return await mayDo({ db: storage.db, municipality }, person, request);
  }

  async function seed(): Promise<void> {
    const { db } = storage;
    await seedPlaces(db);
    await addCard(db, groups.a, '19:ab', FRIDAY);
    const mentor = await addStaff(db, 'Mentor Sjuan', [groups.a]);
    await addStaff(db, 'Mentor Granne', [groups.b]);
    const other = await addStaff(db, 'Mentor Annan', [groups.c]);
    const contact = await addStaff(db, 'Kontakt Person');
    await addContactPerson(db, pupils.a, contact);
    await addContactPerson(db, pupils.b, await addStaff(db, 'Var Kontaktperson'), clockTime('08:30'));
    const [first, last] = [MONDAY, TUESDAY];
    const stepOwner = await addStaff(db, 'Har Steg');
    await addStandIn(db, stepOwner, await addStaff(db, 'Vikarie Steg'), { firstDay: first, lastDay: last });
    await addStep(db, pupils.c, 'own', { ownerStaffId: stepOwner });
    await addStep(db, pupils.c, 'byAddress', { ownerAddress: emailOf('Adress Steg') });
    await addStep(db, pupils.c, 'done', { ownerStaffId: await addStaff(db, 'Hade Steg') });
    await addStandIn(db, mentor, await addStaff(db, 'Vikarie Nu'), { firstDay: first, lastDay: last });
    await addStandIn(db, mentor, await addStaff(db, 'Vikarie Igår'), {
      firstDay: FRIDAY,
      lastDay: first.subtract({ days: 1 }),
    });
    await addStandIn(db, other, await addStaff(db, 'Vikarie Imorgon'), { firstDay: last, lastDay: last });
    await addStandIn(
      db,
      other,
      await addStaff(db, 'Vikarie Avslutad'),
      { firstDay: first, lastDay: last },
      clockTime('08:30'),
    );
    await addStandIn(db, contact, await addStaff(db, 'Vikarie Kontaktperson'), {
      firstDay: first,
      lastDay: first,
    });
    await addFollowUp(db, pupils.a, mentor, MONDAY, groupId(groups.a));
    await addFollowUp(db, pupils.c, await addStaff(db, 'Fick Överlämnat'));
    await addFollowUp(db, pupils.d, await addStaff(db, 'Fick Igår'), FRIDAY);
    await addStaff(db, 'Lärare Ingen');
    await addStaff(db, 'Har Slutat', [groups.a, groups.d], { removedAt: clockTime('08:00') });
    // Of those whom the municipality file names, the principal and the admin are not in the student system.
    for (const name of ['Koordinator norr', 'Kurator norr', 'Koordinator soder']) await addStaff(db, name);
  }
});
