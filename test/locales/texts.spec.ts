import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import en from '../../locales/en.json' with { type: 'json' };
import sv from '../../locales/sv.json' with { type: 'json' };
import { type TextKey, translator } from '../../locales/translator.ts';

const languages = { sv: leavesOf(sv), en: leavesOf(en) };
const swedish = [...languages.sv.keys()];
const root = join(import.meta.dirname, '../..');

/** Every text by its key, such as `card.late_one`. */
function leavesOf(texts: object, path = ''): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[path + key, value]] : [...leavesOf(value, `${path}${key}.`)],
    ),
  );
}

function placesIn(text: string | undefined): readonly string[] {
  return [...(text ?? '').matchAll(/\{\{(\w+)\}\}/gu)].map(([, name]) => name ?? '').toSorted();
}

const PLURAL = /_(zero|one|other)$/u;
const stemOf = (key: string) => key.replace(PLURAL, '');

/** All sources that put texts into words. */
function sources(): string {
  const files = ['bot', 'cards', 'demo', 'locales', 'services'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(root, folder, name), 'utf8')),
  );
  return files.join('\n');
}

describe('the texts', () => {
  it('are the same in both languages, with the same plural forms', () => {
    assert.deepEqual([...languages.en.keys()], swedish);
  });

  it('have the same places for values in both languages', () => {
    const placesBy = (texts: ReadonlyMap<string, string>) =>
      Object.fromEntries([...texts].map(([key, text]) => [key, placesIn(text)]));

    assert.deepEqual(placesBy(languages.en), placesBy(languages.sv));
  });

  it('have every plural form they need', () => {
    for (const key of swedish.filter((each) => PLURAL.test(each))) {
      const stem = stemOf(key);
      assert.ok(languages.sv.has(`${stem}_one`) && languages.sv.has(`${stem}_other`), stem);
      assert.ok(!languages.sv.has(stem), stem);
    }
  });

  it('are all used somewhere', () => {
    const written = sources();

    const unused = swedish.filter((key) => !written.includes(`'${stemOf(key)}'`));

    assert.deepEqual(unused, []);
  });

  it('are there for every key that is asked for', () => {
    const asked = [...sources().matchAll(/\.t\(\s*'([\w.]+)'/gu)].map(([, key]) => key ?? '');

    const stems = new Set(swedish.map(stemOf));
    assert.ok(asked.length > 40);
    assert.deepEqual(
      asked.filter((key) => !stems.has(key)),
      [],
    );
  });

  it('never blame, and never ask or tell why anybody is absent', () => {
    const unwanted =
      /skolk|truan|sjuk|krank|läkar|läkare|tandläk|förkyl|\bill(ness)?\b|sick|doctor|dentist|medic/iu;

    for (const texts of Object.values(languages)) {
      for (const [key, text] of texts) assert.doesNotMatch(text, unwanted, key);
    }
  });

  it('hold no formatting where they stand in cards, and no loose ends', () => {
    for (const texts of Object.values(languages)) {
      for (const [key, text] of texts) {
        if (!/^(?:reply|written)\./u.test(key)) assert.doesNotMatch(text, /[*_[\]`#<>|\\$]/u, key);
        assert.equal(text, text.trim(), key);
        assert.notEqual(text, '', key);
      }
    }
  });

  for (const language of ['sv', 'en'] as const) {
    it(`leave no place open once they have their values (${language})`, () => {
      const words = translator(language, 'Europe/Stockholm');
      const values = Object.fromEntries(
        [...languages.sv.values()].flatMap(placesIn).map((name) => [name, 'X']),
      );

      for (const key of new Set(swedish.map(stemOf))) {
        for (const count of [0, 1, 2, 101])
          assert.doesNotMatch(words.t(key as TextKey, { ...values, count }), /\{\{|\}\}/u);
      }
    });
  }
});
