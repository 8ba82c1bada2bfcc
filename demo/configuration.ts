import { municipalityFrom } from '../services/config/load-municipality.ts';
import { type Municipality, municipalityFile, type SchoolRoles } from '../services/config/municipality.ts';
import { demoCalendar } from './calendar.ts';
import { demoSchools } from './municipality.ts';
import * as place from './places.ts';

/** The school whose channels the local Teams has. */
export const SHOWN_SCHOOL = 'torpaskolan-norr';

/** The demo's configuration: what a municipality file would say, with the addresses of this run. */
export function demoConfiguration(addresses: {
  readonly source: { readonly url: string; readonly tokenUrl: string };
  readonly serviceUrl: string;
  /** Who does what at the shown school, by e-mail address. */
  readonly roles?: Partial<SchoolRoles>;
  readonly language?: Municipality['language'];
}): Municipality {
  const { source, serviceUrl, roles = {}, language = 'sv' } = addresses;
  const file = municipalityFile.parse({
    municipality: 'Vänersborg (påhittad)',
    language,
    // The local Teams names itself by both.
    teams: { tenants: [place.TENANT], serviceUrl, serviceHosts: [`localhost:${new URL(serviceUrl).port}`] },
    calendar: {
      schoolYear: '2026/2027',
      terms: demoCalendar.terms,
      closed: demoCalendar.closed,
    },
    sources: [
      {
        id: 'elevsystem',
        kind: 'ss12000',
        url: source.url,
        tokenUrl: source.tokenUrl,
        gives: ['roster', 'lessons', 'notices'],
      },
    ],
    // The local Teams has room for one school: in the others nobody could be asked or told.
    schools: demoSchools
      .filter(({ id }) => id === SHOWN_SCHOOL)
      .map(({ id, name, organisation }) => ({
        id,
        name,
        organisation,
        channels: shownChannels(),
        roles,
        buildings: [
          { name: 'A-huset', rooms: ['A'] },
          { name: 'B-huset', rooms: ['B'] },
          { name: 'Idrottshallen', rooms: ['Idrottshallen'] },
        ],
        eht: {
          weekday: 'tuesday',
          time: '13:00',
          minutes: 60,
          everyWeeks: 1,
          from: '2026-08-25',
          listAt: '14:00',
        },
      })),
  });
  return municipalityFrom(file);
}

/** Of the schools of whatever has some, the shown one. */
export function shownSchool<S extends { readonly id: string }>({
  schools,
}: {
  readonly schools: readonly S[];
}): S {
  const school = schools.find(({ id }) => id === SHOWN_SCHOOL);
  if (school === undefined) throw new Error('The demo has lost its school');
  return school;
}

function shownChannels() {
  return {
    coordinator: place.COORDINATOR_CHANNEL,
    eht: place.EHT_CHAT,
    mentorGroups: { '8A': place.MENTOR_CHANNEL, '8B': place.MENTOR_CHANNEL, '8C': place.MENTOR_CHANNEL },
  };
}
