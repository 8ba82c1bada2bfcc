import assert from 'node:assert/strict';
import fc from 'fast-check';
import { asLabel, asText } from '../../cards/text.ts';
import { anyName, liveSigns, withoutEscapes } from './names.ts';

describe('asText', () => {
  const shownAs: readonly (readonly [string, string])[] = [
    ['Anna-Karin Öberg', 'Anna-Karin Öberg'],
    ['8C', '8C'],
    ['**Anna**', '\\*\\*Anna\\*\\*'],
    ['[Anna](https://example.com)', '\\[Anna\\](https://example.com)'],
    ['Anna_Berg', 'Anna\\_Berg'],
    ['<b>Anna</b>', '\\<b\\>Anna\\</b\\>'],
    ['Anna & Bo', 'Anna & Bo'],
    ['&lt;b&#62;', '\\&lt;b\\&\\#62;'],
    ['- Anna', '\\- Anna'],
    ['+ Anna', '\\+ Anna'],
    ['7. Anna', '7\\. Anna'],
    ['7) Anna', '7\\) Anna'],
    ['Anna\n\n# Bo', 'Anna \\# Bo'],
    ['back\\slash', 'back\\\\slash'],
  ];
  for (const [text, expected] of shownAs) {
    it(`turns ${JSON.stringify(text)} into text`, () => {
      assert.equal(asText(text), expected);
    });
  }

  it('says the same as the label, and nothing of it is formatting', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const text = asText(name);

        assert.deepEqual(liveSigns(text), []);
        assert.equal(withoutEscapes(text), asLabel(name));
      }),
    );
  });
});

describe('asLabel', () => {
  it('is one line, without what is not text', () => {
    assert.equal(asLabel(' Anna\t\u00A0 Berg\r\n\u0000\u007F '), 'Anna Berg');
  });

  it('keeps bindings and functions from being read as such, however many signs there are', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('$', '{', '}', 'x') }), (text) => {
        const label = asLabel(text);

        assert.doesNotMatch(label, /\$\{|\{\{/);
        assert.equal(label.replaceAll('\u2060', ''), text === '' ? '–' : text);
      }),
    );
  });

  it('takes no order of letters from the text beside it', () => {
    assert.equal(asLabel('محمد علي'), '\u2068محمد علي\u2069');
    assert.equal(asLabel('Anna\u202E Berg\u2067'), 'Anna Berg');
  });

  it('shortens what goes on, between two characters', () => {
    assert.equal(asLabel('A'.repeat(100)), 'A'.repeat(100));
    assert.equal(asLabel('A'.repeat(101)), `${'A'.repeat(99)}…`);
    assert.equal(asLabel('🙂'.repeat(101)), `${'🙂'.repeat(99)}…`);
  });

  it('is never empty', () => {
    for (const nothing of ['', ' ', '\u0000', '\u200F']) assert.equal(asLabel(nothing), '–');
  });

  it('never weighs more than so much, whatever it is given', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const bytes = Buffer.byteLength(JSON.stringify(asText(name)));

        assert.ok(bytes <= 450, `${bytes} bytes`);
        assert.equal(Buffer.from(asLabel(name)).toString(), asLabel(name));
      }),
    );
  });
});
