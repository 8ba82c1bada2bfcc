import { type PupilChoice, whichPupilCard } from '../../../cards/which-pupil.ts';
import { dayAt } from '../../../services/clock.ts';
import { matchName } from '../../../services/people/match-names.ts';
import { mayDo } from '../../../services/people/rights.ts';
import { wholeSchools } from '../../../services/people/whole-schools.ts';
import { readViewable, type ViewablePupil } from '../../../services/pupils/viewable-pupils.ts';
import type { Answer, Written } from '../../inbound.ts';
import { who } from '../../who.ts';
import { type HandlerDeps, text, wordsIn, wordsOf, wordsOfSchool } from '../handler-deps.ts';
import { openPupil } from '../open-pupil.ts';
import { recordRefusal } from '../refusals.ts';
import { writerOf, writtenContext } from './written-context.ts';
import { refuseStranger } from './written-refusals.ts';

/** "elev Oscar": one pupil's page, in one's own chat; a name that may mean several is asked about. */
export async function writtenPupil(deps: HandlerDeps, message: Written, name: string): Promise<Answer> {
  const context = await writtenContext(deps, message);
  const words = context?.words ?? (await wordsIn(deps, message.conversation.id));
  const person = await who(deps, message);
  if (person === undefined || person.isGuest) return await refuseStranger(deps, message, 'pupil');
  if (message.conversation.kind !== 'personal') return text(words.t('written.pupilInOwnChat'));
  const day = dayAt(deps.clock.now(), deps.municipality);
  const schoolIds = wholeSchools(deps.municipality, person, 'viewPupil').map(({ id }) => id);
  const viewable = await readViewable(deps.db, { staffId: person.staffId, day, schoolIds });
  const { pupils, isSure } = meant(name, viewable);
  const [first] = pupils;
  if (first === undefined) return text(words.t('pupil.noSuch'));
  if (!isSure) {
    const choices = pupils.map((pupil): PupilChoice => ({ ...pupil, subject: `${pupil.schoolId}/${day}` }));
    return { kind: 'card', card: whichPupilCard(choices, words), isPrivate: true };
  }
  return await open(deps, message, first);
}

interface Meant {
  readonly pupils: readonly ViewablePupil[];
  /** One, and no guess. */
  readonly isSure: boolean;
}

function meant(name: string, viewable: readonly ViewablePupil[]): Meant {
  const match = matchName(name, viewable);
  if (match.kind === 'none') return { pupils: [], isSure: false };
  const ids = match.kind === 'one' ? [match.id] : match.ids;
  const pupils = ids.flatMap((id) => viewable.find((pupil) => pupil.id === id) ?? []);
  return { pupils, isSure: match.kind === 'one' && match.isExact };
}

async function open(
  deps: HandlerDeps,
  message: Written,
  { id: pupilId, schoolId }: ViewablePupil,
): Promise<Answer> {
  const person = await who(deps, message);
  const school = deps.schools.get(schoolId);
  if (person === undefined || school === undefined) return text(wordsOf(deps.municipality).t('pupil.gone'));
  const words = wordsOfSchool(school);
  const day = dayAt(deps.clock.now(), school);
  const conversationId = message.conversation.id;
  if (!(await mayDo(deps, person, { action: 'viewPupil', school, day, conversationId, pupilId }))) {
    await recordRefusal(deps, { ...message, verb: 'pupil.open' }, 'notAllowed');
    return text(words.t('reply.notAllowed'));
  }
  const opened = await openPupil(deps, { school, pupilId, words, ...writerOf({ message, person }) });
  return opened ?? text(words.t('pupil.gone'));
}
