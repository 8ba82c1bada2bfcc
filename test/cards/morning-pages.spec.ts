import assert from 'node:assert/strict';
import { morningCard } from '../../cards/morning.ts';
import { translator } from '../../locales/translator.ts';
import { actionsOf, textsOf } from '../support/card-text.ts';
import { pupilId } from '../support/small-school.ts';
import { missing, morningView, reported } from './views.ts';

const words = translator('sv', 'Europe/Stockholm');

const page = (number: number) => ({ page: number, notice: '' });

function group(toContact: number, others = 0) {
  return morningView({
    missing: Array.from({ length: toContact }, (_, index) =>
      missing(`Elev${index} Andersson-Berg`, { pupilId: pupilId(index), daysInRow: 3 }),
    ),
    reported: Array.from({ length: others }, (_, index) =>
      reported(`Anmäld${index} Exempel`, { notice: 'leave' }),
    ),
  });
}

describe('the pages of a morning card', () => {
  it('are one for an ordinary class, even with a flu', () => {
    const texts = textsOf(morningCard(group(15, 15), words));

    assert.doesNotMatch(texts.join('\n'), /Sida/);
    assert.match(texts.join('\n'), /Anmäld14/);
  });

  it('are turned with "Visa fler", and back to the start', () => {
    const view = group(30);

    const first = morningCard(view, words);
    const second = morningCard(view, words, page(1));

    const turns = (card: object) =>
      actionsOf(card)
        .filter(({ verb }) => verb === 'card.show')
        .map(({ title, data }) => [title, data.on]);
    const on = `morning:${view.groupId}/${view.day}`;
    assert.deepEqual(turns(first), [['Visa fler', `${on}:1`]]);
    assert.deepEqual(turns(second), [['Visa från början', `${on}:0`]]);
    assert.match(textsOf(first).join('\n'), /Sida 1 av 2/);
    assert.match(textsOf(second).join('\n'), /Sida 2 av 2/);
  });

  it('have the heading of a section on each that it goes on over, with the count of all', () => {
    for (const each of [0, 1])
      assert.ok(textsOf(morningCard(group(30), words, page(each))).includes('Saknas (30)'));
  });

  it('end with the last, also for a card that was longer when it was shown', () => {
    assert.deepEqual(morningCard(group(30), words, page(20)), morningCard(group(30), words, page(1)));
    assert.deepEqual(morningCard(group(1), words, page(3)), morningCard(group(1), words));
  });
});
