import type { Sentence, Word } from './sentence.ts';
import { isSlipOf, plain } from './spelling.ts';

/** A rule that was found, and the words it was found in, the last one not among them. */
export interface Part {
  readonly rule: string;
  readonly from: number;
  readonly to: number;
}

/** Where a rule can end that begins at a word, the preferred end first. */
export type Reader = (sentence: Sentence, at: number) => readonly number[];

interface Option {
  readonly word: string;
  readonly isExact: boolean;
}

type Element = { readonly isOptional: boolean } & (
  | { readonly kind: 'words'; readonly options: readonly Option[] }
  | { readonly kind: 'rule'; readonly rule: string }
);

export interface Grammar {
  readonly rules: ReadonlyMap<string, readonly (readonly Element[])[]>;
  readonly readers: ReadonlyMap<string, Reader>;
  /** Words that are right as they are, and so no slip of another word. */
  readonly known: ReadonlySet<string>;
}

interface Step {
  readonly at: number;
  readonly parts: readonly Part[];
}

/**
 * Makes a grammar of phrases. In a phrase `a/b` is one word or the other, `a?` may be left out, `a!` has to be spelled right,
 * and `<rule>` is one of the phrases of that rule, or read by the reader of that name.
 */
export function makeGrammar(
  phrases: Readonly<Record<string, readonly string[]>>,
  readers: Readonly<Record<string, Reader>>,
  alsoKnown: readonly string[],
): Grammar {
  const rules = new Map(Object.entries(phrases).map(([rule, list]) => [rule, list.map(elementsOf)] as const));
  const words = [...rules.values()]
    .flat(2)
    .flatMap((element) => (element.kind === 'words' ? element.options : []));
  const known = new Set([...words.map(({ word }) => word), ...alsoKnown.map(plain)]);
  return { rules, readers: new Map(Object.entries(readers)), known };
}

function elementsOf(phrase: string): readonly Element[] {
  return phrase.split(' ').map((text) => {
    const isOptional = text.endsWith('?');
    const bare = isOptional ? text.slice(0, -1) : text;
    if (bare.startsWith('<')) return { kind: 'rule', rule: bare.slice(1, -1), isOptional };
    const options = bare.split('/').map((word) => ({ word: plain(word), isExact: word.endsWith('!') }));
    return { kind: 'words', options, isOptional };
  });
}

/** The parts of a sentence that is the rule from its first word to its last; undefined where it is not. */
export function partsOf(grammar: Grammar, rule: string, sentence: Sentence): readonly Part[] | undefined {
  for (const step of ruleSteps(grammar, rule, sentence, { at: 0, parts: [] })) {
    if (step.at === sentence.words.length) return step.parts;
  }
  return undefined;
}

/** Where the rule ends that begins at a word, the longest of all; undefined where it does not begin there. */
export function endOf(grammar: Grammar, rule: string, sentence: Sentence, at: number): number | undefined {
  const ends = [...ruleSteps(grammar, rule, sentence, { at, parts: [] })].map((step) => step.at);
  const last = Math.max(at, ...ends);
  return last === at ? undefined : last;
}

function* ruleSteps(
  grammar: Grammar,
  rule: string,
  sentence: Sentence,
  { at, parts }: Step,
): Generator<Step> {
  const reader = grammar.readers.get(rule);
  if (reader !== undefined) {
    for (const to of reader(sentence, at)) yield { at: to, parts: [...parts, { rule, from: at, to }] };
    return;
  }
  for (const elements of grammar.rules.get(rule) ?? []) {
    for (const step of steps(grammar, elements, sentence, { at, parts }))
      yield { at: step.at, parts: [...step.parts, { rule, from: at, to: step.at }] };
  }
}

function* steps(
  grammar: Grammar,
  elements: readonly Element[],
  sentence: Sentence,
  step: Step,
): Generator<Step> {
  const [element, ...rest] = elements;
  if (element === undefined) {
    yield step;
    return;
  }
  for (const next of elementSteps(grammar, element, sentence, step))
    yield* steps(grammar, rest, sentence, next);
  if (element.isOptional) yield* steps(grammar, rest, sentence, step);
}

function* elementSteps(grammar: Grammar, element: Element, sentence: Sentence, step: Step): Generator<Step> {
  if (element.kind === 'rule') {
    yield* ruleSteps(grammar, element.rule, sentence, step);
    return;
  }
  const word = sentence.words[step.at];
  if (word !== undefined && isOneOf(grammar, element.options, word)) yield { ...step, at: step.at + 1 };
}

function isOneOf(
  { known }: Grammar,
  options: readonly Option[],
  { plain: written, isQuoted }: Word,
): boolean {
  if (isQuoted) return false;
  if (known.has(written)) return options.some(({ word }) => word === written);
  return options.some(({ word, isExact }) => !isExact && isSlipOf(word, written));
}
