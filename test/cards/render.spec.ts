import assert from 'node:assert/strict';
import { cardTemplate, MOST_CARD_BYTES } from '../../cards/render.ts';
import { SeddError } from '../../services/errors.ts';

const binding = (name: string) => `$\{${name}}`;
const template = { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: binding('text') }] };

describe('cardTemplate', () => {
  it('binds what it is given, and nothing that stands in it', () => {
    const card = cardTemplate(template)({ text: 'A {1+1} B' });

    assert.deepEqual(card, { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: 'A {1+1} B' }] });
  });

  it('makes each card anew', () => {
    const render = cardTemplate(template);

    const first = render({ text: 'first' });
    render({ text: 'second' });

    assert.match(JSON.stringify(first), /first/);
  });

  const refused: readonly (readonly [string, object, string])[] = [
    ['a missing value', {}, 'card.unbound'],
    ['a binding in a value', { text: binding('x') }, 'card.unbound'],
    [
      'a card that is too heavy, in bytes and not in letters',
      { text: 'å'.repeat(MOST_CARD_BYTES / 2) },
      'card.tooBig',
    ],
  ];
  for (const [name, data, code] of refused) {
    it(`refuses ${name}`, () => {
      assert.throws(
        () => cardTemplate(template)(data),
        (error) => error instanceof SeddError && error.code === code,
      );
    });
  }
});
