import { Temporal } from 'temporal-polyfill';
import { type SettingFault, settingFault } from './config-faults.ts';
import { type EhtSettings, weekdays } from './eht-settings.ts';
import type { DayRange } from './municipality.ts';
import type { SoundParts } from './sound-parts.ts';

type Keys = SettingFault['keys'];
type Sound = SoundParts['schools'][number];

/** What is wrong between the settings of EHT's meetings, the calendar and the conversations. */
export function ehtFaults(parts: SoundParts): readonly SettingFault[] {
  return parts.schools.flatMap((school, index) => {
    const keys: Keys = ['schools', index, 'eht'];
    return school.eht === undefined
      ? []
      : [...meetingFaults(school.eht, parts, keys), ...exceptionFaults(school.eht, school, parts, keys)];
  });
}

function meetingFaults(eht: EhtSettings, { calendar }: SoundParts, keys: Keys): readonly SettingFault[] {
  const faults: SettingFault[] = [];
  const first = Temporal.PlainDate.from(eht.from);
  if (weekdays[first.dayOfWeek - 1] !== eht.weekday)
    faults.push(settingFault([...keys, 'from'], `${eht.from} is not a ${eht.weekday}`, FIRST));
  if (
    calendar.terms !== undefined &&
    !calendar.terms.some(({ from, to }) => from <= eht.from && eht.from <= to)
  )
    faults.push(settingFault([...keys, 'from'], `${eht.from} is in no term`, FIRST));
  if (endsNextDay(eht.time, eht.minutes))
    faults.push(settingFault([...keys, 'minutes'], `A meeting at ${eht.time} would end after midnight`));
  return faults;
}

const FIRST = 'Put in the day of the first meeting';

function exceptionFaults(
  eht: EhtSettings,
  school: Sound,
  { calendar }: SoundParts,
  keys: Keys,
): readonly SettingFault[] {
  const days = eht.exceptions.map(({ day }) => day);
  return eht.exceptions.flatMap(({ day, movedTo, cancelled }, index) => {
    const at = [...keys, 'exceptions', index];
    const faults: SettingFault[] = [];
    if (days.indexOf(day) < index) faults.push(settingFault([...at, 'day'], `"${day}" stands twice`));
    if (!isRegular(eht, day))
      faults.push(
        settingFault([...at, 'day'], `${day} is no day of a meeting`, 'Take it out, or put in the right day'),
      );
    if ((movedTo === undefined) === (cancelled === undefined))
      faults.push(settingFault(at, 'is either moved or cancelled', 'Say movedTo, or cancelled: true'));
    if (movedTo === undefined) return faults;
    const where = [...at, 'movedTo', 'day'];
    if (!isOpen(movedTo.day, school, calendar))
      faults.push(settingFault(where, `${movedTo.day} is no school day`));
    if (isTaken(eht, movedTo.day, index))
      faults.push(settingFault(where, `${movedTo.day} has a meeting already`));
    if (endsNextDay(movedTo.time ?? eht.time, eht.minutes))
      faults.push(settingFault([...at, 'movedTo', 'time'], 'The meeting would end after midnight'));
    return faults;
  });
}

function isRegular({ from, everyWeeks }: EhtSettings, day: string): boolean {
  const days = Temporal.PlainDate.from(from).until(day, { largestUnit: 'days' }).days;
  return days >= 0 && days % (7 * everyWeeks) === 0;
}

/** A day keeps its own meeting unless that is moved or cancelled itself. */
function isTaken(eht: EhtSettings, day: string, index: number): boolean {
  const isFreed = eht.exceptions.some((other) => other.day === day);
  const isOthers = eht.exceptions.some((other, place) => place < index && other.movedTo?.day === day);
  return isOthers || (isRegular(eht, day) && !isFreed);
}

function isOpen(iso: string, school: Sound, calendar: SoundParts['calendar']): boolean {
  const within = (ranges: readonly DayRange[] | undefined) =>
    ranges?.some(({ from, to }) => from <= iso && iso <= to) ?? false;
  // Without sound terms, nothing is known of any day.
  if (calendar.terms === undefined || within(school.open)) return true;
  const isWeekend = Temporal.PlainDate.from(iso).dayOfWeek > 5;
  return !isWeekend && within(calendar.terms) && !within(calendar.closed) && !within(school.closed);
}

function endsNextDay(time: string, minutes: number): boolean {
  const begins = Temporal.PlainTime.from(time);
  return begins.hour * 60 + begins.minute + minutes >= 24 * 60;
}
