import assert from 'node:assert/strict';
import { morningCard, morningSummary } from '../../cards/morning.ts';
import { type Language, translator } from '../../locales/translator.ts';
import { actionsOf, textsOf } from '../support/card-text.ts';
import { clockTime, MONDAY } from '../support/small-school.ts';
import { morningCases } from './morning-cases.ts';
import { contacted, lesson, missing, morningView, OPEN, tried } from './views.ts';

const words = (language: Language) => translator(language, 'Europe/Stockholm');
describe('the morning card', () => {
  for (const { name, view, ...expected } of morningCases) {
    for (const language of ['sv', 'en'] as const) {
      it(`${name} (${language})`, () => {
        const [title = '', date, ...rest] = textsOf(morningCard(morningView(view), words(language)));

        assert.equal(date, { sv: 'Måndag 23 november', en: 'Monday 23 November' }[language]);
        assert.deepEqual([title, ...rest].map(plainSpaces), expected[language]);
      });
    }
  }

  it('has its title for a notification, and for clients that show no card', () => {
    const view = morningView({ groupName: '8_C', missing: [missing('Elin Berg')] });

    const card = morningCard(view, words('sv')) as { readonly fallbackText: string };

    assert.equal(morningSummary(view, words('sv')), '8_C: 1 att kontakta');
    assert.equal(card.fallbackText, '8_C: 1 att kontakta');
    assert.equal(textsOf(card)[0], '8\\_C: 1 att kontakta');
  });

  it('carries ids and a version in a button, and what an older client has to know to record it at once', () => {
    const view = morningView({ missing: [missing('Elin Berg')] });

    const [action] = actionsOf(morningCard(view, words('sv')));

    const payload = { followUp: OPEN.id, version: OPEN.version, on: `morning:${view.groupId}/2026-11-23:0` };
    assert.equal(action?.verb, 'followUp.ask');
    assert.deepEqual(action?.data, payload);
    assert.deepEqual(action?.fallback?.data, { ...payload, verb: 'followUp.contacted' });
  });

  it('has a button for what is on record too, which records nothing from an older client', () => {
    const view = morningView({
      missing: [missing('Elin Berg', { followUp: contacted('Anna Lind', '09:12') })],
    });

    const [action] = actionsOf(morningCard(view, words('sv')));

    assert.deepEqual([action?.title, action?.verb], ['Ändra', 'followUp.ask']);
    assert.equal(action?.fallback?.data.verb, 'card.show');
  });

  it('says how and with whom contact was made, where that is known', () => {
    const followUp = contacted('Anna Lind', '09:12', { method: 'phone', counterpart: 'guardian' });

    const texts = textsOf(
      morningCard(morningView({ missing: [missing('Elin Berg', { followUp })] }), words('sv')),
    );

    assert.match(texts.join('\n'), /Kontaktad av Anna Lind 09:12 \(telefon, vårdnadshavare\)/);
  });

  it('says who has tried in vain, and when to try again; the pupil still counts', () => {
    const followUp = tried('Anna Lind', '08:55', '09:55');

    const texts = textsOf(
      morningCard(morningView({ missing: [missing('Elin Berg', { followUp })] }), words('sv')),
    );

    assert.equal(texts[0], '8C: 1 att kontakta');
    assert.match(texts.join('\n'), /Ej nådd av Anna Lind 08:55, försök igen 09:55/);
  });

  it('offers the same for several where there are several', () => {
    const titles = (count: number) =>
      actionsOf(
        morningCard(morningView({ missing: Array(count).fill(missing('Elin Berg')) }), words('sv')),
      ).map(({ title }) => title);

    assert.ok(!titles(1).includes('Flera samtidigt'));
    assert.equal(titles(2).at(-1), 'Flera samtidigt');
  });

  it('has what is said to whoever pressed on top', () => {
    const texts = textsOf(morningCard(morningView(), words('sv'), { page: 0, notice: 'Ångrat.' }));

    assert.equal(texts[3], 'Ångrat.');
  });

  it('tells the day of a contact that came on a later one', () => {
    const followUp = contacted('Anna Lind', '09:12', { on: MONDAY.add({ days: 1 }) });

    const texts = textsOf(
      morningCard(morningView({ missing: [missing('Elin Berg', { followUp })] }), words('sv')),
    );

    assert.match(texts.join('\n'), /Kontaktad av Anna Lind tisdag 24 november 09:12/);
  });

  it('shows times on the school’s clock', () => {
    const summer = { dataAt: clockTime('08:45').subtract({ hours: 24 * 90 }) };

    const [, , quality] = textsOf(morningCard(morningView(summer), words('sv')));

    assert.match(quality ?? '', /^Läget 09:45/);
  });

  it('counts lessons that are too many to be named', () => {
    const all = Array.from({ length: 43 }, (_, number) => lesson(`Ämne ${number}`, '08:10'));

    const [title, text] = textsOf(morningCard(morningView({ unreportedLessons: all }), words('sv'))).slice(
      -2,
    );

    assert.equal(title, 'Ej rapporterade lektioner (43)');
    assert.match(text ?? '', /^Ämne 0 08:10 · .* · Ämne 39 08:10 · 3 till$/);
  });
});

/** Figures stand together with their words over a line's end, and an em space before the details. */
function plainSpaces(text: string): string {
  return text.replaceAll('\u00A0', ' ').replace(/^\u2003/u, '');
}
