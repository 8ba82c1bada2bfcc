import type { Temporal } from 'temporal-polyfill';
import type { School } from '../../services/config/municipality.ts';
import type { Doer } from '../../services/follow-up/change-follow-up.ts';
import { wallClock } from '../../services/follow-up/due-times.ts';
import { isQuietAt } from '../../services/follow-up/quiet-hours.ts';
import { countToRemind, remindAll } from '../../services/follow-up/remind-all.ts';
import { type HandlerDeps, wordsOfSchool } from './handler-deps.ts';

/**
 * Reminds everybody who answers for an open follow-up of the day, and says how many; while nobody at the school is to be
 * written to, it sends nothing, and says how many it would be and when.
 */
export async function remindNow(
  deps: HandlerDeps,
  school: School,
  day: Temporal.PlainDate,
  doer: Doer,
): Promise<string> {
  const words = wordsOfSchool(school);
  if (!isQuietAt(school, deps.clock.now()))
    return words.t('digest.reminded', { count: await remindAll(deps, school, day, doer) });
  const count = await countToRemind(deps, school, day, doer);
  if (count === 0) return words.t('digest.reminded', { count });
  const at = (time: string) => words.time(wallClock(school, day, time));
  const { quietBefore, quietAfter } = school.ladder;
  return words.t('digest.remindQuiet', { count, from: at(quietBefore), to: at(quietAfter) });
}
