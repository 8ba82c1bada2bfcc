import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { digestCard, digestSummary } from '../../cards/digest.ts';
import { MOST_CARD_BYTES } from '../../cards/render.ts';
import { weekDigestCard } from '../../cards/week-digest.ts';
import { type Language, translator } from '../../locales/translator.ts';
import type { DigestGroup, DigestView } from '../../services/digest/digest-view.ts';
import { actionsOf, textsOf } from '../support/card-text.ts';
import { MONDAY } from '../support/small-school.ts';
import { cardFaults } from './card-faults.ts';
import { schoolView } from './views.ts';

const words = (language: Language) => translator(language, 'Europe/Stockholm');

function group(more: Partial<DigestGroup> = {}): DigestGroup {
  return {
    name: '8A',
    followUps: 3,
    contacted: 1,
    notReached: 1,
    open: 2,
    overdue: 1,
    unreportedLessons: 2,
    ...more,
  };
}

function digest(more: Partial<DigestView> = {}): DigestView {
  return {
    edition: 'noon',
    replacedBy: undefined,
    school: schoolView({ protectedFollowUps: 1 }),
    groups: [group()],
    total: { followUps: 3, contacted: 1, notReached: 1, open: 2, overdue: 1 },
    medianMinutes: 42,
    newlyAbove: [{ name: 'Elev *1*', groupName: '8A', limit: 0.2, absence: 0.213, reporting: 0.9 }],
    week: [{ day: MONDAY, followUps: 3, contacted: 1, medianMinutes: 42 }],
    ...more,
  };
}

describe('the coordinators’ digest', () => {
  const said = {
    sv: [
      /^Norrskolan: 2 kvar att kontakta/,
      /\*\*8A\*\* 3 att följa upp · 1 kontaktad · 1 ej nådd · 2 öppna · 1 försenad · 2 lektioner ej rapporterade/,
      /Elev \\\*1\\\*, 8A: 21,3/,
      /42 min/,
      /1 ärende hanteras enligt särskild rutin/,
      /Visa de öppna[\s\S]*Påminn alla/,
    ],
    en: [/^Norrskolan: 2 /, /\*\*8A\*\* 3 /, /Elev \\\*1\\\*, 8A/, /42 min/, /1 case is handled/],
  };
  for (const language of ['sv', 'en'] as const) {
    it(`says how each group stands, who is newly above a limit, and how long it took (${language})`, () => {
      const card = digestCard(digest(), words(language));

      for (const text of said[language]) assert.match(textsOf(card).join('\n'), text);
      assert.deepEqual(cardFaults(card), []);
    });
  }

  it('is a line where a later edition has come, with nothing to press', () => {
    const view = digest({ replacedBy: 'dayEnd' });

    const card = digestCard(view, words('sv'));

    assert.match(textsOf(card)[0] ?? '', /en nyare sammanställning finns längre ner/);
    assert.doesNotMatch(textsOf(card).join('\n'), /8A|Elev/);
    assert.deepEqual(actionsOf(card), []);
    assert.deepEqual(cardFaults(card), []);
  });

  it('offers nothing to do where nobody is open, and says so', () => {
    const view = digest({
      total: { followUps: 3, contacted: 3, notReached: 0, open: 0, overdue: 0 },
      medianMinutes: undefined,
    });

    assert.deepEqual(actionsOf(digestCard(view, words('sv'))), []);
    assert.equal(digestSummary(view, words('sv')), 'Norrskolan: ingen kvar att kontakta');
    assert.match(textsOf(digestCard(view, words('sv'))).join('\n'), /ingen nådd än/);
  });

  it('has no name in its notification', () => {
    assert.doesNotMatch(digestSummary(digest(), words('sv')), /Elev/);
  });

  it('stays within what Teams takes with forty groups, a week, thirty pupils above and every channel broken', () => {
    const names = Array.from({ length: 40 }, (_, index) => `Mentorsgrupp 8 nr ${index} åäö`);
    const view = digest({
      groups: names.map((name) =>
        group({ name, followUps: 28, contacted: 10, notReached: 9, open: 18, overdue: 9 }),
      ),
      newlyAbove: Array.from({ length: 30 }, (_, index) => ({
        name: `Åsa-Märta Öberg Ängström ${index}`,
        groupName: names[index] ?? '',
        limit: 0.2,
        absence: 0.25,
        reporting: 0.99,
      })),
      week: Array.from({ length: 5 }, (_, index) => ({
        day: MONDAY.add({ days: index }),
        followUps: 99,
        contacted: 50,
        medianMinutes: 61,
      })),
      school: schoolView({
        delivery: {
          groups: 40,
          delivered: 0,
          failed: names.map((groupName) => ({ groupName, code: 'noChannel' })),
        },
      }),
    });

    const bytes = Buffer.byteLength(JSON.stringify(digestCard(view, words('sv'))));

    assert.ok(bytes <= Math.min(MOST_CARD_BYTES, 25 * 1_024), `${bytes} bytes`);
  });
});

describe('the coordinators’ week', () => {
  for (const language of ['sv', 'en'] as const) {
    it(`adds up what may be added up, and tells each day (${language})`, () => {
      const view = {
        schoolName: 'Norrskolan',
        week: 48,
        firstDay: MONDAY,
        lastDay: Temporal.PlainDate.from('2026-11-27'),
        days: [
          { day: MONDAY, followUps: 4, contacted: 3, medianMinutes: 30 },
          { day: MONDAY.add({ days: 1 }), followUps: 2, contacted: 0, medianMinutes: undefined },
        ],
        before: { followUps: 9, contacted: 8 },
        compliance: undefined,
      };

      const card = weekDigestCard(view, words(language));

      const text = textsOf(card).join('\n');
      const expected = {
        sv: [
          /Norrskolan: vecka 48/,
          /3 av 6 uppföljningar ledde till kontakt/,
          /Veckan före: 8 av 9/,
          /30 min till kontakt/,
        ],
        en: [/Norrskolan/, /3 of 6/, /8 of 9/, /30 min/],
      }[language];
      for (const each of expected) assert.match(text, each);
      assert.deepEqual(cardFaults(card), []);
    });
  }
});
