import assert from 'node:assert/strict';
import fc from 'fast-check';
import { familyNames, givenNames } from '../../../demo/names.ts';
import {
  folded,
  isWithinSlips,
  matchName,
  type NameCandidate,
  type NameMatch,
} from '../../../services/people/match-names.ts';
import { anyName } from '../../cards/names.ts';

/** A mentor group; each is known by the name. */
const group = candidates(
  'Oscar Larsson',
  'Oscar Lind',
  'Anna-Karin Öberg',
  'Anna Ek',
  'Åsa Märta von Essen',
  "Siobhán O'Brien",
  'Mohamed Abdi Hassan',
  'Elsa Berg',
  'Lukas Holm',
  'Andrea Ek',
  'Andreas Lindqvist',
  'Fredrik Åkerström',
  'Bo Yılmaz',
  'Bo Li',
);

describe('matchName', () => {
  const exact: readonly (readonly [query: string, ...found: string[]])[] = [
    ['Oscar Larsson', 'Oscar Larsson'],
    ['oscar larsson', 'Oscar Larsson'],
    ['OSCAR  LARSSON', 'Oscar Larsson'],
    ['Larsson, Oscar', 'Oscar Larsson'],
    ['Larsson Oscar', 'Oscar Larsson'],
    ['Larsson', 'Oscar Larsson'],
    ['Oscar', 'Oscar Larsson', 'Oscar Lind'],
    ['Oscar La', 'Oscar Larsson'],
    ['Oscar Li', 'Oscar Lind'],
    ['Oscar L', 'Oscar Larsson', 'Oscar Lind'],
    ['O. Larsson', 'Oscar Larsson'],
    ['Oscars', 'Oscar Larsson', 'Oscar Lind'],
    ['Oscar Larssons', 'Oscar Larsson'],
    ['Oscar Ls', 'Oscar Larsson', 'Oscar Lind'],
    ['Anna-Karin', 'Anna-Karin Öberg'],
    ['Anna Karin', 'Anna-Karin Öberg'],
    ['annakarin oberg', 'Anna-Karin Öberg'],
    ['Karin', 'Anna-Karin Öberg'],
    ['Anna', 'Anna-Karin Öberg', 'Anna Ek'],
    ['Anna Ek', 'Anna Ek'],
    ['Anna K', 'Anna-Karin Öberg'],
    ['Anna Ö', 'Anna-Karin Öberg'],
    ['asa', 'Åsa Märta von Essen'],
    ['Åsa von Essen', 'Åsa Märta von Essen'],
    ['vonEssen', 'Åsa Märta von Essen'],
    ['obrien', "Siobhán O'Brien"],
    ['Siobhan O’Brien', "Siobhán O'Brien"],
    ['Mohamed Hassan', 'Mohamed Abdi Hassan'],
    ['Hassan', 'Mohamed Abdi Hassan'],
    ['Mohamed A H', 'Mohamed Abdi Hassan'],
    ['Lukas', 'Lukas Holm'],
    ['Andrea', 'Andrea Ek'],
    ['Andreas', 'Andrea Ek', 'Andreas Lindqvist'],
    ['Andreas Lindqvist', 'Andreas Lindqvist'],
    ['Ek', 'Anna Ek', 'Andrea Ek'],
    ['Yilmaz', 'Bo Yılmaz'],
    ['Bo Y', 'Bo Yılmaz'],
    ['Bo', 'Bo Yılmaz', 'Bo Li'],
  ];
  for (const [query, ...found] of exact) {
    it(`takes "${query}" for ${found.join(' or ')}`, () => {
      assert.deepEqual(matchName(query, group), matchOf(found, true));
    });
  }

  const guessed: readonly (readonly [query: string, ...found: string[]])[] = [
    ['Oskar Larsson', 'Oscar Larsson'],
    ['Oskar', 'Oscar Larsson', 'Oscar Lind'],
    ['Oskar La', 'Oscar Larsson'],
    ['Oscra Larson', 'Oscar Larsson'],
    ['Oskars', 'Oscar Larsson', 'Oscar Lind'],
    ['Mohammed', 'Mohamed Abdi Hassan'],
    ['Muhamed Hasan', 'Mohamed Abdi Hassan'],
    ['Fredrick Åkerstrom', 'Fredrik Åkerström'],
    ['Akerstörm', 'Fredrik Åkerström'],
    ['Lucas', 'Lukas Holm'],
  ];
  for (const [query, ...found] of guessed) {
    it(`guesses that "${query}" is ${found.join(' or ')}`, () => {
      assert.deepEqual(matchName(query, group), matchOf(found, false));
    });
  }

  const nobody = [
    ...['Ella', 'Bosse', 'Ossian', 'Erik', 'O L', 'O', 'Os', 'Eks Anna Ek', 'Oscar Larsson 8A', 'Oscar Berg'],
    ...[
      'Oscar Oscar',
      'Larsson Lind',
      '',
      ' ',
      '-',
      '?',
      '%',
      '.*',
      'null',
      'Oscar eller Elsa',
      'alla',
      'Frdrk',
    ],
    ...['Oscar '.repeat(40), 'a'.repeat(5_000), 'Anna Anna Ek'],
  ];
  for (const query of nobody) {
    it(`finds nobody for ${JSON.stringify(query.slice(0, 40))}`, () => {
      assert.deepEqual(matchName(query, group), { kind: 'none' });
    });
  }

  it('tells accents apart where somebody else has the name without them', () => {
    const both = candidates('Märta Ek', 'Marta Ek');

    assert.deepEqual(matchName('märta ek', both), matchOf(['Märta Ek'], true));
    assert.deepEqual(matchName('Marta Ek', both), matchOf(['Marta Ek'], true));
    assert.deepEqual(matchName('Marta', both), matchOf(['Märta Ek', 'Marta Ek'], true));
  });

  it('takes a whole name before a part of one', () => {
    const both = candidates('Oscar Ek', 'Oscar Ek Lind');

    assert.deepEqual(matchName('Oscar Ek', both), matchOf(['Oscar Ek'], true));
  });

  it('takes one person who is there twice for one', () => {
    assert.deepEqual(matchName('Oscar', candidates('Oscar Ek', 'Oscar Ek')), matchOf(['Oscar Ek'], true));
  });

  it('shows no more than six of many', () => {
    const many = Array.from({ length: 9 }, (_, at) => ({ id: `p${at}`, name: 'Oscar Ek' }));

    assert.deepEqual(matchName('oscar ek', many), {
      kind: 'several',
      ids: ['p0', 'p1', 'p2', 'p3', 'p4', 'p5'],
    });
  });

  it('comes to an end among four hundred heavy names', function () {
    this.timeout(2_000);
    const many = Array.from({ length: 400 }, (_, at) => ({
      id: `p${at}`,
      name: `${'aaaaaaaaaab '.repeat(30)}${'b'.repeat(3_000)}`,
    }));

    assert.deepEqual(matchName('aaaaaaaaaaa '.repeat(9), many).kind, 'several');
    assert.deepEqual(matchName('aaaaaaaaaaa '.repeat(8) + 'b'.repeat(20), many), { kind: 'none' });
  });
});

