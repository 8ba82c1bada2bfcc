import assert from 'node:assert/strict';
import { ehtSummaryCard } from '../../cards/eht-summary.ts';
import { MOST_CARD_BYTES } from '../../cards/render.ts';
import { translator } from '../../locales/translator.ts';
import { actionsOf, textsOf } from '../support/card-text.ts';
import { pupilId } from '../support/small-school.ts';
import { ehtDecision, ehtSummary, LONG, LONG_NAME } from './eht-views.ts';

const sv = translator('sv', 'Europe/Stockholm');
const text = (card: object) => textsOf(card).join('\n');
const bytes = (card: object) => Buffer.byteLength(JSON.stringify(card));

describe('EHT’s summary', () => {
  it('has who was taken up with what was decided, and whom the next meeting begins with', () => {
    const shown = text(ehtSummaryCard(ehtSummary(), sv));

    assert.match(shown, /^Sammanfattning av elevhälsoträffen onsdag 25 november/);
    assert.match(shown, /Avslutat av Siv Kurator 13:55/);
    assert.match(
      shown,
      /Elev \\\*1\\\* · 8A\nsteg klart: Brev hem\nHandlingsplan\nRut Rektor, till mån 30\/11/,
    );
    assert.match(shown, /✓ Handlingsplan\nklart, Rut Rektor ons 25\/11/);
    assert.match(shown, /Togs inte upp, står överst nästa gång \(1\)\nElev 2/);
  });

  it('keeps within a card with eighty pupils and their decisions', () => {
    const view = ehtSummary({
      takenUp: Array.from({ length: 60 }, (_, index) => ({
        pupilId: pupilId(index),
        name: `${index} ${LONG}`,
        groupName: LONG_NAME,
        steps: Array.from({ length: 4 }, () => ({ name: LONG_NAME, state: 'done' as const })),
        decisions: Array.from({ length: 3 }, () => ehtDecision({ name: LONG_NAME, owner: LONG })),
      })),
      passedOver: Array.from({ length: 20 }, () => ({ name: LONG, groupName: LONG_NAME })),
    });
    let more = true;
    for (let page = 0; more; page += 1) {
      const card = ehtSummaryCard(view, sv, { page, notice: LONG });
      assert.ok(bytes(card) <= MOST_CARD_BYTES, `${bytes(card)} bytes on page ${page}`);
      more = actionsOf(card).some(({ title }) => title === 'Visa fler');
    }
  });
});
