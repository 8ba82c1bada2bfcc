import { type BackToList, pupilPageCard, pupilPageTitle } from '../../cards/pupil-page.ts';
import type { Translator } from '../../locales/translator.ts';
import { recordAudit } from '../../services/audit/record-audit.ts';
import { dayAt } from '../../services/clock.ts';
import type { School } from '../../services/config/municipality.ts';
import type { Doer } from '../../services/follow-up/change-follow-up.ts';
import { readPupilPage } from '../../services/pupils/read-pupil-page.ts';
import type { Answer } from '../inbound.ts';
import { asRead, type HandlerDeps } from './handler-deps.ts';

interface Opening extends Doer {
  readonly school: School;
  readonly pupilId: string;
  readonly words: Translator;
  /** Where the page takes the place of a list. */
  readonly list?: BackToList | undefined;
}

/**
 * A pupil's page for whoever has been found entitled to it; that it was opened is put down first. Undefined for whoever has no
 * page: a protected pupil, one who has left, one of another school.
 */
export async function openPupil(
  deps: Pick<HandlerDeps, 'db' | 'clock' | 'routines'>,
  { school, pupilId, words, list, actor, conversationId }: Opening,
): Promise<Answer | undefined> {
  const at = deps.clock.now();
  const day = dayAt(at, school);
  const view = await readPupilPage(asRead(deps, school), school, pupilId, day);
  if (view === undefined) return undefined;
  await recordAudit(deps.db, {
    at,
    actorId: actor.id,
    actorName: actor.name,
    action: 'pupil.viewed',
    objectId: pupilId,
    schoolId: school.id,
    conversationId,
    details: { pupil: pupilId },
  });
  const card = pupilPageCard(view, words, list);
  return { kind: 'card', card, isPrivate: true, dialogTitle: pupilPageTitle(view) };
}
