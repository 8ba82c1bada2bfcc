import assert from 'node:assert/strict';
import i18next from 'i18next';
import { pluralForms, textFiller } from '../../locales/fill-text.ts';

describe('textFiller', () => {
  const texts = {
    plain: 'Ingen saknas',
    greeting: 'Hej {{name}}, {{name}}!',
    lesson_zero: 'ingen lektion',
    lesson_one: '{{count}} lektion',
    lesson_other: '{{count}} lektioner',
    group_one: '{{count}} grupp',
    group_other: '{{count}} grupper',
  };
  let fill: ReturnType<typeof textFiller>;

  before(async () => {
    const instance = i18next.createInstance();
    await instance.init({ lng: 'sv', resources: { sv: { translation: texts } } });
    fill = textFiller(instance.getFixedT('sv'), 'sv-SE');
  });

  const cases: readonly (readonly [string, Readonly<Record<string, string | number>> | undefined, string])[] =
    [
      ['plain', undefined, 'Ingen saknas'],
      ['greeting', { name: 'Åsa' }, 'Hej Åsa, Åsa!'],
      ['greeting', { name: '{{name}} $t(plain)' }, 'Hej {{name}} $t(plain), {{name}} $t(plain)!'],
      ['lesson', { count: 0 }, 'ingen lektion'],
      ['lesson', { count: 1 }, '1 lektion'],
      ['lesson', { count: 2 }, '2 lektioner'],
      ['group', { count: 0 }, '0 grupper'],
      ['group', { count: 101 }, '101 grupper'],
    ];
  for (const [key, values, expected] of cases) {
    it(`gives "${expected}" for ${key} with ${JSON.stringify(values)}, the second time too`, () => {
      const first = fill(key, values);
      const second = fill(key, values);

      assert.equal(first, expected);
      assert.equal(second, expected);
    });
  }

  it('says which text lacks a value, and never shows the place for it', () => {
    assert.throws(() => fill('greeting', {}), /missing in the text "greeting"/);
  });
});

describe('pluralForms', () => {
  it('tells the form of any number, large and broken ones too', () => {
    const english = pluralForms('en-GB', 'ordinal');

    const forms = [1, 2, 3, 4, 21, 111, 1_002, 1.5].map(english);

    assert.deepEqual(forms, ['one', 'two', 'few', 'other', 'one', 'other', 'two', 'other']);
  });
});
