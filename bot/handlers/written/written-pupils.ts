import { metricText } from '../../../cards/absence-text.ts';
import { pupilListCard } from '../../../cards/pupil-list.ts';
import { asText } from '../../../cards/text.ts';
import { dayAt } from '../../../services/clock.ts';
import type { School } from '../../../services/config/municipality.ts';
import { countMetrics, shareMetrics } from '../../../services/config/routine.ts';
import { mentorGroups } from '../../../services/people/mentor-groups.ts';
import { wholeSchools } from '../../../services/people/whole-schools.ts';
import { levelsOf } from '../../../services/pupils/level-ranks.ts';
import { readPupilList } from '../../../services/pupils/read-pupil-list.ts';
import type { Answer, Written } from '../../inbound.ts';
import { who } from '../../who.ts';
import { pupilFilters } from '../../written/pupil-filters.ts';
import { schoolSaid } from '../../written/school-said.ts';
import { asRead, type HandlerDeps, text, wordsIn, wordsOfSchool } from '../handler-deps.ts';
import { recordRefusal } from '../refusals.ts';
import { readersIn, writtenContext } from './written-context.ts';

/** "elever", "elever 8B utan kontaktperson": a school's pupils in the routine, for those who may see them all. */
export async function writtenPupils(deps: HandlerDeps, message: Written, said: string): Promise<Answer> {
  const words = await wordsIn(deps, message.conversation.id);
  const person = await who(deps, message);
  const schools = wholeSchools(deps.municipality, person, 'listPupils');
  if (schools.length === 0) {
    await recordRefusal(deps, { ...message, verb: 'pupils.show' }, 'notCoordinator');
    return text(words.t('written.pupilsMayNot'));
  }
  const usual = (await writtenContext(deps, message))?.school;
  const { school, rest } = schoolSaid(said, schools, usual);
  const [first] = schools;
  if (school === undefined)
    return text(words.t('written.pupilsWhichSchool', { name: asText(first?.name ?? '') }));
  if ((await readersIn(deps, message.conversation, school)) !== 'mayAll')
    return text(words.t('written.inOwnChat'));
  const judged = wholeSchools(deps.municipality, person, 'judgeCases');
  return await list(deps, school, { said: rest, withReferences: judged.includes(school) });
}

async function list(
  deps: HandlerDeps,
  school: School,
  { said, withReferences }: { readonly said: string; readonly withReferences: boolean },
): Promise<Answer> {
  const words = wordsOfSchool(school);
  const day = dayAt(deps.clock.now(), school);
  const { routines } = asRead(deps, school);
  const { filter, unknown } = pupilFilters(said, {
    levels: levelsOf(routines, day, []),
    groups: (await mentorGroups(deps, school.id)).map(({ name }) => name),
    metrics: [...shareMetrics, ...countMetrics].map((metric) => ({
      metric,
      name: metricText(metric, words),
    })),
  });
  if (unknown.length > 0)
    return text(words.t('written.pupilsNotUnderstood', { words: words.list(unknown.map(asText)) }));
  const view = await readPupilList({ ...deps, routines }, school, day, filter);
  const { hasDialogs } = deps;
  const card = pupilListCard(view, words, { page: 0, withReferences, hasDialogs });
  return { kind: 'card', card, isPrivate: true };
}
