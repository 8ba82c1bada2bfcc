import { z } from 'zod';

/** `HH:mm` on the school's wall clock. */
const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'not a time of day such as "08:45"');
const isoDay = z.iso.date('not a date such as "2026-11-23"');
const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'not an id: lower-case letters a-z, digits and hyphens');
const fraction = z.number().min(0).max(1);
const channelId = z.string().min(5).max(300);

const days = z.strictObject({ from: isoDay, to: isoDay, name: z.string().max(80).optional() });

const calendar = z.strictObject({
  schoolYear: z.string().regex(/^\d{4}\/\d{4}$/, 'not a school year such as "2026/2027"'),
  terms: z.array(days).min(1).max(4),
  /** Holidays and pupil-free days of every school: `from` and `to` inclusive. */
  closed: z.array(days).max(100).default([]),
});

const times = z.strictObject({
  roster: wallTime.default('05:30'),
  morning: wallTime.default('08:45'),
  refresh: wallTime.default('10:00'),
  /** A morning that was missed is made up until then, and skipped after. */
  makeUpUntil: wallTime.default('12:00'),
  dayClose: wallTime.default('17:00'),
  /** When a follow-up opened in the morning is due. */
  followUpDue: wallTime.default('10:00'),
});

const gate = z.strictObject({
  /** Least share of the lessons started that must be reported before cards go out. */
  leastReported: fraction.default(0.5),
  /** Held when more than this many times the school's usual number are absent without notice … */
  timesUsual: z.number().min(1).max(20).default(3),
  /** … and at least this share of the pupils. */
  leastShareAbsent: fraction.default(0.1),
});

const longTerm = z.strictObject({
  /** Total absence over the last four weeks, strictly greater. */
  absenceOver: fraction.default(0.5),
  /** Or this many school days in a row. */
  daysInRow: z.number().int().min(2).max(60).default(10),
});

const channels = z.strictObject({
  coordinator: channelId.optional(),
  eht: channelId.optional(),
  /** Mentor group, as the student system spells it → channel. Several groups may share one. */
  mentorGroups: z.record(z.string().min(1).max(40), channelId).default({}),
});

const school = z.strictObject({
  id,
  name: z.string().min(1).max(80),
  /** The school's id in the student system. */
  organisation: z.uuid(),
  language: z.enum(['sv', 'en']).optional(),
  times: times.partial().optional(),
  gate: gate.partial().optional(),
  longTerm: longTerm.partial().optional(),
  quietGroups: z.enum(['line', 'nothing']).optional(),
  /** Days this school alone is closed, or open although the municipality's calendar says closed. */
  closed: z.array(days).max(60).default([]),
  open: z.array(days).max(60).default([]),
  channels: channels.default({ mentorGroups: {} }),
});

const source = z.strictObject({
  id,
  kind: z.literal('ss12000'),
  url: z.url({ protocol: /^https?$/ }),
  tokenUrl: z.url({ protocol: /^https?$/ }).optional(),
  scope: z.string().max(200).optional(),
  /** What is read from this source. Each thing comes from one source. */
  gives: z.array(z.enum(['roster', 'lessons', 'notices', 'sums'])).min(1),
  pageSize: z.number().int().min(1).max(5000).default(1000),
  timeoutSeconds: z.number().min(1).max(300).default(30),
});

/** The municipality file, as it is written. */
export const municipalityFile = z.strictObject({
  municipality: z.string().min(1).max(80),
  language: z.enum(['sv', 'en']).default('sv'),
  timeZone: z.string().default('Europe/Stockholm'),
  teams: z.strictObject({
    tenants: z.array(z.string().min(1).max(80)).min(1),
    serviceUrl: z.url({ protocol: /^https?$/ }).default('https://smba.trafficmanager.net/emea/'),
    /** Hosts that Sedd's token may be sent to, besides the host of `serviceUrl`. */
    serviceHosts: z.array(z.string().max(200)).default([]),
  }),
  calendar,
  times: times.prefault({}),
  gate: gate.prefault({}),
  longTerm: longTerm.prefault({}),
  /** A group with nobody missing gets one quiet line, or nothing. */
  quietGroups: z.enum(['line', 'nothing']).default('line'),
  sources: z.array(source).min(1),
  schools: z.array(school).min(1).max(200),
});

export type MunicipalityFile = z.infer<typeof municipalityFile>;
export type SourceConfig = MunicipalityFile['sources'][number];
export type SchoolTimes = MunicipalityFile['times'];
export type GateLimits = MunicipalityFile['gate'];
export type LongTermLimits = MunicipalityFile['longTerm'];
export type DayRange = z.infer<typeof days>;

/** A school with every default filled in from the municipality. */
export interface School {
  readonly id: string;
  readonly name: string;
  readonly organisation: string;
  readonly language: 'sv' | 'en';
  readonly timeZone: string;
  readonly times: SchoolTimes;
  readonly gate: GateLimits;
  readonly longTerm: LongTermLimits;
  readonly quietGroups: 'line' | 'nothing';
  readonly calendar: SchoolCalendar;
  readonly channels: MunicipalityFile['schools'][number]['channels'];
}

export interface SchoolCalendar {
  readonly terms: readonly DayRange[];
  readonly closed: readonly DayRange[];
  readonly open: readonly DayRange[];
}

/** The municipality as the rest of Sedd knows it. */
export interface Municipality {
  readonly name: string;
  readonly language: 'sv' | 'en';
  readonly timeZone: string;
  readonly teams: MunicipalityFile['teams'];
  readonly sources: readonly SourceConfig[];
  readonly schools: readonly School[];
}
