import assert from 'node:assert/strict';
import { BANDS } from '../../demo/long-run-absence.ts';
import { type DemoPupil, makeUp } from '../../demo/municipality.ts';
import { familyNames, givenNames } from '../../demo/names.ts';

const SEEDS = [1, 2, 3];

function pupilsOf(seed: number): readonly DemoPupil[] {
  return makeUp(seed).schools.flatMap((school) => school.pupils);
}

function share(pupils: readonly DemoPupil[], isChosen: (pupil: DemoPupil) => boolean): number {
  return pupils.filter(isChosen).length / pupils.length;
}

describe('the made-up municipality', () => {
  it('is the same for the same seed, and another for another', () => {
    assert.deepEqual(makeUp(1), makeUp(1));
    assert.notDeepEqual(makeUp(1).schools[0]?.pupils, makeUp(2).schools[0]?.pupils);
  });

  it('keeps the ids of its schools, since a configuration names them', () => {
    const [one, other] = SEEDS.map((seed) => makeUp(seed).schools.map((school) => school.organisation));

    assert.deepEqual(one, other);
  });

  for (const seed of SEEDS) {
    it(`has five schools of 180 to 350 pupils, in classes of 22 to 27 (seed ${seed})`, () => {
      const { schools } = makeUp(seed);

      assert.equal(schools.length, 5);
      for (const { pupils, groups } of schools) {
        assert.ok(pupils.length >= 180 && pupils.length <= 350, `${pupils.length}`);
        const classes = groups.filter((group) => group.kind === 'Klass');
        assert.ok(classes.every((group) => group.pupils.length >= 22 && group.pupils.length <= 27));
        assert.equal(classes.flatMap((group) => group.pupils).length, pupils.length);
      }
    });

    it(`gives everybody and everything an id of its own (seed ${seed})`, () => {
      const ids = makeUp(seed).schools.flatMap(({ organisation, pupils, teachers, groups }) => [
        organisation,
        ...[...pupils, ...teachers, ...groups].map((one) => one.id),
      ]);

      assert.equal(new Set(ids).size, ids.length);
    });

    it(`gives everybody on a school's staff an address of their own (seed ${seed})`, () => {
      for (const { teachers } of makeUp(seed).schools)
        assert.equal(new Set(teachers.map(({ email }) => email)).size, teachers.length);
    });

    it(`puts every pupil in one class, one mentor group with mentors, and one language (seed ${seed})`, () => {
      for (const { pupils, groups } of makeUp(seed).schools) {
        for (const kind of ['Klass', 'Mentor', 'Undervisning'] as const) {
          const members = groups.filter((group) => group.kind === kind).flatMap((group) => group.pupils);
          assert.deepEqual(members.map(({ id }) => id).sort(), pupils.map(({ id }) => id).sort());
        }
        assert.ok(groups.every(({ kind, mentors }) => mentors.length === (kind === 'Mentor' ? 2 : 0)));
      }
    });

    it(`has pupils in each band of absence as the field has (seed ${seed})`, () => {
      const pupils = pupilsOf(seed);

      for (const { share: wanted, from, to } of BANDS) {
        const actual = share(pupils, ({ absence }) => absence >= from && absence < to);
        assert.ok(Math.abs(actual - wanted) < 0.015, `${from}-${to}: ${actual}`);
      }
      const mean = pupils.reduce((sum, pupil) => sum + pupil.absence, 0) / pupils.length;
      assert.ok(Math.abs(mean - 0.11) < 0.005, `${mean}`);
    });

    it(`has more absence the higher the grade (seed ${seed})`, () => {
      const shares = [7, 8, 9].map((grade) =>
        share(
          pupilsOf(seed).filter((pupil) => pupil.grade === grade),
          ({ absence }) => absence >= 0.15,
        ),
      );

      for (const [index, wanted] of [0.175, 0.21, 0.245].entries()) {
        assert.ok(Math.abs((shares[index] ?? 0) - wanted) < 0.015, `${shares}`);
      }
    });

    it(`has somebody with much absence in every school (seed ${seed})`, () => {
      for (const { pupils } of makeUp(seed).schools) {
        assert.ok(pupils.some(({ absence }) => absence > 0.5));
      }
    });

    it(`has a few protected pupils, one of them where the demo looks (seed ${seed})`, () => {
      const protectedOnes = pupilsOf(seed).filter((pupil) => pupil.isProtected);
      const shown = makeUp(seed).schools.find(({ id }) => id === 'torpaskolan-norr');

      assert.ok(protectedOnes.length >= 2 && protectedOnes.length <= 15, `${protectedOnes.length}`);
      assert.equal(shown?.pupils.filter((one) => one.className === '8B' && one.isProtected).length, 1);
    });
  }

  it('names nobody but out of its own lists, and writes to nobody', () => {
    const { schools } = makeUp(1);
    const people = schools.flatMap(({ pupils, teachers }) => [...pupils, ...teachers]);

    assert.ok(
      people.every((one) => givenNames.includes(one.givenName) && familyNames.includes(one.familyName)),
    );
    assert.ok(
      schools
        .flatMap((school) => school.teachers)
        .every(({ email }) => /^[\w.]+@skola\.example$/.test(email)),
    );
  });
});