const known = fc
  .tuple(fc.constantFrom(...givenNames), fc.constantFrom(...familyNames))
  .map((parts) => parts.join(' '));
const anyGroup = fc.uniqueArray(known, { minLength: 1, maxLength: 30 }).map((names) => candidates(...names));

describe('matchName, whoever there is', () => {
  it('names nobody but the candidates, and never throws', () => {
    const query = fc.oneof(anyName, known, fc.constantFrom(...givenNames));
    const anybody = fc.array(fc.record({ id: fc.uuid(), name: fc.oneof(anyName, known) }), { maxLength: 20 });
    fc.assert(
      fc.property(query, anybody, (written, there) => {
        const found = idsOf(matchName(written, there));

        assert.ok(found.length <= 6);
        assert.ok(found.every((id) => there.some((candidate) => candidate.id === id)));
      }),
      { numRuns: 300 },
    );
  });

  it('finds everybody by their whole name, in either order, with and without accents', () => {
    fc.assert(
      fc.property(anyGroup, fc.nat(), (there, at) => {
        const one = there[at % there.length] ?? assert.fail();
        const [given = '', family = ''] = one.name.split(' ');

        for (const written of [one.name, `${family}, ${given}`, one.name.toUpperCase(), folded(one.name)])
          assert.ok(idsOf(matchName(written, there)).includes(one.id), written);
      }),
    );
  });

  it('has everybody of a given name among them, or six', () => {
    fc.assert(
      fc.property(anyGroup, fc.nat(), (there, at) => {
        const [given = ''] = (there[at % there.length]?.name ?? '').split(' ');

        const found = idsOf(matchName(given, there));

        const namesakes = there.filter(({ name }) => name.split(' ')[0] === given);
        assert.ok(found.length === 6 || namesakes.every(({ id }) => found.includes(id)));
      }),
    );
  });

  it('does not depend on the order of the candidates', () => {
    fc.assert(
      fc.property(anyGroup, known, (there, written) => {
        const [found, turned] = [matchName(written, there), matchName(written, there.toReversed())];

        assert.equal(found.kind, turned.kind);
        if (found.kind === 'one') assert.deepEqual(found, turned);
      }),
    );
  });
});

describe('isWithinSlips', () => {
  const cases: readonly (readonly [a: string, b: string, slips: number])[] = [
    ['oscar', 'oscar', 0],
    ['oscar', 'oskar', 1],
    ['oscar', 'ocsar', 1],
    ['oscar', 'scar', 1],
    ['oscar', 'oscarr', 1],
    ['oscar', 'oskarr', 2],
    ['oscar', 'socra', 2],
    ['oscar', 'elsa', 4],
    ['', 'ek', 2],
  ];
  for (const [a, b, slips] of cases) {
    it(`counts ${slips} between "${a}" and "${b}"`, () => {
      assert.ok(isWithinSlips(a, b, slips) && isWithinSlips(b, a, slips));
      assert.ok(slips === 0 || !(isWithinSlips(a, b, slips - 1) || isWithinSlips(b, a, slips - 1)));
    });
  }
});

function candidates(...names: readonly string[]): readonly NameCandidate[] {
  return names.map((name) => ({ id: name, name }));
}

function matchOf(found: readonly string[], isExact: boolean): NameMatch {
  const [id] = found;
  return found.length === 1 && id !== undefined
    ? { kind: 'one', id, isExact }
    : { kind: 'several', ids: found };
}

function idsOf(match: NameMatch): readonly string[] {
  if (match.kind === 'none') return [];
  return match.kind === 'one' ? [match.id] : match.ids;
}
