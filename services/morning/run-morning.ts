import type { Temporal } from 'temporal-polyfill';
import type { School } from '../config/municipality.ts';
import { canAskCoordinator } from '../posts/coordinator-posts.ts';
import { type MorningDeps, type MorningOutcome, takeReading } from './take-reading.ts';

/**
 * A school's morning, and each reading after it: pull, store, classify, follow up, and bring the cards up to date. Where too
 * little is reported or far too many seem absent, the coordinator is asked: of the morning, which is held, and of a reading
 * after it, which leaves the cards as they are. Repeating it at any point changes nothing that was done. `day` is a school
 * day. Undefined where a later reading is there already.
 */
export async function runMorning(
  deps: MorningDeps,
  school: School,
  day: Temporal.PlainDate,
): Promise<MorningOutcome | undefined> {
  const outcome = await takeReading(deps, school, day, 'mayLetOut');
  if (outcome !== undefined && outcome.state !== 'readingHeld') await tellOutcome(deps, school, day, outcome);
  return outcome;
}

async function tellOutcome(
  { db, log }: MorningDeps,
  school: School,
  day: Temporal.PlainDate,
  { state, heldFor, followUps }: Exclude<MorningOutcome, { readonly state: 'readingHeld' }>,
): Promise<void> {
  const facts = { school: school.id, day: day.toString(), ...followUps };
  if (state === 'released') log.info(facts, 'The morning has run: its cards go out');
  else if (await canAskCoordinator(db, school.id))
    log.warn({ ...facts, heldFor }, 'The morning is held until the coordinator says so');
  else
    log.error(
      { ...facts, heldFor },
      'The morning is held and nobody can be asked: no coordinator’s channel can be posted to. It goes out by itself if the refresh finds enough reported; name a channel in the municipality file under schools[].channels.coordinator',
    );
}
