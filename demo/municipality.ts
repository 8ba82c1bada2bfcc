import { longRunAbsence, validShare } from './long-run-absence.ts';
import { familyNames, givenNames } from './names.ts';
import { chance, id, pick } from './random.ts';
import { type Staged, stagedPart } from './staged.ts';

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
  /** Share of the absence that is valid. */
  readonly validShare: number;
  /** Whether most of the absence is single lessons in another building than the one before. */
  readonly isLostOnTheWay: boolean;
  /** What is set for the pupil on the demo's opening day; undefined for most. */
  readonly staged: Staged | undefined;
}

export interface DemoTeacher {
  readonly id: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly email: string;
  readonly duty: DemoDuty;
}

/** As the student system has it. */
export type DemoDuty = 'Lärare' | 'Rektor' | 'Övrig pedagogisk personal' | 'Annan personal';

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
  /** Everybody on the staff. */
  readonly teachers: readonly DemoTeacher[];
  readonly principal: DemoTeacher;
  /** The pupil-health team, besides the coordinator and the principal. */
  readonly ehtMembers: readonly DemoTeacher[];
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

/**
 * The school that is shown has fewer pupils with much absence than the others, so that its EHT's list is as long as one meeting
 * takes; all five together have what the field has.
 */
const [SHOWN, CALM, OTHERS] = ['torpaskolan-norr', 2.8, 0.84] as const;
const GRADES = [7, 8, 9];
const SMALLEST_CLASS = 22;
const MENTORS_OF_A_CLASS = 2;

/** Makes up the municipality; the same seed gives the same one. */
export function makeUp(seed: number): DemoMunicipality {
  return { seed, schools: demoSchools.map((school) => makeSchool(seed, school)) };
}

interface SchoolClass {
  readonly grade: number;
  readonly name: string;
}

function makeSchool(seed: number, school: (typeof demoSchools)[number]): DemoSchool {
  const classes = GRADES.flatMap((grade) =>
    Array.from({ length: school.classes }, (_, index) => ({ grade, name: `${grade}${'ABCDE'[index]}` })),
  );
  const pupils = GRADES.flatMap((grade) =>
    makePupils(
      seed,
      school.id,
      classes.filter((one) => one.grade === grade),
    ),
  );
  const staffing = { seed, school: school.id, taken: new Set<string>() };
  const groups = classes.flatMap((one) => groupsOfClass(staffing, one, pupils));
  const principal = makeTeacher(staffing, 'principal', 'Rektor');
  const ehtMembers = [
    makeTeacher(staffing, 'counsellor', 'Annan personal'),
    makeTeacher(staffing, 'specialEducator', 'Övrig pedagogisk personal'),
  ];
  return {
    id: school.id,
    name: school.name,
    organisation: school.organisation,
    pupils,
    teachers: [...groups.flatMap((group) => group.mentors), principal, ...ehtMembers],
    principal,
    ehtMembers,
    groups: [...groups, ...GRADES.flatMap((grade) => languageGroups(seed, school.id, grade, pupils))],
  };
}

/** A class is one group for its mentors and one for its lessons. */
function groupsOfClass(
  staffing: Staffing,
  { grade, name }: SchoolClass,
  all: readonly DemoPupil[],
): readonly DemoGroup[] {
  const { seed, school } = staffing;
  const pupils = all.filter((pupil) => pupil.className === name);
  const mentors = Array.from({ length: MENTORS_OF_A_CLASS }, (_, number) =>
    makeTeacher(staffing, `${name}/${number}`),
  );
  return [
    { id: id(seed, school, name, 'mentor'), name, grade, kind: 'Mentor', pupils, mentors },
    { id: id(seed, school, name, 'class'), name, grade, kind: 'Klass', pupils, mentors: [] },
  ];
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

interface Staffing {
  readonly seed: number;
  readonly school: string;
  /** The school's addresses: one that two have is nobody's. */
  readonly taken: Set<string>;
}

function makeTeacher(staffing: Staffing, key: string, duty: DemoDuty = 'Lärare'): DemoTeacher {
  const { seed, school, taken } = staffing;
  for (let attempt = 0; ; attempt += 1) {
    const keys = [seed, school, key, ...(attempt === 0 ? [] : [attempt])] as const;
    const [givenName, familyName] = [
      pick(givenNames, ...keys, 'given'),
      pick(familyNames, ...keys, 'family'),
    ];
    const email = addressOf(givenName, familyName);
    if (taken.has(email)) continue;
    taken.add(email);
    return { id: id(seed, school, key, 'teacher'), givenName, familyName, email, duty };
  }
}

function addressOf(givenName: string, familyName: string): string {
  const address = `${givenName}.${familyName}`
    .normalize('NFD')
    .replaceAll(/[^\w.]/g, '')
    .toLowerCase();
  return `${address}@skola.example`;
}

function bendOf(school: string): number {
  return school === SHOWN ? CALM : OTHERS;
}

interface Seat extends SchoolClass {
  readonly number: number;
}

/** The pupils of a grade. They are dealt over the bands of absence, so that each school has its share of every band. */
function makePupils(seed: number, school: string, classes: readonly SchoolClass[]): readonly DemoPupil[] {
  const seats = classes.flatMap(({ grade, name }) => {
    const size = SMALLEST_CLASS + Math.floor(chance(seed, school, name, 'size') * 6);
    return Array.from({ length: size }, (_, number): Seat => ({ grade, name, number }));
  });
  const dealt = seats
    .map((seat) => ({ seat, card: chance(seed, school, seat.name, seat.number, 'absence') }))
    .sort((a, b) => a.card - b.card);
  const places = new Map(dealt.map(({ seat }, rank) => [seat, (rank + 0.5) / dealt.length]));
  return seats.map((seat) => makePupil(seed, school, seat, places.get(seat) ?? 0));
}

function makePupil(seed: number, school: string, { grade, name, number }: Seat, place: number): DemoPupil {
  const keys = [seed, school, name, number] as const;
  const staged = stagedPart(school, name, number);
  const absence =
    staged?.absence ?? longRunAbsence(grade, place ** bendOf(school), chance(...keys, 'within'));
  return {
    id: id(...keys, 'pupil'),
    givenName: pick(givenNames, ...keys, 'given'),
    familyName: pick(familyNames, ...keys, 'family'),
    grade,
    className: name,
    isProtected: staged?.isProtected ?? (staged === undefined && chance(...keys, 'protected') < 0.004),
    absence,
    validShare: validShare(absence, chance(...keys, 'valid')),
    // A class that something is staged for keeps its own course.
    isLostOnTheWay:
      staged === undefined && absence > 0.15 && absence < 0.3 && chance(...keys, 'lost on the way') < 0.25,
    staged,
  };
}
