import type { DayRange, MunicipalityFile, SchoolTimes } from './municipality.ts';

/** A fault between settings, at `keys` of the file. */
export interface CrossFault {
  readonly keys: readonly (string | number)[];
  readonly reason: string;
  readonly remedy: string | undefined;
}

/** What no single setting shows: what has to be unique, in order, or from one place alone. */
export function crossFaults(file: MunicipalityFile): readonly CrossFault[] {
  return [
    ...zoneFaults(file),
    ...calendarFaults(file),
    ...sourceFaults(file),
    ...schoolFaults(file),
    ...channelFaults(file),
    ...timeFaults(file.times, ['times']),
    ...file.schools.flatMap((school, index) =>
      school.times === undefined
        ? []
        : timeFaults({ ...file.times, ...withoutGaps(school.times) }, ['schools', index, 'times']),
    ),
  ];
}

function withoutGaps(times: NonNullable<MunicipalityFile['schools'][number]['times']>): Partial<SchoolTimes> {
  return Object.fromEntries(Object.entries(times).filter(([, value]) => value !== undefined));
}

function fault(keys: CrossFault['keys'], reason: string, remedy?: string): CrossFault {
  return { keys, reason, remedy };
}

function zoneFaults({ timeZone }: MunicipalityFile): readonly CrossFault[] {
  try {
    new Intl.DateTimeFormat('sv', { timeZone });
    return [];
  } catch {
    // Intl says nothing but that it does not know the zone.
    return [fault(['timeZone'], `There is no time zone "${timeZone}"`, 'Sweden is "Europe/Stockholm"')];
  }
}

function calendarFaults({ calendar, schools }: MunicipalityFile): readonly CrossFault[] {
  const [first, last] = calendar.schoolYear.split('/').map(Number);
  const year =
    first !== undefined && last === first + 1
      ? []
      : [fault(['calendar', 'schoolYear'], 'A school year is two years in a row, such as "2026/2027"')];
  const terms = calendar.terms.flatMap((term, index) => {
    const before = calendar.terms[index - 1];
    return before !== undefined && term.from <= before.to
      ? [fault(['calendar', 'terms', index, 'from'], 'The term begins before the one above it has ended')]
      : [];
  });
  const outside = calendar.terms.flatMap((term, index) =>
    term.from.startsWith(`${first}`) || term.from.startsWith(`${last}`)
      ? []
      : [
          fault(
            ['calendar', 'terms', index, 'from'],
            `The term is not within the school year ${calendar.schoolYear}`,
          ),
        ],
  );
  const schoolDays = schools.flatMap((school, index) => [
    ...rangeFaults(school.closed, ['schools', index, 'closed']),
    ...rangeFaults(school.open, ['schools', index, 'open']),
  ]);
  return [
    ...year,
    ...terms,
    ...outside,
    ...rangeFaults(calendar.terms, ['calendar', 'terms']),
    ...rangeFaults(calendar.closed, ['calendar', 'closed']),
    ...schoolDays,
  ];
}

function rangeFaults(ranges: readonly DayRange[], keys: CrossFault['keys']): readonly CrossFault[] {
  return ranges.flatMap(({ from, to }, index) =>
    to < from
      ? [
          fault(
            [...keys, index, 'to'],
            `${to} is before ${from}`,
            'Both days count; one day is from and to the same',
          ),
        ]
      : [],
  );
}

function sourceFaults({ sources }: MunicipalityFile): readonly CrossFault[] {
  const givers = new Map<string, string>();
  const twice = sources.flatMap(({ id, gives }, index) =>
    gives.flatMap((kind) => {
      const other = givers.get(kind);
      givers.set(kind, id);
      return other === undefined
        ? []
        : [
            fault(
              ['sources', index, 'gives'],
              `"${kind}" already comes from "${other}"`,
              'Each thing comes from one source',
            ),
          ];
    }),
  );
  const roster = givers.has('roster')
    ? []
    : [
        fault(
          ['sources'],
          'No source gives the roster',
          'Let one of them give "roster": pupils, groups and mentors',
        ),
      ];
  const open = sources.flatMap(({ url, tokenUrl }, index) => [
    ...insecure(url, ['sources', index, 'url']),
    ...(tokenUrl === undefined ? [] : insecure(tokenUrl, ['sources', index, 'tokenUrl'])),
  ]);
  return [...duplicates(sources, 'sources', 'id'), ...twice, ...roster, ...open];
}

function insecure(url: string, keys: CrossFault['keys']): readonly CrossFault[] {
  const { protocol, hostname } = new URL(url);
  const isLocal = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
  return protocol === 'https:' || isLocal
    ? []
    : [fault(keys, 'Pupils’ data may not travel unencrypted', 'Use https')];
}

function schoolFaults({ schools }: MunicipalityFile): readonly CrossFault[] {
  return [...duplicates(schools, 'schools', 'id'), ...duplicates(schools, 'schools', 'organisation')];
}

function duplicates<K extends string>(
  list: readonly Readonly<Record<K, string>>[],
  name: string,
  key: K,
): readonly CrossFault[] {
  const seen = new Set<string>();
  return list.flatMap((item, index) => {
    const isTwice = seen.has(item[key]);
    seen.add(item[key]);
    return isTwice ? [fault([name, index, key], `"${item[key]}" stands twice`)] : [];
  });
}

/** What EHT talks about is under stronger secrecy than what mentors and coordinators share. */
function channelFaults({ schools }: MunicipalityFile): readonly CrossFault[] {
  return schools.flatMap(({ channels }, index) => {
    const others = [channels.coordinator, ...Object.values(channels.mentorGroups)];
    return channels.eht !== undefined && others.includes(channels.eht)
      ? [
          fault(
            ['schools', index, 'channels', 'eht'],
            'The EHT’s conversation is used for something else too',
            'Give EHT a conversation of its own',
          ),
        ]
      : [];
  });
}

const ORDER: readonly (keyof SchoolTimes)[] = ['roster', 'morning', 'refresh', 'makeUpUntil', 'dayClose'];

function timeFaults(times: SchoolTimes, keys: CrossFault['keys']): readonly CrossFault[] {
  return ORDER.flatMap((name, index) => {
    const before = ORDER[index - 1];
    return before !== undefined && times[name] <= times[before]
      ? [fault([...keys, name], `${times[name]} is not after ${before} (${times[before]})`)]
      : [];
  });
}
