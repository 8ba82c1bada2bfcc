import { COORDINATOR_CHANNEL, channelId, guid } from '../../../support/small-school.ts';
import { emailOf } from '../../../support/small-staff.ts';

const principals = [emailOf('Rita Rektor')];

/** As in the municipality file: Karin, and the one channel of coordinators, are Norr's alone; Rita is the principal of both. */
export const twoSchools = [
  {
    id: 'norr',
    name: 'Norrskolan',
    organisation: guid(9, 1),
    roles: { attendanceCoordinators: [emailOf('Karin Koord')], principals },
    channels: { coordinator: COORDINATOR_CHANNEL, mentorGroups: { '7A': channelId(0) } },
  },
  { id: 'soder', name: 'Söderskolan', organisation: guid(9, 2), roles: { principals } },
];
