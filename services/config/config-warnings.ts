import type { Temporal } from 'temporal-polyfill';
import { dayAt } from '../clock.ts';
import type { Municipality, School } from './municipality.ts';

/** Something that is allowed but probably not meant. */
export interface ConfigWarning {
  readonly path: string;
  readonly reason: string;
  readonly remedy: string;
}

const NO_TENANT = '00000000-0000-0000-0000-000000000000';

/** What is valid in a municipality file and still looks wrong at `now`. */
export function configWarnings(municipality: Municipality, now: Temporal.Instant): readonly ConfigWarning[] {
  return [
    ...tenantWarnings(municipality),
    ...calendarWarnings(municipality, now),
    ...sourceWarnings(municipality),
    ...municipality.schools.flatMap((school, index) => schoolWarnings(school, `schools[${index}]`)),
  ];
}

function tenantWarnings({ teams }: Municipality): readonly ConfigWarning[] {
  if (!teams.tenants.includes(NO_TENANT)) return [];
  const remedy = 'Put in the id of your Microsoft 365 tenant';
  return [{ path: 'teams.tenants', reason: 'is the example’s', remedy }];
}

/** The same terms hold for every school. */
function calendarWarnings(
  { schools, timeZone }: Municipality,
  now: Temporal.Instant,
): readonly ConfigWarning[] {
  const today = dayAt(now, { timeZone }).toString();
  const last = schools[0]?.calendar.terms.at(-1)?.to;
  if (last === undefined || today <= last) return [];
  const reason = `The school year ended ${last}: no day is a school day, and nothing is sent`;
  return [{ path: 'calendar', reason, remedy: 'Put in the next school year' }];
}

/** A municipality may begin with a source that gives less than a morning needs. */
function sourceWarnings({ sources }: Municipality): readonly ConfigWarning[] {
  const path = 'sources';
  const given = new Set(sources.flatMap(({ gives }) => gives));
  if (!given.has('lessons')) {
    const reason = 'No source gives "lessons", so there are no mornings and no cards';
    return [{ path, reason, remedy: 'Let one of them give "lessons" as well' }];
  }
  if (given.has('notices')) return [];
  const reason = 'No source gives "notices", so pupils whose absence is reported are shown as missing';
  return [{ path, reason, remedy: 'Let one of them give "notices" as well' }];
}

function schoolWarnings(school: School, path: string): readonly ConfigWarning[] {
  const { coordinator, mentorGroups } = school.channels;
  const warnings: ConfigWarning[] = [];
  if (coordinator === undefined) {
    const reason = `${school.name} has no coordinator’s channel, so nobody is asked when a morning is held`;
    warnings.push({
      path: `${path}.channels.coordinator`,
      reason,
      remedy: 'Add Sedd to the channel; it answers with the id',
    });
  }
  if (Object.keys(mentorGroups).length === 0) {
    const reason = `${school.name} has no mentor group’s channel, so no card is posted`;
    warnings.push({
      path: `${path}.channels.mentorGroups`,
      reason,
      remedy: 'Add Sedd to the channels; it answers with the ids',
    });
  }
  return warnings;
}
