import { pupilText } from '../../cards/pupil-name.ts';
import { asText } from '../../cards/text.ts';
import type { Translator } from '../../locales/translator.ts';
import type { AcceptOutcome } from '../../services/routine/accept-case.ts';
import { declineReasons, type EndOutcome } from '../../services/routine/end-case.ts';
import type { CaseDetail } from '../../services/routine/read-case-detail.ts';
import type { CaseRow } from '../../services/routine/routine-case.ts';

const SAID = {
  accepted: 'cases.accepted',
  declined: 'cases.declined',
  closed: 'cases.closed',
  withdrawn: 'cases.withdrawn',
  kept: 'cases.kept',
} as const;

/** What whoever pressed reads on top of the card: what came of it, or who was there before. */
export function caseNotice(
  outcome: AcceptOutcome | EndOutcome,
  { pupil }: Pick<CaseDetail, 'pupil'>,
  words: Translator,
): string {
  const name = pupilText(pupil, words);
  if (outcome.kind === 'nothing') return words.t('cases.gone');
  if (outcome.kind === 'movedOn') return beforeNotice(outcome.now, name, words);
  return words.t(SAID[outcome.kind], { name });
}

function beforeNotice(now: CaseRow, name: string, words: Translator): string {
  const { state, acceptedAt, acceptedByName, endedAt, endedByName, endedReason } = now;
  if (state === 'open' && acceptedAt !== null)
    return words.t('cases.alreadyAccepted', {
      name,
      by: asText(acceptedByName ?? ''),
      when: words.moment(acceptedAt),
    });
  if (endedAt === null) return words.t('cases.changed', { name });
  const isDeclined = (declineReasons as readonly (string | null)[]).includes(endedReason);
  const key = isDeclined ? 'cases.alreadyDeclined' : 'cases.alreadyEnded';
  return words.t(key, { name, by: asText(endedByName ?? ''), when: words.moment(endedAt) });
}
