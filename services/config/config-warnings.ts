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

/** Channels may have been bound in Teams instead: that the database knows, and a status tells which are missing. */
function schoolWarnings(school: School, path: string): readonly ConfigWarning[] {
  const { coordinator, mentorGroups } = school.channels;
  const warnings: ConfigWarning[] = [];
  if (coordinator === undefined) {
    warnings.push({
      path: `${path}.channels.coordinator`,
      reason: `No coordinator’s channel of ${school.name} is named in the municipality file; fine if it was bound in Teams`,
      remedy: 'Write @Sedd koppla närvarokoordinator in the channel, or name it under channels.coordinator',
    });
  }
  if (Object.keys(mentorGroups).length === 0) {
    warnings.push({
      path: `${path}.channels.mentorGroups`,
      reason: `No mentor group’s channel of ${school.name} is named in the municipality file; fine if they were bound in Teams`,
      remedy: 'Write @Sedd koppla 8A in the channel of 8A, or name it under channels.mentorGroups',
    });
  }
  return warnings;
}
