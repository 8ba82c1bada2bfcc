import fc from 'fast-check';

const nasty = [
  '**Bold** _it_ ~~gone~~ `code`',
  '[click](https://example.com)',
  '![picture](https://example.com/a.png)',
  '# Heading',
  '- item',
  '7. item',
  '<at>Everyone</at> &copy; <b>',
  '\u0024{1+1} $\u0024{name} \u0024{range(1,9999999)}',
  '{{DATE(2026-11-23T08:00:00Z,SHORT)}} {{{TIME(x)}}}',
  '$t(card.more) {{name}} $& $1',
  'محمد علي الأحمد',
  'Anna\u202E Berg',
  '👩‍👩‍👧‍👦🇸🇪',
  '"quoted" \'too\' \\',
  '\\'.repeat(200),
  '*'.repeat(300),
  '🙂'.repeat(300),
  'A'.repeat(5_000),
  '\u0000\n\t',
];

/** Names as no school has them, and some as every school does. */
export const anyName: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('Elin Andersson', 'Nils von Essen-Lindqvist', "Siobhán O'Brien", 'Åsa Öberg'),
  fc.constantFrom(...nasty),
  fc.string({ unit: 'grapheme', maxLength: 150 }),
  fc.string({ unit: 'binary', maxLength: 150 }),
  fc.string({ unit: fc.constantFrom(...'*_[]()~#<>|`\\&;.-+1aå {$}') }),
);

/** Ends the search for the smallest counterexample, which among cards of heavy names has no end. */
export const BOUNDED = { numRuns: 60, interruptAfterTimeLimit: 4_000 };

/** What Markdown would read as formatting in a text: nothing, where all of it is escaped. */
export function liveSigns(text: string): readonly string[] {
  const unescaped = text.replaceAll(/\\[^\p{L}\p{N}\s]/gu, ' ');
  const anywhere = unescaped.match(/[\\`*_[\]~#<>|]|&[#\w]+;|\{\{|\$\{/gu) ?? [];
  const atStart = text.match(/^\s*(?:[-+]|\d+[.)])/u) ?? [];
  return [...anywhere, ...atStart];
}

/** The text as it is shown. */
export function withoutEscapes(text: string): string {
  return text.replaceAll(/\\([^\p{L}\p{N}\s])/gu, '$1');
}
