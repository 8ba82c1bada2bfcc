import assert from 'node:assert/strict';
import fc from 'fast-check';
import { contactPanel, type PanelRights } from '../../cards/contact-panel.ts';
import { MOST_CARD_BYTES } from '../../cards/render.ts';
import { type Verb, verbs } from '../../cards/verbs.ts';
import { translator } from '../../locales/translator.ts';
import type { FollowUpView } from '../../services/follow-up/follow-up-view.ts';
import { actionsOf, textsOf } from '../support/card-text.ts';
import { clockTime, guid, MONDAY, pupilId } from '../support/small-school.ts';
import { cardFaults } from './card-faults.ts';
import { elementsOf } from './elements.ts';
import { anyName, BOUNDED, liveSigns } from './names.ts';
import { CLOSED, contacted, OPEN, tried } from './views.ts';

const words = translator('sv', 'Europe/Stockholm');
const on = { purpose: 'morning', subject: 'g/2026-11-23', page: 0 };
const nothing: PanelRights = { mayRecord: false, undoable: undefined, colleagues: [] };
const all: PanelRights = {
  mayRecord: true,
  undoable: guid(7, 1),
  colleagues: [
    { staffId: guid(3, 2), name: 'Bo Ek' },
    { staffId: guid(3, 4), name: 'Karin Koord' },
  ],
};

function view(more: Partial<FollowUpView> = {}): FollowUpView {
  return {
    schoolId: 'norr',
    pupilId: pupilId(0),
    pupilName: 'Elin Berg',
    groupName: '8B',
    day: MONDAY,
    followUp: OPEN,
    responsibleStaffId: guid(3, 1),
    responsibleName: 'Anna Lind',
    contactPersonName: undefined,
    contacts: [],
    counting: undefined,
    ...more,
  };
}

const inVain = (by: string, time: string) => ({
  id: guid(7, 0),
  actorId: by,
  by,
  at: clockTime(time),
  outcome: 'notReached' as const,
});

describe('the contact panel', () => {
  it('asks how and with whom, so that one more press is enough', () => {
    const card = contactPanel(view(), { ...nothing, mayRecord: true }, on, words);

    assert.deepEqual(textsOf(card), [
      'Elin Berg · 8B',
      'Kontaktas senast 12:00',
      'Ansvarig i dag: Anna Lind',
      'Inte sparat än. Hur gick det?',
      'Med vem',
      'Vårdnadshavare',
      'Eleven',
      'Någon annan',
      'Telefon',
      'SMS',
      'På plats',
      'Hembesök',
      'Ej nådd',
      'Tillbaka',
    ]);
  });

  it('sends each way of contact with the follow-up, its version and the card it came from', () => {
    const [phone] = actionsOf(contactPanel(view(), all, on, words));

    assert.deepEqual(phone?.data, {
      followUp: OPEN.id,
      version: OPEN.version,
      on: 'morning:g/2026-11-23:0',
      method: 'phone',
    });
    assert.equal(phone?.associatedInputs, undefined);
  });

  it('offers to hand over, and to take back, to whoever may', () => {
    const texts = textsOf(contactPanel(view(), all, on, words));

    for (const text of ['Lämna över till', 'Bo Ek', 'Karin Koord', 'Lämna över', 'Ångra'])
      assert.ok(texts.includes(text), text);
  });

  it('tells what has been done, and asks nothing of whoever may only look', () => {
    const followUp = contacted('Bo Ek', '09:12', { method: 'sms', counterpart: 'pupil' });
    const contacts = [inVain('Anna Lind', '08:55')];

    const card = contactPanel(
      view({ followUp, contacts, contactPersonName: 'Kim Dahl' }),
      nothing,
      on,
      words,
    );

    assert.deepEqual(textsOf(card), [
      'Elin Berg · 8B',
      'Ej nådd av Anna Lind 08:55',
      'Kontaktad av Bo Ek 09:12 (SMS, eleven)',
      'Ansvarig i dag: Anna Lind',
      'Kontaktperson: Kim Dahl',
      'Tillbaka',
    ]);
  });

  it('tells of every try in vain, and when the next one is due', () => {
    const contacts = [inVain('Anna Lind', '08:55'), inVain('Bo Ek', '09:30')];

    const texts = textsOf(
      contactPanel(view({ followUp: tried('Bo Ek', '09:30', '10:30'), contacts }), all, on, words),
    );

    assert.deepEqual(texts.slice(1, 3), [
      'Ej nådd av Anna Lind 08:55',
      'Ej nådd av Bo Ek 09:30, försök igen 10:30',
    ]);
  });

  it('says that it is saved where one changes how it was', () => {
    const texts = textsOf(contactPanel(view({ followUp: contacted('Bo Ek', '09:12') }), all, on, words));

    assert.ok(texts.includes('Sparat. Du kan ändra hur du fick kontakt.'));
  });

  const chosen = [
    ['guardians where nothing is said yet', OPEN, 'guardian'],
    ['whoever it was that was reached', contacted('Bo Ek', '09:12', { counterpart: 'pupil' }), 'pupil'],
    ['guardians where nobody said who was reached', contacted('Bo Ek', '09:12'), 'guardian'],
  ] as const;
  for (const [name, followUp, value] of chosen) {
    it(`has chosen beforehand ${name}`, () => {
      const card = contactPanel(view({ followUp }), all, on, words);

      const [counterpart] = elementsOf(card, 'Input.ChoiceSet');
      assert.equal(counterpart?.value, value);
    });
  }

  it('is a card of at most 25 KB that every client can show, with nothing live in it, and sends what is taken', () => {
    const anyLanguage = fc.constantFrom('sv' as const, 'en' as const);
    const anyFollowUp = fc.oneof(
      fc.constantFrom(OPEN, CLOSED),
      anyName.map((by) => tried(by, '08:55', '09:55')),
      anyName.map((by) => contacted(by, '09:12', { method: 'inPerson', counterpart: 'other' })),
    );
    const anyRights = fc.record({
      mayRecord: fc.boolean(),
      undoable: fc.constantFrom(undefined, guid(7, 1)),
      colleagues: fc.array(fc.record({ staffId: fc.constant(guid(3, 2)), name: anyName }), { maxLength: 60 }),
    });
    fc.assert(
      fc.property(
        anyName,
        anyName,
        anyFollowUp,
        anyRights,
        anyLanguage,
        (name, by, followUp, rights, language) => {
          const shown = view({
            pupilName: name,
            groupName: by,
            followUp,
            responsibleName: by,
            contacts: [inVain(by, '08:55')],
          });

          const card = contactPanel(shown, rights, on, translator(language, 'Europe/Stockholm'));

          assert.deepEqual(cardFaults(card), []);
          assert.ok(Buffer.byteLength(JSON.stringify(card)) <= MOST_CARD_BYTES);
          for (const { text } of elementsOf(card, 'TextBlock')) assert.deepEqual(liveSigns(String(text)), []);
          for (const { verb, data } of actionsOf(card)) {
            const chosen = { counterpart: 'guardian', to: guid(3, 2) };
            assert.ok(verbs[verb as Verb].safeParse({ ...chosen, ...data }).success, verb);
          }
        },
      ),
      BOUNDED,
    );
  });
});
