import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { type Language, translator } from '../../locales/translator.ts';

const words = (language: Language, timeZone = 'Europe/Stockholm') => translator(language, timeZone);

describe('translator', () => {
  it('is made once for a language and a time zone', () => {
    assert.equal(words('sv'), words('sv'));
    assert.notEqual(words('sv'), words('en'));
    assert.notEqual(words('sv'), words('sv', 'Europe/Helsinki'));
  });

  const dates: readonly (readonly [string, string, string])[] = [
    ['2026-11-23', 'måndag 23 november', 'Monday 23 November'],
    ['2026-10-25', 'söndag 25 oktober', 'Sunday 25 October'],
    ['2027-01-01', 'fredag 1 januari', 'Friday 1 January'],
    ['2028-02-29', 'tisdag 29 februari', 'Tuesday 29 February'],
  ];
  for (const [day, sv, en] of dates) {
    it(`calls ${day} ${sv}`, () => {
      const date = Temporal.PlainDate.from(day);

      assert.equal(words('sv').date(date), sv);
      assert.equal(words('en').date(date), en);
      assert.equal(words('sv', 'Pacific/Kiritimati').date(date), sv, 'a school day has no zone');
    });
  }

  it('calls a moment by the day and the time on the school’s clock, which may be the next day', () => {
    const at = Temporal.Instant.from('2026-11-22T23:00:00Z');

    assert.equal(words('sv').moment(at), 'mån 23/11 00:00');
    assert.equal(words('en').moment(at), 'Mon 23/11 00:00');
    assert.equal(words('sv', 'Atlantic/Reykjavik').moment(at), 'sön 22/11 23:00');
  });

  const times: readonly (readonly [string, string, string])[] = [
    ['2026-11-23T07:45:00Z', 'Europe/Stockholm', '08:45'],
    ['2026-11-23T07:45:59Z', 'Europe/Helsinki', '09:45'],
    ['2026-11-22T23:00:00Z', 'Europe/Stockholm', '00:00'],
    ['2026-10-25T00:59:00Z', 'Europe/Stockholm', '02:59'],
    ['2026-10-25T01:00:00Z', 'Europe/Stockholm', '02:00'],
    ['2027-03-28T00:59:00Z', 'Europe/Stockholm', '01:59'],
    ['2027-03-28T01:00:00Z', 'Europe/Stockholm', '03:00'],
    ['2027-03-28T01:00:00Z', 'Europe/Helsinki', '04:00'],
  ];
  for (const [at, timeZone, expected] of times) {
    it(`reads ${at} as ${expected} in ${timeZone}`, () => {
      for (const language of ['sv', 'en'] as const)
        assert.equal(words(language, timeZone).time(Temporal.Instant.from(at)), expected);
    });
  }

  const percents: readonly (readonly [number, string, string])[] = [
    [0, '0\u00A0%', '0%'],
    [0.225, '22,5\u00A0%', '22.5%'],
    [0.6, '60\u00A0%', '60%'],
    [1 / 3, '33,3\u00A0%', '33.3%'],
    [1, '100\u00A0%', '100%'],
  ];
  for (const [fraction, sv, en] of percents) {
    it(`writes ${fraction} as ${en}, in Swedish with a space that does not break`, () => {
      assert.equal(words('sv').percent(fraction), sv);
      assert.equal(words('en').percent(fraction), en);
    });
  }

  const ordinals: readonly (readonly [number, string, string])[] = [
    [1, '1:a', '1st'],
    [2, '2:a', '2nd'],
    [3, '3:e', '3rd'],
    [4, '4:e', '4th'],
    [10, '10:e', '10th'],
    [11, '11:e', '11th'],
    [12, '12:e', '12th'],
    [13, '13:e', '13th'],
    [21, '21:a', '21st'],
    [22, '22:a', '22nd'],
    [23, '23:e', '23rd'],
    [101, '101:a', '101st'],
    [111, '111:e', '111th'],
    [112, '112:e', '112th'],
  ];
  for (const [count, sv, en] of ordinals) {
    it(`counts ${count} as ${sv} and ${en}`, () => {
      assert.equal(words('sv').ordinal(count), sv);
      assert.equal(words('en').ordinal(count), en);
    });
  }

  it('joins a list as one speaks', () => {
    assert.equal(words('sv').list(['8A']), '8A');
    assert.equal(words('sv').list(['8A', '8B']), '8A och 8B');
    assert.equal(words('sv').list(['8A', '8B', '8C']), '8A, 8B och 8C');
    assert.equal(words('en').list(['8A', '8B', '8C']), '8A, 8B and 8C');
  });

  it('chooses the plural, and puts in values as they are', () => {
    assert.equal(
      words('sv').t('card.toContact', { name: '8C', count: 0 }),
      '8C: ingen kvar att kontakta här',
    );
    assert.equal(
      words('sv').t('card.toContact', { name: '$& {{count}} <b>', count: 1 }),
      '$& {{count}} <b>: 1 att kontakta',
    );
    assert.equal(words('en').t('card.lateHere', { count: 1_200 }), '1200 pupils came late and are here now');
  });

  it('says which text lacks a value, and never shows a place that is empty', () => {
    assert.throws(() => words('sv').t('card.page', { page: 1 }), /card\.page/);
  });
});
