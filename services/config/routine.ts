import { z } from 'zod';

export const windowNames = ['today', 'fourWeeks', 'month', 'term', 'schoolYear'] as const;

/** Over which days absence is summed; each ends with the day that is asked about. */
export type WindowName = (typeof windowNames)[number];

/** What can be measured of a pupil's absence: shares of the offered minutes, and counts. */
export const shareMetrics = ['totalAbsence', 'invalidAbsence', 'oneSubject'] as const;
export const countMetrics = ['consecutiveDays', 'occasions', 'invalidLessons'] as const;

export const stepRoles = [
  'mentor',
  'contactPerson',
  'attendanceCoordinator',
  'mobileSchoolTeam',
  'principal',
  'ehtMember',
] as const;

export const legalWeights = ['investigationOpened', 'reportedToOrganiser', 'homeMunicipalityTold'] as const;

export const stepKinds = ['guardianLetter', 'contactPerson', 'ehtMeeting'] as const;

const key = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]{0,39}$/, 'is not a key: letters a-z and digits, a small letter first');
const isoDay = z.iso.date('is not a date such as 2026-08-18');

const rule = z.strictObject({
  metric: z
    .enum([...shareMetrics, ...countMetrics])
    .describe(
      'totalAbsence, invalidAbsence: share of the offered minutes; oneSubject: total absence in the worst subject; consecutiveDays: school days in a row with absence in every reported lesson; occasions: spells of days on which a whole lesson was missed; invalidLessons: whole lessons missed without a valid reason.',
    ),
  window: z
    .enum(windowNames)
    .optional()
    .describe(
      'today, fourWeeks (28 days), month (from the first), term (to date) or schoolYear (to date); consecutiveDays has none.',
    ),
  over: z.number().min(0).max(2_000).describe('Strictly more than this: a share (0.2 is 20 %) or a count.'),
  leastDays: z
    .number()
    .int()
    .min(1)
    .max(60)
    .optional()
    .describe('A share says nothing before the window has so many school days: 5, or 1 for today.'),
  leastLessons: z
    .number()
    .int()
    .min(1)
    .max(60)
    .optional()
    .describe('oneSubject: subjects with fewer lessons in the window are passed over (4).'),
});

const nameEn = z
  .string()
  .min(1)
  .max(80)
  .optional()
  .describe('The same in English, for schools whose cards are in English.');

const step = z.strictObject({
  key: key.describe('Never changed once in use: what was done is kept under it.'),
  name: z.string().min(1).max(80).describe('What is to be done, as people read it.'),
  nameEn,
  role: z.enum(stepRoles).describe('Who is asked to do it.'),
  dueInSchoolDays: z
    .number()
    .int()
    .min(0)
    .max(100)
    .describe('School days from the acceptance; 0 is the same day.'),
  followUpInDays: z
    .number()
    .int()
    .min(1)
    .max(365)
    .optional()
    .describe('Days from done to a follow-up of it.'),
  kind: z
    .enum(stepKinds)
    .optional()
    .describe(
      'guardianLetter: chosen, approved, sent on; contactPerson: done when the pupil has been given one; ehtMeeting: done when EHT has taken the pupil up.',
    ),
  legalWeight: z
    .enum(legalWeights)
    .optional()
    .describe(
      'Marked and dated: an investigation opened, reported to the school organiser, home municipality told.',
    ),
});

const level = z.strictObject({
  key: key.describe('Never changed once in use: cases are kept under it.'),
  name: z.string().min(1).max(80),
  nameEn,
  when: z.array(rule).min(1).max(10).describe('Any one of these is enough.'),
  steps: z.array(step).min(1).max(20),
  eht: z
    .boolean()
    .optional()
    .describe(
      'Whether pupils at this level stand on EHT’s list; left out: where it has a step of EHT’s, or one that EHT takes the pupil up.',
    ),
});

const point = z.strictObject({
  key: key.describe('Never changed once in use: what was ticked is kept under it.'),
  name: z.string().min(1).max(80).describe('What has been seen to, as people read it.'),
  nameEn,
  levels: z.array(key).min(1).max(12).optional().describe('Only for pupils at one of these levels.'),
});

const decision = z.strictObject({
  key: key.describe('Never changed once in use: what was decided is kept under it.'),
  name: z.string().min(1).max(80).describe('What has been decided, as people read it.'),
  nameEn,
  dueInSchoolDays: z.number().int().min(0).max(100).describe('School days from the decision.'),
});

const ehtOfRoutine = z.strictObject({
  checklist: z.array(point).max(12).default([]).describe('What EHT sees to for each pupil.'),
  decisions: z
    .array(decision)
    .max(20)
    .default([])
    .describe('What EHT can decide. Notes belong in the pupil-health record: there is no free text.'),
});

export const routine = z.strictObject({
  validFrom: isoDay.describe('In force from this day until the next routine’s.'),
  name: z.string().min(1).max(80),
  ceasedAfterSchoolDays: z
    .number()
    .int()
    .min(1)
    .max(60)
    .default(10)
    .describe('A case asks to be closed after so many school days below every limit of its level.'),
  levels: z.array(level).min(1).max(12).describe('From the mildest to the gravest.'),
  eht: ehtOfRoutine.optional().describe('The checklist and the decisions of EHT’s meetings.'),
});

/** The routine file, as it is written. */
export const routineFile = z.strictObject({
  routines: z
    .array(routine)
    .min(1)
    .max(50)
    .describe('Add one where the routine changes, and leave the earlier ones: steps are judged by theirs.'),
});

export type RoutineFile = z.infer<typeof routineFile>;
export type Routine = RoutineFile['routines'][number];
export type RoutineLevel = Routine['levels'][number];
export type RoutineRule = RoutineLevel['when'][number];
export type RoutineStep = RoutineLevel['steps'][number];
export type ChecklistPoint = NonNullable<Routine['eht']>['checklist'][number];
export type EhtDecision = NonNullable<Routine['eht']>['decisions'][number];
export type StepRole = RoutineStep['role'];
export type Metric = RoutineRule['metric'];

export function isShareMetric(metric: Metric): metric is (typeof shareMetrics)[number] {
  return (shareMetrics as readonly Metric[]).includes(metric);
}
