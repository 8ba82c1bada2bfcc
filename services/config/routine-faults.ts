import { type SettingFault, settingFault } from './config-faults.ts';
import { countMetrics, shareMetrics } from './routine.ts';

type Raw = Readonly<Record<string, unknown>>;
type Keys = SettingFault['keys'];

/**
 * What no single setting of a routine file shows. Reads whatever is there, so that a fault in one setting does not hide what
 * is wrong between the others.
 */
export function routineFaults(file: unknown): readonly SettingFault[] {
  const routines = listIn(file, 'routines');
  return [
    ...twice(routines.map(textIn('validFrom')), (index) => ['routines', index, 'validFrom']),
    ...routines.flatMap((one, index) => levelFaults(one, ['routines', index])),
    ...routines.flatMap((one, index) => ehtFaults(one, ['routines', index])),
  ];
}

/** What EHT ticks and decides is kept under its keys, and a point is for levels that there are. */
function ehtFaults(routine: unknown, at: Keys): readonly SettingFault[] {
  const { eht } = objectOf(routine);
  const levels = listIn(routine, 'levels').map(textIn('key'));
  const points = listIn(eht, 'checklist');
  const place = (list: string) => (index: number) => [...at, 'eht', list, index, 'key'];
  return [
    ...twice(points.map(textIn('key')), place('checklist')),
    ...twice(listIn(eht, 'decisions').map(textIn('key')), place('decisions')),
    ...points.flatMap((point, index) =>
      listIn(point, 'levels').flatMap((level, nth) =>
        levels.includes(String(level))
          ? []
          : [settingFault([...at, 'eht', 'checklist', index, 'levels', nth], `There is no level "${level}"`)],
      ),
    ),
  ];
}

function levelFaults(routine: unknown, at: Keys): readonly SettingFault[] {
  const levels = listIn(routine, 'levels');
  const steps = levels.flatMap((level, place) =>
    listIn(level, 'steps').map((step, index) => ({
      key: textIn('key')(step),
      at: [...at, 'levels', place, 'steps', index, 'key'],
    })),
  );
  return [
    ...twice(levels.map(textIn('key')), (index) => [...at, 'levels', index, 'key']),
    ...twice(
      steps.map(({ key }) => key),
      (index) => steps[index]?.at ?? at,
    ),
    ...levels.flatMap((level, place) =>
      listIn(level, 'when').flatMap((rule, index) =>
        ruleFaults(rule, [...at, 'levels', place, 'when', index]),
      ),
    ),
  ];
}

function ruleFaults(rule: unknown, at: Keys): readonly SettingFault[] {
  const { metric, window, over, leastDays, leastLessons } = objectOf(rule);
  const isShare = (shareMetrics as readonly unknown[]).includes(metric);
  const isCount = (countMetrics as readonly unknown[]).includes(metric);
  const faults: SettingFault[] = [];
  if (isShare && typeof over === 'number' && over >= 1) {
    const remedy = 'It is a share below 1: 0.2 is 20 %';
    faults.push(settingFault([...at, 'over'], 'Nobody can be absent for more than everything', remedy));
  }
  if (isCount && typeof over === 'number' && !Number.isInteger(over))
    faults.push(settingFault([...at, 'over'], `must be a whole number: ${String(metric)} is counted`));
  if (metric === 'consecutiveDays' && window !== undefined)
    faults.push(settingFault([...at, 'window'], 'Days in a row have no window', 'Take it out'));
  if ((isShare || isCount) && metric !== 'consecutiveDays' && window === undefined)
    faults.push(settingFault([...at, 'window'], 'is missing', 'Say over which days, such as fourWeeks'));
  if (isCount && leastDays !== undefined)
    faults.push(settingFault([...at, 'leastDays'], 'is only for shares of absence', 'Take it out'));
  if ((isShare || isCount) && metric !== 'oneSubject' && leastLessons !== undefined)
    faults.push(settingFault([...at, 'leastLessons'], 'is only for oneSubject', 'Take it out'));
  return faults;
}

function twice(
  values: readonly (string | undefined)[],
  at: (index: number) => Keys,
): readonly SettingFault[] {
  return values.flatMap((value, index) =>
    value !== undefined && values.indexOf(value) < index
      ? [settingFault(at(index), `"${value}" stands twice`)]
      : [],
  );
}

function textIn(key: string): (value: unknown) => string | undefined {
  return (value) => {
    const text = objectOf(value)[key];
    return typeof text === 'string' ? text : undefined;
  };
}

function listIn(value: unknown, key: string): readonly unknown[] {
  const list = objectOf(value)[key];
  return Array.isArray(list) ? list : [];
}

function objectOf(value: unknown): Raw {
  return typeof value === 'object' && value !== null ? (value as Raw) : {};
}
