import { familyNames, givenNames } from './names.ts';
import { chance, id, pick } from './random.ts';

/** A pupil who does not exist. */
export interface DemoPupil {
  readonly id: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly grade: number;
  readonly className: string;
  readonly isProtected: boolean;
  /** Long-run share of the minutes that the pupil is absent. */
  readonly absence: number;
  /** Share of the absence that is reported or valid. */
  readonly validShare: number;
}

export interface DemoTeacher {
  readonly id: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly email: string;
}

export interface DemoGroup {
  readonly id: string;
  readonly name: string;
  readonly grade: number;
  readonly kind: 'Mentor' | 'Klass' | 'Undervisning';
  readonly pupils: readonly DemoPupil[];
  readonly mentors: readonly DemoTeacher[];
}

export interface DemoSchool {
  readonly id: string;
  readonly name: string;
  readonly organisation: string;
  readonly pupils: readonly DemoPupil[];
  readonly teachers: readonly DemoTeacher[];
  readonly groups: readonly DemoGroup[];
}

export interface DemoMunicipality {
  readonly seed: number;
  readonly schools: readonly DemoSchool[];
}

/** The five schools, with the number of classes in each grade. Ids do not depend on the seed: a configuration names them. */
export const demoSchools = [
  { id: 'dalboskolan', name: 'Dalboskolan', classes: 3 },
  { id: 'silvertarnan', name: 'Silvertärnan', classes: 4 },
  { id: 'torpaskolan-norr', name: 'Torpaskolan Norr', classes: 3 },
  { id: 'torpaskolan-soder', name: 'Torpaskolan Söder', classes: 4 },
  { id: 'vanerparkens-skola', name: 'Vänerparkens skola', classes: 4 },
].map((school) => ({ ...school, organisation: id('organisation', school.id) }));

const GRADES = [7, 8, 9];
/** Share of pupils in each band of long-run absence, before the tilt towards the higher grades. */
const BANDS: readonly { readonly share: number; readonly from: number; readonly to: number }[] = [
  { share: 0.38, from: 0, to: 0.05 },
  { share: 0.27, from: 0.05, to: 0.1 },
  { share: 0.14, from: 0.1, to: 0.15 },
  { share: 0.08, from: 0.15, to: 0.2 },
  { share: 0.07, from: 0.2, to: 0.3 },
  { share: 0.04, from: 0.3, to: 0.5 },
  { share: 0.02, from: 0.5, to: 0.9 },
];
const TILT: Readonly<Record<number, number>> = { 7: -0.025, 8: 0, 9: 0.025 };
/** The class whose protected pupil is always there to be left out. */
const SHOWN = { school: 'torpaskolan-norr', className: '8B' };

/** Makes up the municipality; the same seed gives the same one. */
export function makeUp(seed: number): DemoMunicipality {
  return { seed, schools: demoSchools.map((school) => makeSchool(seed, school)) };
}

function makeSchool(seed: number, school: (typeof demoSchools)[number]): DemoSchool {
  const classes = GRADES.flatMap((grade) =>
    Array.from({ length: school.classes }, (_, index) => ({ grade, name: `${grade}${'ABCDE'[index]}` })),
  );
  const teachers = classes.flatMap(({ name }) =>
    [0, 1].map((number) => makeTeacher(seed, school.id, `${name}/${number}`)),
  );
  const groups = classes.flatMap(({ grade, name }, index) => {
    const size = 22 + Math.floor(chance(seed, school.id, name, 'size') * 6);
    const pupils = Array.from({ length: size }, (_, number) =>
      makePupil(seed, school.id, { grade, name }, number),
    );
    const own = { grade, name, pupils, mentors: teachers.slice(index * 2, index * 2 + 2) };
    return [
      { ...own, id: id(seed, school.id, name, 'mentor'), kind: 'Mentor' as const },
      { ...own, id: id(seed, school.id, name, 'class'), kind: 'Klass' as const, mentors: [] },
    ];
  });
  const pupils = groups.filter(({ kind }) => kind === 'Klass').flatMap((group) => group.pupils);
  return {
    id: school.id,
    name: school.name,
    organisation: school.organisation,
    pupils,
    teachers,
    groups: [...groups, ...GRADES.flatMap((grade) => languageGroups(seed, school.id, grade, pupils))],
  };
}

/** Modern languages are taught across the classes of a grade. */
function languageGroups(
  seed: number,
  school: string,
  grade: number,
  pupils: readonly DemoPupil[],
): readonly DemoGroup[] {
  const languages = ['Spanska', 'Tyska', 'Franska'];
  return languages.map((language) => ({
    id: id(seed, school, grade, language),
    name: `${language} åk ${grade}`,
    grade,
    kind: 'Undervisning',
    pupils: pupils.filter(
      (pupil) => pupil.grade === grade && pick(languages, seed, pupil.id, 'language') === language,
    ),
    mentors: [],
  }));
}

function makeTeacher(seed: number, school: string, key: string): DemoTeacher {
  const givenName = pick(givenNames, seed, school, key, 'given');
  const familyName = pick(familyNames, seed, school, key, 'family');
  const address = `${givenName}.${familyName}`
    .normalize('NFD')
    .replaceAll(/[^\w.]/g, '')
    .toLowerCase();
  return { id: id(seed, school, key, 'teacher'), givenName, familyName, email: `${address}@skola.example` };
}

function makePupil(
  seed: number,
  school: string,
  { grade, name }: { readonly grade: number; readonly name: string },
  number: number,
): DemoPupil {
  const keys = [seed, school, name, number] as const;
  const isShown = school === SHOWN.school && name === SHOWN.className && number === 7;
  const absence = isShown
    ? 0.6
    : longRunAbsence(chance(...keys, 'absence') - (TILT[grade] ?? 0), chance(...keys, 'within'));
  return {
    id: id(...keys, 'pupil'),
    givenName: pick(givenNames, ...keys, 'given'),
    familyName: pick(familyNames, ...keys, 'family'),
    grade,
    className: name,
    isProtected: isShown || chance(...keys, 'protected') < 0.004,
    absence,
    validShare: absence < 0.2 ? 0.75 + 0.05 * chance(...keys, 'valid') : 0.5 + 0.1 * chance(...keys, 'valid'),
  };
}

/** `place` is where the pupil stands among all, from the most present (1) to the least (0). */
function longRunAbsence(place: number, within: number): number {
  let left = 1 - Math.min(Math.max(place, 0), 0.9999);
  for (const { share, from, to } of BANDS) {
    if (left <= share) return from + (to - from) * within;
    left -= share;
  }
  return 0.6;
}
