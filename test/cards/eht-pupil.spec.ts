import assert from 'node:assert/strict';
import { ehtDecisionCard } from '../../cards/eht-decision.ts';
import { ehtPupilCard } from '../../cards/eht-pupil.ts';
import { ehtStepCard } from '../../cards/eht-step.ts';
import { MOST_CARD_BYTES } from '../../cards/render.ts';
import { translator } from '../../locales/translator.ts';
import { actionsOf, textsOf } from '../support/card-text.ts';
import { pupilId } from '../support/small-school.ts';
import { cardFaults } from './card-faults.ts';
import { ehtDecision, ehtLine, ehtList, ehtPupil, ehtStep, LONG, LONG_NAME, WEDNESDAY } from './eht-views.ts';

const sv = translator('sv', 'Europe/Stockholm');
const text = (card: object) => textsOf(card).join('\n');
const bytes = (card: object) => Buffer.byteLength(JSON.stringify(card));
const on = { purpose: 'ehtList', subject: `norr/${WEDNESDAY}`, page: 0 };

describe('a pupil of EHT’s list', () => {
  it('has each step, point and decision with its button, and says who has ticked', () => {
    const card = ehtPupilCard(ehtPupil(), on, sv);

    assert.match(
      text(card),
      /Brev hem\nskulle ha varit klart mån 23\/11 · Karin Koord · krävs enligt skollagen/,
    );
    assert.match(text(card), /✓ Uppföljning: Samtal\nklart sön 22\/11/);
    assert.match(text(card), /✓ Eleven har fått berätta\nSiv Kurator ons 25\/11/);
    assert.match(text(card), /☐ Kartläggning gjord/);
    assert.match(text(card), /Handlingsplan\nRut Rektor, till mån 30\/11/);
    assert.deepEqual(
      actionsOf(card).map(({ verb }) => verb),
      [
        'eht.stepDone',
        'eht.askStep',
        'eht.untick',
        'eht.tick',
        'eht.decisionDone',
        'eht.decisionWithdrawn',
        'eht.takeUp',
        'eht.askDecision',
        'eht.open',
        'eht.open',
        'card.show',
      ],
    );
  });

  for (const [waitsFor, told] of [
    ['letterAhead', /brevet väljs och godkänns först/],
    ['noContactPerson', /en kontaktperson utses först/],
  ] as const) {
    it(`says what a step waits for, and does not ask whether it is done: ${waitsFor}`, () => {
      const card = ehtPupilCard(ehtPupil({ steps: [{ ...ehtStep(), waitsFor }] }), on, sv);

      assert.match(text(card), told);
      const verbs = actionsOf(card).map(({ verb }) => verb);
      assert.equal(verbs[0], 'eht.askStep');
      assert.ok(!verbs.includes('eht.stepDone'));
    });
  }

  it('calls a step that follows another up the same where it is asked about', () => {
    const followUp = { ...ehtStep(), name: 'Samtal', isFollowUp: true };

    assert.equal(textsOf(ehtStepCard(ehtPupil(), followUp, on, sv))[0], 'Uppföljning: Samtal');
  });

  it('has nothing to tick before the list has been posted', () => {
    const card = ehtPupilCard(ehtPupil({ list: ehtList({ state: 'preview' }) }), on, sv);

    assert.deepEqual(
      actionsOf(card).map(({ verb }) => verb),
      ['eht.open', 'eht.open', 'card.show'],
    );
  });

  it('lets nobody take back what an earlier meeting has decided', () => {
    const view = ehtPupil({
      steps: [],
      points: [],
      decisions: [ehtDecision({ isEarlier: true, state: 'overdue' })],
    });

    const verbs = actionsOf(ehtPupilCard(view, on, sv)).map(({ verb }) => verb);

    assert.equal(verbs[0], 'eht.decisionDone');
    assert.ok(!verbs.includes('eht.decisionWithdrawn'));
  });

  it('keeps within a card with everything there can be, and counts what is not shown', () => {
    const view = ehtPupil({
      line: ehtLine({ name: LONG, groupName: LONG_NAME, contactPerson: LONG }),
      levels: Array.from({ length: 4 }, () => ({ name: LONG_NAME, since: WEDNESDAY })),
      steps: [
        ...Array.from({ length: 14 }, (_, index) => ({
          ...ehtStep(),
          id: pupilId(index),
          name: LONG_NAME,
          owner: LONG,
        })),
        ...Array.from({ length: 14 }, () => ({ ...ehtStep(), state: 'done' as const, name: LONG_NAME })),
      ],
      points: Array.from({ length: 12 }, (_, index) => ({
        key: `point${'x'.repeat(30)}${index}`,
        name: LONG_NAME,
        ticked: { by: LONG, day: WEDNESDAY },
      })),
      decisions: Array.from({ length: 20 }, (_, index) =>
        ehtDecision({ id: pupilId(index), name: LONG_NAME, owner: LONG }),
      ),
    });
    const card = ehtPupilCard(view, { ...on, page: 12 }, sv, LONG);

    assert.ok(bytes(card) <= MOST_CARD_BYTES, `${bytes(card)} bytes`);
    assert.deepEqual(cardFaults(card), []);
    assert.match(text(card), /\d+ steg till\. De visas när andra är klara\./);
    assert.match(text(card), /\d+ beslut till/);
  });

  it('keeps within a card when it is decided, with every decision and everybody there can be', () => {
    const view = ehtPupil({
      offered: Array.from({ length: 20 }, (_, index) => ({ key: `key${index}`, name: LONG_NAME })),
      people: Array.from({ length: 90 }, (_, index) => ({
        address: `${index}${'x'.repeat(40)}@utbildning.vanersborg.example`,
        name: `${index} ${LONG_NAME}`,
        teamsId: undefined,
      })),
    });
    const card = ehtDecisionCard(view, on, sv, LONG);

    assert.ok(bytes(card) <= MOST_CARD_BYTES, `${bytes(card)} bytes`);
    assert.deepEqual(cardFaults(card), []);
  });
});
