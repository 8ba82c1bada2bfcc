import assert from 'node:assert/strict';
import fc from 'fast-check';
import { failureLines } from '../../cards/delivery-failure.ts';
import { MOST_CARD_BYTES } from '../../cards/render.ts';
import { schoolMorningCard } from '../../cards/school-morning.ts';
import { translator } from '../../locales/translator.ts';
import { cardFaults } from './card-faults.ts';
import { elementsOf } from './elements.ts';
import { anyName, BOUNDED, liveSigns } from './names.ts';
import { schoolView } from './views.ts';

const words = translator('sv', 'Europe/Stockholm');

describe('failureLines', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['noChannel', 'ingen kanal är kopplad. Skriv @Sedd koppla och gruppens namn i kanalen.'],
    ['BotNotInConversationRoster', 'Sedd är inte tillagd i kanalens team. Lägg till appen där.'],
    ['ForbiddenOperationException', 'Sedd är inte tillagd i kanalens team. Lägg till appen där.'],
    ['MessageWritesBlocked', 'Sedd är blockerad i kanalen. Be en ägare av teamet att släppa in appen.'],
    ['ConversationBlockedByUser', 'Sedd är blockerad i kanalen. Be en ägare av teamet att släppa in appen.'],
    ['BotDisabledByAdmin', 'Sedd är blockerad i kanalen. Be en ägare av teamet att släppa in appen.'],
    ['ConversationNotFound', 'kanalen finns inte längre. Skriv @Sedd koppla och gruppens namn i en ny.'],
    ['MessageSizeTooBig', 'kortet blev för stort. Be IT att titta i loggen.'],
    ['card.tooBig', 'kortet blev för stort. Be IT att titta i loggen.'],
    ['toString', 'Teams tog inte emot kortet (toString). Sedd försöker igen vid nästa uppdatering.'],
  ];
  for (const [code, expected] of rows) {
    it(`says what to do about ${code}`, () => {
      assert.deepEqual(failureLines([{ groupName: '8C', code }], words), [`8C: ${expected}`]);
    });
  }

  it('names together those of whom the same is to be done', () => {
    const failed = [
      { groupName: '7A', code: 'noChannel' },
      { groupName: '7B', code: 'BotNotInConversationRoster' },
      { groupName: '8C', code: 'noChannel' },
      { groupName: '9_D', code: 'ForbiddenOperationException' },
    ];

    assert.deepEqual(failureLines(failed, words), [
      '7A och 8C: ingen kanal är kopplad. Skriv @Sedd koppla och gruppens namn i kanalen.',
      '7B och 9\\_D: Sedd är inte tillagd i kanalens team. Lägg till appen där.',
    ]);
  });

  it('counts those that are too many to be named', () => {
    const failed = Array.from({ length: 23 }, (_, index) => ({ groupName: `G${index}`, code: 'noChannel' }));

    const lines = failureLines(failed, words);

    assert.match(lines[0] ?? '', /G18 och G19: ingen kanal/);
    assert.deepEqual(lines.slice(1), ['3 till']);
  });

  it('makes no card too big, and nothing in it live, whatever groups and codes are called', () => {
    const anyFailed = fc.array(fc.record({ groupName: anyName, code: anyName }), {
      maxLength: 60,
      size: 'max',
    });

    fc.assert(
      fc.property(anyFailed, anyName, (failed, schoolName) => {
        const delivery = { groups: failed.length, delivered: 0, failed };
        const card = schoolMorningCard(schoolView({ schoolName, delivery }), words);

        assert.deepEqual(cardFaults(card), []);
        assert.ok(Buffer.byteLength(JSON.stringify(card)) <= MOST_CARD_BYTES);
        for (const { text } of elementsOf(card, 'TextBlock')) assert.deepEqual(liveSigns(String(text)), []);
      }),
      BOUNDED,
    );
  });
});
