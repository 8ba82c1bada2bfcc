import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MOST_CARD_BYTES } from '../../cards/render.ts';
import { weekChart } from '../../cards/week-chart.ts';
import { weekDigestCard, weekDigestSummary } from '../../cards/week-digest.ts';
import { type Language, translator } from '../../locales/translator.ts';
import type { ContactTime } from '../../services/digest/contact-time.ts';
import type { WeekDigestView } from '../../services/digest/digest-view.ts';
import { NO_STEPS } from '../../services/routine/compliance.ts';
import { textsOf } from '../support/card-text.ts';
import { MONDAY } from '../support/small-school.ts';
import { cardFaults } from './card-faults.ts';
import { elementsOf } from './elements.ts';
import { anyName, BOUNDED, liveSigns } from './names.ts';

const words = (language: Language = 'sv') => translator(language, 'Europe/Stockholm');
const day = (number: number, followUps: number, contacted: number, medianMinutes?: number): ContactTime => ({
  day: MONDAY.add({ days: number }),
  followUps,
  contacted,
  medianMinutes,
});

function view(more: Partial<WeekDigestView> = {}): WeekDigestView {
  return {
    schoolName: 'Norrskolan',
    week: 48,
    firstDay: MONDAY,
    lastDay: MONDAY.add({ days: 4 }),
    days: [day(0, 5, 3, 42), day(1, 2, 0)],
    before: { followUps: 0, contacted: 0 },
    compliance: undefined,
    ...more,
  };
}

describe('the week’s digest', () => {
  it('adds up the week, tells each day, and no median where nobody was reached', () => {
    const texts = textsOf(weekDigestCard(view(), words())).join('\n');

    assert.match(texts, /^Norrskolan: vecka 48\n3 av 7 uppföljningar ledde till kontakt\./);
    assert.match(texts, /måndag 23 november\n3 av 5 kontaktade · 42 min till kontakt \(median\)/);
    assert.match(texts, /tisdag 24 november\n0 av 2 kontaktade(?! ·)/);
  });

  it('tells of the week before where there was one', () => {
    const before = { followUps: 9, contacted: 8 };

    assert.ok(textsOf(weekDigestCard(view({ before }), words())).includes('Veckan före: 8 av 9.'));
    assert.doesNotMatch(textsOf(weekDigestCard(view(), words())).join('\n'), /Veckan före/);
  });

  it('tells how the routine was followed in the week, the term and by level, where there is one', () => {
    const week = { ...NO_STEPS, steps: 4, onTime: 3, overdue: 1 };
    const term = { ...NO_STEPS, steps: 8, onTime: 5, late: 1, open: 1, notNeeded: 1 };
    const levels = [{ name: 'Utredning', term: { ...NO_STEPS, steps: 1, onTime: 1 } }];

    const texts = textsOf(weekDigestCard(view({ compliance: { week, term, levels } }), words()));

    const at = texts.indexOf('Rutinföljsamhet');
    assert.deepEqual(texts.slice(at + 1, at + 4), [
      'Veckan: 75\u00a0% av 4 steg i tid · 1 försenat',
      'Terminen: 62,5\u00a0% av 8 steg i tid · 1 för sent · 1 öppet · 1 behövdes inte',
      'Utredning: 100\u00a0% av 1 steg i tid',
    ]);
    assert.ok(!textsOf(weekDigestCard(view(), words())).includes('Rutinföljsamhet'));
  });

  it('is drawn and told alike: each day’s figures stand in the chart and in its words', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(500), fc.nat(500)), { maxLength: 7 }), (figures) => {
        const days = figures.map(([a, b], number) => day(number, Math.max(a, b), Math.min(a, b)));

        const chart = weekChart(days, words());

        assert.equal(chart.chart.length, days.length);
        for (const [index, one] of chart.chart.entries()) {
          const { day: label, followUps, contacted } = one;
          assert.equal(
            chart.chartText.split(' · ')[index],
            `${label}: ${contacted} av ${followUps} kontaktade`,
          );
        }
      }),
    );
  });

  it('is a card that every client can show, of at most 25 KB, with nothing live in it, in both languages', () => {
    const anyDays = fc
      .array(fc.tuple(fc.nat(300), fc.nat(300), fc.option(fc.nat(600), { nil: undefined })), { maxLength: 7 })
      .map((all) => all.map(([a, b, median], number) => day(number, Math.max(a, b), Math.min(a, b), median)));
    fc.assert(
      fc.property(
        anyName,
        anyDays,
        fc.nat(300),
        fc.constantFrom('sv' as const, 'en' as const),
        (schoolName, days, followUps, language) => {
          const shown = view({ schoolName, days, before: { followUps, contacted: 0 } });

          const card = weekDigestCard(shown, words(language));

          assert.deepEqual(cardFaults(card), []);
          assert.ok(Buffer.byteLength(JSON.stringify(card)) <= MOST_CARD_BYTES);
          for (const { text } of elementsOf(card, 'TextBlock')) assert.deepEqual(liveSigns(String(text)), []);
        },
      ),
      BOUNDED,
    );
  });

  it('says in its notification which school and week', () => {
    assert.equal(weekDigestSummary(view(), words()), 'Norrskolan: vecka 48');
    assert.equal(weekDigestSummary(view(), words('en')), 'Norrskolan: week 48');
  });
});
