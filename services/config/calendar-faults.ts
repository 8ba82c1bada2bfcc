import { type SettingFault, settingFault } from './config-faults.ts';
import type { DayRange } from './municipality.ts';
import type { SoundParts } from './sound-parts.ts';

/** What is wrong between the days of the calendar, and those of each school. */
export function calendarFaults({ calendar, schools }: SoundParts): readonly SettingFault[] {
  const lists: readonly (readonly [SettingFault['keys'], readonly DayRange[] | undefined])[] = [
    [['calendar', 'terms'], calendar.terms],
    [['calendar', 'closed'], calendar.closed],
    ...schools.flatMap(
      ({ closed, open }, index) =>
        [
          [['schools', index, 'closed'], closed],
          [['schools', index, 'open'], open],
        ] as const,
    ),
  ];
  const year = yearOf(calendar.schoolYear);
  return [
    ...yearFaults(calendar.schoolYear, year),
    ...termFaults(calendar.terms ?? []),
    ...lists.flatMap(([keys, ranges]) =>
      (ranges ?? []).flatMap((range, index) => rangeFaults(range, [...keys, index], year)),
    ),
  ];
}

interface SchoolYear {
  readonly name: string;
  readonly first: string;
  readonly last: string;
}

/** From July to July, which no school year reaches beyond. */
function yearOf(name: string | undefined): SchoolYear | undefined {
  const [first, last] = (name ?? '').split('/').map(Number);
  if (name === undefined || first === undefined || last !== first + 1) return undefined;
  return { name, first: `${first}-07-01`, last: `${last}-07-31` };
}

function yearFaults(name: string | undefined, year: SchoolYear | undefined): readonly SettingFault[] {
  if (name === undefined || year !== undefined) return [];
  return [settingFault(['calendar', 'schoolYear'], 'must be two years in a row, such as 2026/2027')];
}

function termFaults(terms: readonly DayRange[]): readonly SettingFault[] {
  return terms.flatMap((term, index) => {
    const before = terms[index - 1];
    const isEarly = before !== undefined && term.from <= before.to;
    return isEarly
      ? [
          settingFault(
            ['calendar', 'terms', index, 'from'],
            'The term begins before the one above it has ended',
          ),
        ]
      : [];
  });
}

function rangeFaults(
  { from, to }: DayRange,
  keys: SettingFault['keys'],
  year: SchoolYear | undefined,
): readonly SettingFault[] {
  if (to < from) {
    const remedy = 'Both days count; one day is from and to the same';
    return [settingFault([...keys, 'to'], `${to} is before ${from}`, remedy)];
  }
  if (year === undefined) return [];
  return [
    ...(from < year.first
      ? [settingFault([...keys, 'from'], `${from} is before the school year ${year.name}`)]
      : []),
    ...(to > year.last ? [settingFault([...keys, 'to'], `${to} is after the school year ${year.name}`)] : []),
  ];
}
