import assert from 'node:assert/strict';
import { cardFaults } from './card-faults.ts';

const text = { type: 'TextBlock', text: 'Hej', wrap: true };
const card = (...body: readonly object[]) => ({
  type: 'AdaptiveCard',
  version: '1.5',
  lang: 'sv',
  fallbackText: 'Hej',
  body,
});
const execute = { type: 'Action.Execute', title: 'Tryck', verb: 'a.b', data: { id: '1', page: 0 } };
const submit = { type: 'Action.Submit', title: 'Tryck', data: { id: '1' } };

describe('cardFaults', () => {
  it('finds nothing in a card of old elements', () => {
    const row = { type: 'ColumnSet', columns: [{ type: 'Column', width: 'auto', items: [text] }] };
    const buttons = { type: 'ActionSet', actions: [{ ...execute, fallback: submit }] };
    const facts = { type: 'FactSet', facts: [{ title: 'Saknas', value: '3' }] };

    assert.deepEqual(cardFaults(card(text, row, buttons, facts)), []);
  });

  const faults: readonly (readonly [string, object, RegExp])[] = [
    ['a text that does not wrap', { type: 'TextBlock', text: 'Hej' }, /TextBlock without wrap/],
    ['a text without words', { ...text, text: '' }, /text: ""/],
    ['null', { ...text, text: null }, /text: null/],
    ['a size that is a number', { ...text, size: 14 }, /size: 14/],
    ['a size that does not exist', { ...text, size: 'huge' }, /size: "huge"/],
    ['a property that does not exist', { ...text, bold: true }, /bold: true/],
    ['a new element without fallback', { type: 'Badge', text: 'Ny' }, /Badge without fallback/],
    ['a fault in what stands in', { type: 'Badge', fallback: { ...text, wrap: false } }, /wrap: false/],
    ['an element without a type', { text: 'Hej' }, /no type/],
    [
      'a fixed width',
      { type: 'ColumnSet', columns: [{ type: 'Column', width: '80px', items: [text] }] },
      /80px/,
    ],
    [
      'four columns',
      { type: 'ColumnSet', columns: Array(4).fill({ type: 'Column', width: 'auto', items: [text] }) },
      /columns/,
    ],
    ['a button without fallback', { type: 'ActionSet', actions: [execute] }, /Execute without fallback/],
    ['an empty container', { type: 'Container', items: [] }, /items: \[\]/],
    [
      'a fact that is a number',
      { type: 'FactSet', facts: [{ title: 'Saknas', value: 3 }] },
      /title and a value/,
    ],
    [
      'more than ids in a button',
      { type: 'ActionSet', actions: [{ ...submit, data: { pupil: { name: 'A' } } }] },
      /data/,
    ],
  ];
  for (const [name, element, expected] of faults) {
    it(`finds ${name}`, () => {
      const [fault] = cardFaults(card(element));

      assert.match(fault ?? '', expected);
    });
  }

  it('lets a new element be that has something old to stand in for it', () => {
    assert.deepEqual(
      cardFaults(card({ type: 'Badge', text: 'Ny', fallback: text }, { type: 'Icon', fallback: 'drop' })),
      [],
    );
  });
});
