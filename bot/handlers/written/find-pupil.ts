import { asText } from '../../../cards/text.ts';
import type { TextKey, Translator } from '../../../locales/translator.ts';
import { matchName } from '../../../services/people/match-names.ts';
import type { Named } from '../../../services/people/named.ts';
import { readNamedPupils } from '../../../services/people/named-pupils.ts';
import { readOwnPupils } from '../../../services/people/own-pupils.ts';
import type { HandlerDeps } from '../handler-deps.ts';
import { mayBeNamedHere, mayWrite, type WrittenContext } from './written-context.ts';

export type FoundPupil =
  | { readonly kind: 'one'; readonly pupil: Named }
  /** More than one, or one by a guess: to be asked about before anything is recorded. */
  | { readonly kind: 'several'; readonly pupils: readonly Named[] }
  /** With what is answered to it, which tells where was searched. */
  | { readonly kind: 'none'; readonly told: TextKey };

/** Whom a written name means, among the pupils whom the writer answers for; for coordinators among the school's. */
export async function findPupil(
  deps: HandlerDeps,
  context: WrittenContext,
  written: string,
): Promise<FoundPupil> {
  const isWhole = await mayWrite(deps, context, 'nameAnyPupil');
  const candidates = isWhole
    ? await readNamedPupils(deps.db, context.school.id)
    : await readOwn(deps, context);
  const match = matchName(written, candidates);
  if (match.kind === 'none')
    return { kind: 'none', told: isWhole ? 'written.noSuchPupilAtSchool' : 'written.noSuchPupil' };
  const ids = match.kind === 'one' ? [match.id] : match.ids;
  const pupils = ids.flatMap((id) => candidates.find((pupil) => pupil.id === id) ?? []);
  const [first] = pupils;
  if (match.kind === 'one' && match.isExact && first !== undefined) return { kind: 'one', pupil: first };
  return { kind: 'several', pupils };
}

/** Asks who was meant of several, or of one by a guess. */
export function whichOne(meant: readonly Named[], words: Translator): string {
  return words.t('written.whichOne', { names: words.list(meant.map(({ name }) => asText(name))) });
}

/** The same of pupils; where not everybody present may read their names, that it is to be written in one's own chat. */
export async function whichPupil(
  deps: HandlerDeps,
  context: WrittenContext,
  meant: readonly Named[],
): Promise<string> {
  const { words } = context;
  const isFit = await mayBeNamedHere(deps, context, meant);
  return isFit ? whichOne(meant, words) : words.t('written.inOwnChat');
}

async function readOwn(
  deps: HandlerDeps,
  { person, school, day }: WrittenContext,
): Promise<readonly Named[]> {
  return person.staffId === undefined ? [] : await readOwnPupils(deps.db, person.staffId, school.id, day);
}
