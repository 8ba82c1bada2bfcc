import type { Sentence } from './sentence.ts';
import { plain } from './spelling.ts';

/** What a channel can be bound to. */
export type BindTarget =
  | { readonly kind: 'coordinator' | 'eht' }
  /** A mentor group, by the name that was written. */
  | { readonly kind: 'group'; readonly name: string };

const COORDINATOR = /^(?:narvaro)?(?:samordnare|koordinator)n?$|^(?:attendance)?coordinators?$/;
const EHT = /^(?:eht|elevhalsan?|elevhalsoteam(?:et)?|elevhalsotraff(?:en)?)$/;
const CLASS = String.raw`\d{1,2} ?\p{L}{1,2}(?![\p{L}\p{N}])`;
/** Between targets: a comma, an *och*, or just a space where a class comes before or after. */
const BETWEEN = new RegExp(
  String.raw`\s*[,;&+]\s*|\s+(?:och|and|samt)\s+|(?<=^|[\s,])(?<=${CLASS})\s+|\s+(?=${CLASS})`,
  'iu',
);

/** *8A 8B, Blå gruppen och samordnare* is four targets. */
export function bindTargets({ text, words }: Sentence, from: number, to: number): readonly BindTarget[] {
  return text
    .slice(words[from]?.start, words[to - 1]?.end)
    .split(BETWEEN)
    .map((name) => name.replaceAll(/^[\s.,:"“”„«»]+|[\s.,:"“”„«»]+$/g, ''))
    .filter((name) => name !== '')
    .map(targetOf);
}

function targetOf(name: string): BindTarget {
  const word = plain(name);
  if (COORDINATOR.test(word)) return { kind: 'coordinator' };
  return EHT.test(word) ? { kind: 'eht' } : { kind: 'group', name };
}
