import type { Municipality, School } from './municipality.ts';

/** Something that is allowed but probably not meant. */
export interface ConfigWarning {
  readonly path: string;
  readonly reason: string;
  readonly remedy: string;
}

const NO_TENANT = '00000000-0000-0000-0000-000000000000';

/** What is valid in a municipality file and still looks wrong. */
export function configWarnings(municipality: Municipality): readonly ConfigWarning[] {
  const { tenants } = municipality.teams;
  return [
    ...(tenants.includes(NO_TENANT)
      ? [
          {
            path: 'teams.tenants',
            reason: 'is the example’s',
            remedy: 'Put in the id of your Microsoft 365 tenant',
          },
        ]
      : []),
    ...municipality.schools.flatMap((school, index) => schoolWarnings(school, `schools[${index}]`)),
  ];
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
