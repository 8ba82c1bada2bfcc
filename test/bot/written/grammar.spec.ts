import assert from 'node:assert/strict';
import { commands } from '../../../bot/written/commands.ts';
import { makeGrammar, partsOf } from '../../../bot/written/grammar.ts';
import { readers } from '../../../bot/written/readers.ts';
import { reports } from '../../../bot/written/reports.ts';
import { readSentence } from '../../../bot/written/sentence.ts';
import { words } from '../../../bot/written/words.ts';

const grammar = makeGrammar(
  { order: ['visa/show alla? <what>'], what: ['elever', 'min! lista', '<name>'] },
  {
    name: ({ words: all }, at) =>
      at < all.length ? [at + 1, at + 2].filter((end) => end <= all.length) : [],
  },
  ['allan'],
);

describe('a grammar', () => {
  const cases: readonly (readonly [text: string, found: string | undefined])[] = [
    ['visa elever', 'what'],
    ['show elever', 'what'],
    ['visa alla elever', 'what'],
    ['Visa, alla ELEVER!', 'what'],
    ['vsia alal elevr', 'what'],
    ['visa min lista', 'what'],
    ['visa mina lista', 'name what'],
    ['visa allan', 'name what'],
    ['visa "elever"', 'name what'],
    ['visa Anna Ek', 'name what'],
    ['visa Anna Ek nu', undefined],
    ['visa', undefined],
    ['isa elever', undefined],
    ['elever', undefined],
    ['', undefined],
  ];
  for (const [text, found] of cases) {
    it(`finds ${found ?? 'nothing'} in "${text}"`, () => {
      const parts = partsOf(grammar, 'order', readSentence(text));

      assert.equal(parts?.flatMap(({ rule }) => (rule === 'order' ? [] : [rule])).join(' '), found);
    });
  }

  it('tells the words that a part was found in', () => {
    const parts = partsOf(grammar, 'order', readSentence('visa alla Anna Ek'));

    assert.deepEqual(parts?.[0], { rule: 'name', from: 2, to: 4 });
  });
});

describe('the phrases of Sedd', () => {
  const phrases: Readonly<Record<string, readonly string[]>> = { ...words, ...commands, ...reports };
  const texts = Object.values(phrases).flat();

  it('name no rule twice, and none that is not there', () => {
    const named = texts.flatMap((text) => [...text.matchAll(/<([^>]*)>/g)].map((match) => match[1] ?? ''));
    const known = new Set([...Object.keys(phrases), ...Object.keys(readers)]);

    assert.deepEqual(
      named.filter((rule) => !known.has(rule)),
      [],
    );
    assert.equal(
      Object.keys(phrases).length,
      Object.keys(words).length + Object.keys(commands).length + Object.keys(reports).length,
    );
  });

  it('are written as phrases are', () => {
    const isElement = /^(?:<\w+>|[\p{L}]+!?(?:\/[\p{L}]+!?)*)\??$/u;

    assert.deepEqual(
      texts.flatMap((text) => text.split(' ')).filter((element) => !isElement.test(element)),
      [],
    );
  });
});
