import assert from 'node:assert/strict';
import { ehtReminderCard } from '../../cards/eht-reminder.ts';
import { MOST_CARD_BYTES } from '../../cards/render.ts';
import { translator } from '../../locales/translator.ts';
import { actionsOf, textsOf } from '../support/card-text.ts';
import { ehtDecision, ehtReminder, LONG, LONG_NAME } from './eht-views.ts';

const sv = translator('sv', 'Europe/Stockholm');
const text = (card: object) => textsOf(card).join('\n');
const bytes = (card: object) => Buffer.byteLength(JSON.stringify(card));
const unmet = { ...ehtReminder().owner, teamsId: undefined };

describe('a reminder of EHT’s', () => {
  it('mentions the owner whom Teams knows, and names others', () => {
    const met = ehtReminderCard(ehtReminder(), sv) as { msteams?: object };
    const other = ehtReminderCard(ehtReminder({ owner: unmet }), sv) as { msteams?: object };

    assert.match(text(met), /<at>Rut Rektor<\/at>: Du ansvarar/);
    assert.ok(met.msteams !== undefined);
    assert.match(text(other), /Rut Rektor: Du ansvarar/);
    assert.equal(other.msteams, undefined);
  });

  it('keeps within a card with forty decisions, those first that are not done', () => {
    const lines = Array.from({ length: 40 }, (_, index) => ({
      pupilName: LONG,
      groupName: LONG_NAME,
      decision: ehtDecision({
        name: LONG_NAME,
        state: index < 30 ? 'done' : 'overdue',
        owner: LONG,
        doneBy: LONG,
      }),
    }));
    const card = ehtReminderCard(ehtReminder({ lines }), sv);

    assert.ok(bytes(card) <= MOST_CARD_BYTES, `${bytes(card)} bytes`);
    assert.equal(actionsOf(card).length, 10);
  });
});
