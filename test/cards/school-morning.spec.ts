import assert from 'node:assert/strict';
import { schoolMorningCard, schoolMorningSummary } from '../../cards/school-morning.ts';
import { verbs } from '../../cards/verbs.ts';
import { type Language, translator } from '../../locales/translator.ts';
import type { SchoolMorningView } from '../../services/morning/school-morning-view.ts';
import { actionsOf, textsOf } from '../support/card-text.ts';
import { cardFaults } from './card-faults.ts';
import { schoolMorningCases } from './school-morning-cases.ts';
import { schoolView } from './views.ts';

const words = (language: Language) => translator(language, 'Europe/Stockholm');

describe('the coordinator’s card', () => {
  for (const { name, view, ...expected } of schoolMorningCases) {
    for (const language of ['sv', 'en'] as const) {
      it(`${name} (${language})`, () => {
        const card = schoolMorningCard(schoolView(view), words(language));

        const [, date, ...rest] = textsOf(card);
        assert.equal(date, { sv: 'Måndag 23 november', en: 'Monday 23 November' }[language]);
        assert.deepEqual(rest, expected[language]);
        assert.deepEqual(cardFaults(card), []);
      });
    }
  }

  const titles: readonly (readonly [Partial<SchoolMorningView>, string])[] = [
    [{ toContact: 0 }, 'Norrskolan: ingen kvar att kontakta'],
    [{ toContact: 1 }, 'Norrskolan: 1 att kontakta'],
    [{ toContact: 9 }, 'Norrskolan: 9 att kontakta'],
    [{ state: 'held', toContact: 9 }, 'Norrskolan: korten väntar på besked'],
  ];
  for (const [view, title] of titles) {
    it(`is called "${title}", and so is its notification`, () => {
      assert.equal(textsOf(schoolMorningCard(schoolView(view), words('sv')))[0], title);
      assert.equal(schoolMorningSummary(schoolView(view), words('sv')), title);
    });
  }

  it('has a button to let the cards out only while they are held, for older clients too', () => {
    const [release, ...more] = actionsOf(schoolMorningCard(schoolView({ state: 'held' }), words('sv')));

    assert.deepEqual(more, []);
    assert.equal(release?.verb, 'morning.release');
    assert.deepEqual(verbs['morning.release'].parse(release?.data), { school: 'norr', day: '2026-11-23' });
    assert.deepEqual(release?.fallback?.data, { ...release?.data, verb: 'morning.release' });
    assert.deepEqual(actionsOf(schoolMorningCard(schoolView(), words('sv'))), []);
  });
});
