import assert from 'node:assert/strict';
import fc from 'fast-check';
import { pupilPageCard, pupilPageTitle } from '../../cards/pupil-page.ts';
import { MOST_CARD_BYTES } from '../../cards/render.ts';
import { type Language, translator } from '../../locales/translator.ts';
import { actionsOf, textsOf } from '../support/card-text.ts';
import { MONDAY } from '../support/small-school.ts';
import { cardFaults } from './card-faults.ts';
import { elementsOf } from './elements.ts';
import { anyName, BOUNDED, liveSigns } from './names.ts';
import { pupilPage } from './pupil-views.ts';

const words = (language: Language = 'sv') => translator(language, 'Europe/Stockholm');
const texts = (more = {}) => textsOf(pupilPageCard(pupilPage(more), words()));

describe('a pupil’s page', () => {
  it('tells who it is about, and the figures of each window with how much is reported', () => {
    const told = texts();

    assert.deepEqual(told.slice(0, 4), [
      'Elin Berg · 8B',
      'Norrskolan · Måndag 23 november · Åk 8',
      'Kontaktperson: Eva Ek',
      'Borta 2 skoldagar i rad',
    ]);
    const at = told.indexOf('Senaste fyra veckorna');
    assert.equal(
      told[at + 1],
      '22,5\u00a0% frånvaro: giltig 12\u00a0%, ogiltig 10,5\u00a0% · 97\u00a0% rapporterat',
    );
  });

  it('draws the course of the weeks, and tells it in words', () => {
    const [chart] = elementsOf(pupilPageCard(pupilPage(), words()), 'Chart.Line');

    assert.deepEqual(chart?.data, [
      {
        legend: 'Total frånvaro i procent',
        values: [
          { x: '2026-11-16', y: 22.5 },
          { x: '2026-11-23', y: 0 },
        ],
      },
    ]);
    assert.ok(texts().includes('v. 47: 22,5\u00a0% · v. 48: 0\u00a0%'));
  });

  it('tells what stands out in words, and the pattern by weekday and lesson; a place of few lessons is unknown', () => {
    const card = pupilPageCard(pupilPage(), words());

    const told = textsOf(card);
    assert.ok(told.includes('Mest på måndagar, lektion 1: 60\u00a0% frånvaro'), told.join('\n'));
    assert.ok(told.includes('Oftare borta efter en rast: 40\u00a0% frånvaro'));
    const rows = elementsOf(card, 'TableRow').map((row) => textsOf(row).join(' '));
    assert.ok(told.includes('Frånvaro i procent, per lektion och veckodag:'));
    assert.deepEqual(rows, ['Lektion Må Ti', '1 60 10', '2 25 –']);
    const [table] = elementsOf(card, 'Table');
    assert.deepEqual(textsOf(table?.fallback), ['1', 'Må 60 · Ti 10', '2', 'Må 25 · Ti –']);
  });

  it('tells of contacts and of the steps of every case, what is overdue and what the law gives weight', () => {
    const told = texts();

    assert.ok(told.includes('mån 23/11 09:12: nådd av Bo Ek (telefon, vårdnadshavare)'), told.join('\n'));
    assert.ok(told.includes('Utredning från mån 23/11: öppen'));
    assert.ok(
      told.includes('Enkel utredning (krävs enligt skollagen): försenat, skulle ha varit klart mån 23/11'),
    );
    assert.ok(told.includes('uppföljning av Samtal: klart mån 23/11, Eva Ek'));
  });

  it('tells what became of a case that has ended', () => {
    const [one] = pupilPage().cases;
    assert.ok(one !== undefined);
    const ended = (['closed', 'withdrawn', 'declined'] as const).map((state) => ({
      ...one,
      state,
      endedDay: MONDAY,
      steps: [],
    }));

    const told = texts({ cases: ended }).filter((text) => text.startsWith('Utredning från'));

    assert.deepEqual(told, [
      'Utredning från mån 23/11: avslutad mån 23/11',
      'Utredning från mån 23/11: tillbakadraget mån 23/11',
      'Utredning från mån 23/11: avböjt mån 23/11',
    ]);
  });

  it('says so where nothing is known', () => {
    const told = texts({
      weeks: [],
      windows: {},
      pattern: undefined,
      contacts: [],
      cases: [],
      contactPerson: undefined,
      daysInRow: 0,
    });

    assert.deepEqual(told.slice(2), [
      'Ingen kontaktperson',
      'Inget är känt om elevens skoldagar den här terminen.',
      'Kontakter',
      'Ingen kontakt är sparad.',
      'Nivåer och steg',
      'Eleven har inte varit över någon gräns i närvarorutinen.',
    ]);
  });

  it('leads back to the list that it took the place of, as that was narrowed', () => {
    const filter = { level: 'notice', isWithoutContactPerson: false, isOverdue: false };
    const on = { purpose: 'pupils', subject: `norr/${MONDAY}`, page: 2 };

    const card = pupilPageCard(pupilPage(), words(), { on, filter });

    const [back] = actionsOf(card);
    assert.deepEqual(
      [back?.verb, back?.data.on, back?.data.level],
      ['pupils.show', `pupils:norr/${MONDAY}:2`, 'notice'],
    );
    assert.deepEqual(cardFaults(card), []);
    assert.deepEqual(actionsOf(pupilPageCard(pupilPage(), words())), []);
  });

  it('is titled by the name, where it is a dialog', () => {
    assert.equal(pupilPageTitle({ name: 'Elin Berg' }), 'Elin Berg');
  });

  it('is a card that every client can show, of at most 25 KB, with nothing live in it, however long the history', () => {
    const [one] = pupilPage().cases;
    const [contact] = pupilPage().contacts;
    assert.ok(one !== undefined && contact !== undefined);
    const places = [1, 2, 3, 4, 5].flatMap((weekday) =>
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((lessonNumber) => ({ weekday, lessonNumber, share: 0.5 })),
    );
    const [week] = pupilPage().weeks;
    const weeks = Array.from({ length: 24 }, (_, index) => ({
      ...week,
      monday: MONDAY.subtract({ days: 7 * index }),
    }));
    fc.assert(
      fc.property(
        anyName,
        anyName,
        fc.nat(40),
        fc.constantFrom('sv' as const, 'en' as const),
        (name, by, many, language) => {
          const [step] = one.steps;
          const steps = Array.from({ length: many }, () => ({ ...step, name: by, by }));
          const view = pupilPage({
            name,
            groupName: by,
            schoolName: by,
            contactPerson: by,
            weeks: weeks as never,
            pattern: {
              overall: 0.5,
              places,
              strongest: undefined,
              weekday: undefined,
              transition: undefined,
            },
            contacts: Array.from({ length: 10 }, () => ({ ...contact, by })),
            moreContacts: 7,
            cases: Array.from({ length: 8 }, () => ({ ...one, levelName: name, steps: steps as never })),
          });

          const card = pupilPageCard(view, words(language));

          assert.deepEqual(cardFaults(card), []);
          assert.ok(Buffer.byteLength(JSON.stringify(card)) <= MOST_CARD_BYTES);
          for (const { text } of elementsOf(card, 'TextBlock')) assert.deepEqual(liveSigns(String(text)), []);
        },
      ),
      BOUNDED,
    );
  });
});
