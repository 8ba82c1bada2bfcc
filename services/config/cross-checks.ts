import { calendarFaults } from './calendar-faults.ts';
import { type SettingFault, settingFault } from './config-faults.ts';
import { ehtFaults } from './eht-faults.ts';
import type { SchoolTimes } from './municipality.ts';
import type { SoundParts } from './sound-parts.ts';
import { sourceFaults } from './source-faults.ts';

/** What no single setting shows: what has to be unique, in order, or from one place alone. */
export function crossFaults(parts: SoundParts): readonly SettingFault[] {
  return [
    ...zoneFaults(parts),
    ...calendarFaults(parts),
    ...sourceFaults(parts),
    ...twice(
      parts.sources.map(({ id }) => id),
      'sources',
      'id',
    ),
    ...twice(
      parts.schools.map(({ id }) => id),
      'schools',
      'id',
    ),
    ...twice(
      parts.schools.map(({ organisation }) => organisation?.toLowerCase()),
      'schools',
      'organisation',
    ),
    ...channelFaults(parts),
    ...ehtFaults(parts),
    ...buildingFaults(parts),
    ...municipalTimeFaults(parts),
    ...parts.schools.flatMap(({ times }, index) => schoolTimeFaults(parts, times ?? {}, index)),
  ];
}

function zoneFaults({ timeZone }: SoundParts): readonly SettingFault[] {
  try {
    new Intl.DateTimeFormat('sv', { timeZone });
    return [];
  } catch {
    // Intl says nothing but that it does not know the zone.
    return [
      settingFault(['timeZone'], `There is no time zone "${timeZone}"`, 'Sweden is "Europe/Stockholm"'),
    ];
  }
}

function twice(values: readonly (string | undefined)[], list: string, key: string): readonly SettingFault[] {
  return values.flatMap((value, index) =>
    value !== undefined && values.indexOf(value) < index
      ? [settingFault([list, index, key], `"${value}" stands twice`)]
      : [],
  );
}

/** What EHT talks about is under stronger secrecy than what mentors and coordinators share, at any school. */
function channelFaults({ schools }: SoundParts): readonly SettingFault[] {
  const shared = new Set(
    schools.flatMap(({ channels }) => [
      channels?.coordinator,
      ...Object.values(channels?.mentorGroups ?? {}),
    ]),
  );
  return schools.flatMap(({ channels }, index) =>
    channels?.eht !== undefined && shared.has(channels.eht)
      ? [
          settingFault(
            ['schools', index, 'channels', 'eht'],
            'The EHT’s conversation is used for something else too',
            'Give EHT a conversation of its own',
          ),
        ]
      : [],
  );
}

/** A room is in one building. */
function buildingFaults({ schools }: SoundParts): readonly SettingFault[] {
  return schools.flatMap(({ buildings }, school) => {
    const taken = new Set<string>();
    return (buildings ?? []).flatMap(({ rooms }, building) =>
      rooms.flatMap((begins, room) => {
        const key = begins.toLowerCase();
        if (!taken.has(key)) {
          taken.add(key);
          return [];
        }
        const keys = ['schools', school, 'buildings', building, 'rooms', room];
        return [settingFault(keys, `Rooms that begin with "${begins}" stand in a building already`)];
      }),
    );
  });
}

type Times = { readonly [K in keyof SchoolTimes]?: string | undefined };

const DAY: readonly (keyof SchoolTimes)[] = ['roster', 'morning', 'refresh', 'makeUpUntil', 'dayClose'];

/** Reminders have an order of their own beside the readings. */
const MORE: readonly (readonly [keyof SchoolTimes, keyof SchoolTimes])[] = [
  ['morning', 'followUpDue'],
  ['followUpDue', 'escalate'],
  ['escalate', 'lastCheck'],
  ['lastCheck', 'dayClose'],
];

function municipalTimeFaults({ times }: SoundParts): readonly SettingFault[] {
  return disorder(times).map(([first, second]) =>
    settingFault(['times', second], `${times[second]} is not after ${first} (${times[first]})`),
  );
}

/** Of a school's day, only what its own times put out of order; the rest is told of the municipality's. */
function schoolTimeFaults({ times }: SoundParts, own: Times, school: number): readonly SettingFault[] {
  const given = Object.fromEntries(Object.entries(own).filter(([, time]) => time !== undefined));
  const day: Times = { ...times, ...given };
  return disorder(day)
    .filter(([first, second]) => own[first] !== undefined || own[second] !== undefined)
    .map(([first, second]) =>
      own[second] === undefined
        ? settingFault(
            ['schools', school, 'times', first],
            `${day[first]} is not before ${second} (${day[second]})`,
          )
        : settingFault(
            ['schools', school, 'times', second],
            `${day[second]} is not after ${first} (${day[first]})`,
          ),
    );
}

/** The pairs of which the second is not after the first. A time that is unknown is passed over. */
function disorder(times: Times): readonly (readonly [keyof SchoolTimes, keyof SchoolTimes])[] {
  const known = DAY.filter((name) => times[name] !== undefined);
  const pairs = known.slice(1).map((second, index) => [known[index] ?? second, second] as const);
  return [...pairs, ...MORE].filter(([first, second]) => {
    const [before, after] = [times[first], times[second]];
    return before !== undefined && after !== undefined && after <= before;
  });
}
