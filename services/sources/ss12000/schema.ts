import { z } from 'zod';

/**
 * The fields of SS 12000:2020 that Sedd uses, and no others: what is not named here is never kept, a comment and a reason for
 * absence least of all. Values of enumerations are plain text, since suppliers add their own. Lists whose parts can be wrong
 * one by one are `unknown` here and read part by part.
 */
const id = z.guid().transform((text) => text.toLowerCase());
const reference = z.object({ id });
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}/)
  .transform((text) => text.slice(0, 10));
/** A database knows no year 0, and no school day was before this. */
const instant = z.iso.datetime({ offset: true, local: true }).refine((text) => text >= '1900');
const MINUTES_OF_A_DAY = 24 * 60;
const minutes = (most: number) =>
  z
    .number()
    .max(most)
    .transform((value) => Math.max(0, Math.round(value)));
const lessonMinutes = minutes(MINUTES_OF_A_DAY);
const sumOfMinutes = minutes(366 * MINUTES_OF_A_DAY);
const list = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);
const parts = list(z.unknown());
const optionalDay = day.nullish().transform((value) => value ?? undefined);

/** Control characters and halves of characters are refused by the database, all of the import with them. */
const text = z.string().transform((value) =>
  value
    .replaceAll(/[\p{Cc}\p{Cs}]/gu, '')
    .trim()
    .slice(0, 200)
    .replace(/\p{Cs}$/u, ''),
);

export const organisation = z.object({ id, parentOrganisation: reference.nullish() });

export const person = z.object({
  id,
  givenName: text.nullish(),
  familyName: text.nullish(),
  eduPersonPrincipalNames: list(text).catch([]),
  emails: list(z.object({ value: text.nullish(), type: z.string().nullish() })).catch([]),
  enrolments: list(
    z.object({
      enroledAt: reference,
      schoolYear: z.number().int().min(0).max(20).nullish().catch(undefined),
      startDate: optionalDay,
      endDate: optionalDay,
      cancelled: z.boolean().nullish(),
    }),
  ),
});

export const group = z.object({
  id,
  displayName: text,
  groupType: z.string().nullish(),
  organisation: reference,
  startDate: optionalDay,
  endDate: optionalDay,
  groupMemberships: parts,
});

export const groupMembership = z.object({ person: reference, startDate: optionalDay, endDate: optionalDay });

export const duty = z.object({
  id,
  person: reference.nullish(),
  startDate: optionalDay,
  endDate: optionalDay,
  assignmentRole: parts,
});

export const assignmentRole = z.object({
  group: reference,
  assignmentRoleType: z.string(),
  startDate: optionalDay,
  endDate: optionalDay,
});

const activity = z.object({
  id,
  displayName: text,
  activityType: z.string().nullish(),
  groups: list(reference),
});

export const calendarEvent = z.object({
  id,
  startTime: instant,
  endTime: instant,
  cancelled: z.boolean().nullish(),
  teachingLengthStudent: lessonMinutes.nullish(),
  studentExceptions: parts,
  rooms: list(reference).catch([]),
  _embedded: z.object({ activity, attendance: parts }),
});

export const room = z.object({ id, displayName: text });

export const studentException = z.object({
  student: reference,
  participates: z.boolean(),
  teachingLength: lessonMinutes.nullish(),
});

export const attendance = z.object({
  student: reference,
  isReported: z.boolean(),
  /** Not required any more from 2.1 on. */
  attendanceMinutes: lessonMinutes.nullish(),
  validAbsenceMinutes: lessonMinutes.nullish(),
  invalidAbsenceMinutes: lessonMinutes.nullish(),
  otherAttendanceMinutes: lessonMinutes.nullish(),
});

export const absence = z.object({
  id,
  startTime: instant,
  endTime: instant,
  type: z.string(),
  student: reference,
  registeredBy: reference.nullish().catch(undefined),
});

/** What a page of removals holds. The standard itself misspells some of the names; only those that are used are read. */
export const deletedEntities = z.object({ persons: list(id), groups: list(id) });

export const aggregatedAttendance = z.object({
  student: reference,
  attendanceSum: sumOfMinutes.nullish(),
  validAbsenceSum: sumOfMinutes.nullish(),
  invalidAbsenceSum: sumOfMinutes.nullish(),
  otherAttendanceSum: sumOfMinutes.nullish(),
  reportedSum: sumOfMinutes.nullish(),
  offeredSum: sumOfMinutes.nullish(),
  _embedded: z
    .object({ activity: z.object({ activityType: z.string().nullish() }).nullish() })
    .nullish()
    .catch(undefined),
});

export type PersonRecord = z.infer<typeof person>;
export type GroupRecord = z.infer<typeof group>;
export type DutyRecord = z.infer<typeof duty>;
export type CalendarEventRecord = z.infer<typeof calendarEvent>;
export type AttendanceRecord = z.infer<typeof attendance>;
export type AbsenceRecord = z.infer<typeof absence>;
export type AggregatedRecord = z.infer<typeof aggregatedAttendance>;
