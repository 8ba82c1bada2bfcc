import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseUtterance, type Utterance } from '../../../bot/written/utterance.ts';
import { negations } from '../../../bot/written/words.ts';
import { familyNames, givenNames } from '../../../demo/names.ts';
import { folded } from '../../../services/people/match-names.ts';
import { unknown, utterances } from './utterances.ts';

const LONGEST = 20_000;

const contacted = utterances.filter(([, says]) => says.kind === 'contacted').map(([text]) => text);
const changing = utterances.filter(([, says]) => says.kind === 'contacted' || says.kind === 'notReached');
const vocabulary = [
  ...new Set([...utterances.map(([text]) => text), ...unknown].flatMap((text) => text.split(' '))),
];

/** Anything that can come: any signs, and the words of the commands in any order. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.string({ unit: fc.constantFrom(...'<>&#;"”\'´./:-–1234 aåAÅ?'), maxLength: 300 }),
  fc.array(fc.constantFrom(...vocabulary), { maxLength: 45 }).map((words) => words.join(' ')),
);
const knownText = fc.constantFrom(...utterances.map(([text]) => text), ...unknown);
const name = fc
  .tuple(fc.constantFrom(...givenNames), fc.constantFrom(...familyNames))
  .map((parts) => parts.join(' '));

describe('parseUtterance, whatever is written', () => {
  it('finds one meaning and never throws', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        assert.equal(typeof parseUtterance(text).kind, 'string');
      }),
      { numRuns: 2_000 },
    );
  });

  const heavy = [
    ...[
      'kontaktad ',
      'Oscar ',
      'mamma till ',
      'nu ',
      'i dag och ',
      '1/1-',
      '<',
      '<a',
      '&',
      '&#xd800;',
      '"a',
      '"',
    ],
    ...["a'", 'a-', 'a.', 'å', 'e\u0301', '👩‍👩‍👧', ' ', '-', '8A ', 'koppla ', 'inte '],
  ];
  for (const unit of heavy) {
    it(`comes to an end with twenty thousand signs of ${JSON.stringify(unit)}`, function () {
      this.timeout(2_000);
      const text = unit.repeat(Math.ceil(LONGEST / unit.length)).slice(0, LONGEST);

      for (const written of [text, `kontaktad ${text}`, `${text} svarar inte`]) parseUtterance(written);
    });
  }

  const ways: Readonly<Record<string, (text: string) => string>> = {
    'in capitals': (text) => text.toUpperCase(),
    'in small letters': (text) => text.toLowerCase(),
    'with accents apart': (text) => text.normalize('NFD'),
    'without accents': (text) => text.normalize('NFD').replaceAll(/\p{M}/gu, ''),
    'with more space': (text) => `\n ${text.replaceAll(' ', ' \u00a0\t')} `,
    'with bold and smiling': (text) => `<b>${text}</b> 🙂`,
    'greeted and thanked': (text) => `Hej Sedd! ${text} Tack!`,
  };
  for (const [way, write] of Object.entries(ways)) {
    it(`means the same ${way}`, () => {
      fc.assert(
        fc.property(knownText, (text) => {
          assert.deepEqual(meaning(parseUtterance(write(text))), meaning(parseUtterance(text)));
        }),
      );
    });
  }

  it('is never contact where a no stands anywhere in it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...contacted), fc.constantFrom(...negations), fc.nat(), (text, no, at) => {
        const words = text.split(' ');
        const negated = words.toSpliced(at % (words.length + 1), 0, no).join(' ');

        assert.notEqual(parseUtterance(negated).kind, 'contacted', negated);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is never contact where a not is slipped on', () => {
    const slipped = fc
      .tuple(fc.constantFrom('inte', 'aldrig', 'ingen', 'inget'), fc.nat(), fc.nat(3))
      .map(slip);
    fc.assert(
      fc.property(fc.constantFrom(...contacted), slipped, fc.nat(), (text, no, at) => {
        const words = text.split(' ');
        const negated = words.toSpliced(at % (words.length + 1), 0, no).join(' ');

        assert.notEqual(parseUtterance(negated).kind, 'contacted', negated);
      }),
      { numRuns: 2_000 },
    );
  });

  it('reports nothing where it is asked', () => {
    fc.assert(
      fc.property(fc.constantFrom(...changing), ([text]) => {
        const { kind } = parseUtterance(`${text}?`);

        assert.ok(kind === 'unknown' || text.startsWith('kan du'), text);
      }),
    );
  });

  it('forgives one slip in a word of a command', () => {
    const word = fc.constantFrom(
      'kontaktad Oscar',
      'hjälp',
      'status',
      'koppla',
      'ångra',
      'sammanställning',
      'vikarie',
    );
    fc.assert(
      fc.property(word, fc.nat(), fc.nat(3), (text, at, way) => {
        const [first = '', ...rest] = text.split(' ');
        const written = [slip([first, at, way]), ...rest].join(' ');

        assert.deepEqual(parseUtterance(written), parseUtterance(text), written);
      }),
    );
  });

  it('keeps every name as it is, with nothing taken from it or added', () => {
    fc.assert(
      fc.property(name, (who) => {
        assert.deepEqual(parseUtterance(`kontaktad ${who}`), { kind: 'contacted', name: who });
        assert.deepEqual(parseUtterance(`${who} svarar inte`), { kind: 'notReached', name: who });
        assert.deepEqual(parseUtterance(`vikarie ${who} i morgon`).kind, 'standIn');
        assert.deepEqual(parseUtterance(who), { kind: 'unknown', text: who });
      }),
      { numRuns: 500 },
    );
  });
});

/** What was said, but for how it was spelled. */
function meaning(utterance: Utterance): unknown {
  if (utterance.kind === 'unknown') return { kind: 'unknown' };
  return JSON.parse(JSON.stringify(utterance), (_, value: unknown) =>
    typeof value === 'string' ? folded(value).replaceAll(/\s+/g, ' ') : value,
  );
}

/** One slip that leaves the first letter: a letter left out, doubled, changed, or swapped with the next. */
function slip([word, where, way]: readonly [word: string, where: number, way: number]): string {
  const letters = [...word];
  const at = 1 + (where % (letters.length - 2));
  const letter = letters[at] ?? '';
  if (way === 0) return letters.toSpliced(at, 1).join('');
  if (way === 1) return letters.toSpliced(at, 0, letter).join('');
  if (way === 2) return letters.toSpliced(at, 1, 'q').join('');
  return letters.toSpliced(at, 2, letters[at + 1] ?? '', letter).join('');
}
