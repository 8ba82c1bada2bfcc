import { z } from 'zod';

/**
 * The fields of SS 12000:2020 that Sedd uses, and no others: what is not named here is never kept, a comment and a reason for
 * absence least of all. Values of enumerations are plain text, since suppliers add their own.
 */
const id = z.guid();
const reference = z.object({ id });
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}/)
  .transform((text) => text.slice(0, 10));
const instant = z.iso.datetime({ offset: true, local: true });
const minutes = z.number().transform((value) => Math.max(0, Math.round(value)));
const list = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);
const optionalDay = day.nullish().transform((value) => value ?? undefined);

export const organisation = z.object({ id, parentOrganisation: reference.nullish() });

export const person = z.object({
  id,
  givenName: z.string().max(200).nullish(),
  familyName: z.string().max(200).nullish(),
  eduPersonPrincipalNames: list(z.string().max(300)),
  securityMarking: z.string().nullish(),
  emails: list(z.object({ value: z.string().max(300), type: z.string().nullish() })),
  enrolments: list(
    z.object({
      enroledAt: reference,
      schoolYear: z.number().nullish(),
      startDate: optionalDay,
      endDate: optionalDay,
      cancelled: z.boolean().nullish(),
    }),
  ),
});

export const group = z.object({
  id,
  displayName: z.string().max(200),
  groupType: z.string().nullish(),
  organisation: reference,
  startDate: optionalDay,
  endDate: optionalDay,
  groupMemberships: list(z.object({ person: reference, startDate: optionalDay, endDate: optionalDay })),
});

export const duty = z.object({
  id,
  person: reference.nullish(),
  startDate: optionalDay,
  endDate: optionalDay,
  assignmentRole: list(
    z.object({
      group: reference,
      assignmentRoleType: z.string(),
      startDate: optionalDay,
      endDate: optionalDay,
    }),
  ),
});

const attendance = z.object({
  student: reference,
  isReported: z.boolean(),
  /** Not required any more from 2.1 on. */
  attendanceMinutes: minutes.nullish(),
  validAbsenceMinutes: minutes.nullish(),
  invalidAbsenceMinutes: minutes.nullish(),
  otherAttendanceMinutes: minutes.nullish(),
});

const activity = z.object({
  id,
  displayName: z.string().max(200),
  activityType: z.string().nullish(),
  groups: list(reference),
});

export const calendarEvent = z.object({
  id,
  startTime: instant,
  endTime: instant,
  cancelled: z.boolean().nullish(),
  teachingLengthStudent: minutes.nullish(),
  studentExceptions: list(
    z.object({ student: reference, participates: z.boolean(), teachingLength: minutes.nullish() }),
  ),
  activity: reference,
  _embedded: z
    .object({ activity: activity.nullish(), attendance: list(z.unknown()) })
    .nullish()
    .transform((embedded) => embedded ?? { activity: undefined, attendance: [] }),
});

export const attendanceRecord = attendance;

export const absence = z.object({
  id,
  startTime: instant,
  endTime: instant,
  type: z.string(),
  student: reference,
});

/** The standard itself misspells some of the names; only those that are used are read. */
export const deletedEntities = z.object({
  data: z.object({ persons: list(id), groups: list(id) }),
});

export const aggregatedAttendance = z.object({
  student: reference,
  attendanceSum: minutes.nullish(),
  validAbsenceSum: minutes.nullish(),
  invalidAbsenceSum: minutes.nullish(),
  otherAttendanceSum: minutes.nullish(),
  reportedSum: minutes.nullish(),
  offeredSum: minutes.nullish(),
});

export type PersonRecord = z.infer<typeof person>;
export type GroupRecord = z.infer<typeof group>;
export type DutyRecord = z.infer<typeof duty>;
export type CalendarEventRecord = z.infer<typeof calendarEvent>;
export type AbsenceRecord = z.infer<typeof absence>;
