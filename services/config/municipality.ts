import { z } from 'zod';
import { type Building, buildings } from './buildings.ts';
import { type EhtSettings, eht } from './eht-settings.ts';
import { address, channelId, fraction, httpUrl, id, isoDay, language, wallTime } from './setting-values.ts';

const days = z.strictObject({
  from: isoDay.describe('First day.'),
  to: isoDay.describe('Last day; the same as `from` for one day.'),
  name: z.string().max(80).optional().describe('For whoever reads this file.'),
});

export const calendar = z.strictObject({
  schoolYear: z.string().regex(/^\d{4}\/\d{4}$/, 'is not a school year such as 2026/2027'),
  terms: z.array(days).min(1).max(4),
  closed: z.array(days).max(100).default([]).describe('Holidays and pupil-free days of every school.'),
});

export const times = z.strictObject({
  roster: wallTime.describe('Pupils, groups and mentors are read.').default('05:30'),
  morning: wallTime.describe('The cards go out: some 25 minutes into the first lesson.').default('08:45'),
  refresh: wallTime.describe('The same cards once more, with what has been reported since.').default('10:00'),
  makeUpUntil: wallTime.describe('A morning that was missed is made up until then.').default('12:00'),
  dayClose: wallTime.describe('The day is read to its end, and the days before it again.').default('17:00'),
  followUpDue: wallTime.describe('When a follow-up opened in the morning is due.').default('10:00'),
  escalate: wallTime.describe('What is open then is told in the coordinator’s channel.').default('12:00'),
  lastCheck: wallTime
    .describe('The last look at unreported absence: guardians are to know the same day (skollagen 7:17).')
    .default('15:00'),
});

const ladder = z.strictObject({
  retryMinutes: z
    .number()
    .int()
    .min(5)
    .max(240)
    .describe('After a try that reached nobody, the next one is due in so many minutes.')
    .default(60),
  quietBefore: wallTime.describe('Nobody is reminded before …').default('07:30'),
  quietAfter: wallTime.describe('… or after.').default('16:30'),
  longTermDue: wallTime.describe('Long-term absent pupils: when contact is due.').default('12:00'),
  longTermEscalate: wallTime.describe('… and when the coordinator is told.').default('15:00'),
});

const schoolRoles = z.strictObject({
  attendanceCoordinators: z.array(address).max(20).default([]),
  principals: z.array(address).max(20).default([]),
  ehtMembers: z.array(address).max(60).default([]),
});

const municipalityRoles = z.strictObject({
  mobileSchoolTeam: z.array(address).max(60).default([]).describe('Backs every school up.'),
  admins: z.array(address).max(20).default([]).describe('IT: binds channels, and sees nothing of pupils.'),
});

const directory = z.strictObject({
  presence: z
    .boolean()
    .describe('Ask Microsoft Graph who is out of office in Teams; needs Presence.Read.All.')
    .default(false),
  automaticReplies: z
    .boolean()
    .describe('Ask Microsoft Graph whose mailbox answers by itself; needs MailboxSettings.Read.')
    .default(false),
});

const rereadMinutes = z
  .number()
  .int()
  .min(10)
  .max(240)
  .describe(
    'Between the refresh and the close the day is read again this often: late reports correct the cards.',
  );

const digestAbove = z
  .array(fraction)
  .max(5)
  .describe('The digest names pupils above these shares of absence over four weeks.');

const gate = z.strictObject({
  leastReported: fraction
    .describe('Least share of the lessons begun that must be reported before cards go out.')
    .default(0.5),
  timesUsual: z
    .number()
    .min(1)
    .max(20)
    .describe('Held when more than this many times the school’s usual number are absent without notice …')
    .default(3),
  leastShareAbsent: fraction.describe('… and at least this share of the pupils.').default(0.1),
});

const longTerm = z.strictObject({
  absenceOver: fraction.describe('Total absence over the last four weeks, strictly greater.').default(0.5),
  daysInRow: z.number().int().min(2).max(60).describe('Or this many school days in a row.').default(10),
});

const channels = z.strictObject({
  coordinator: channelId.optional().describe('The attendance coordinator’s channel.'),
  eht: channelId.optional().describe('EHT’s conversation, used for nothing else.'),
  mentorGroups: z
    .record(z.string().min(1).max(40), channelId)
    .default({})
    .describe('Mentor group, as the student system spells it → channel. Several groups may share one.'),
});

const quietGroups = z
  .enum(['line', 'nothing'])
  .describe('A group with nobody missing gets one quiet line, or nothing.');

type AsFarAsGiven<S> = { [K in keyof S]: S[K] extends z.ZodDefault<infer T> ? z.ZodOptional<T> : never };

/** The same settings without their defaults: `partial()` would fill them in, and hide what the municipality says. */
function asFarAsGiven<S extends Record<string, z.ZodDefault>>(
  schema: z.ZodObject<S>,
): z.ZodObject<AsFarAsGiven<S>, z.core.$strict> {
  const fields = Object.entries(schema.shape).map(([name, field]) => [name, field.unwrap()]);
  return z.strictObject(Object.fromEntries(fields)).partial() as never;
}

export const school = z.strictObject({
  id: id.describe('Short, and never changed: it is kept with all data.'),
  name: z.string().min(1).max(80),
  organisation: z
    .guid('is not an id such as 11111111-2222-4333-8444-555555555555')
    .describe('The school’s id in the student system.'),
  language: language.optional(),
  times: asFarAsGiven(times).optional().describe('What differs from the municipality’s times.'),
  gate: asFarAsGiven(gate).optional(),
  longTerm: asFarAsGiven(longTerm).optional(),
  ladder: asFarAsGiven(ladder).optional(),
  digestAbove: digestAbove.optional(),
  rereadMinutes: rereadMinutes.optional(),
  roles: schoolRoles.prefault({}).describe('By e-mail address or sign-in name.'),
  quietGroups: quietGroups.optional(),
  closed: z.array(days).max(60).default([]).describe('Days on which this school alone is closed.'),
  open: z
    .array(days)
    .max(60)
    .default([])
    .describe('Days on which it is open although the calendar says closed.'),
  channels: channels.default({ mentorGroups: {} }),
  eht: eht.optional().describe('When EHT meets. Left out: there are no meetings, and no lists.'),
  buildings: buildings
    .default([])
    .describe('Which building a room is in. Left out: absence after a change of building is not told of.'),
});

export const source = z.strictObject({
  id,
  kind: z.literal('ss12000'),
  url: httpUrl.describe('Where its SS 12000 begins, with the version.'),
  tokenUrl: httpUrl.optional().describe('Where it gives out tokens (OAuth 2, client credentials).'),
  scope: z.string().max(200).optional(),
  gives: z
    .array(z.enum(['roster', 'lessons', 'notices', 'sums']))
    .min(1)
    .describe('What is read from this source. Each thing comes from one source.'),
  pageSize: z.number().int().min(1).max(5000).default(1000),
  timeoutSeconds: z.number().min(1).max(300).default(30),
});

export const teams = z.strictObject({
  tenants: z.array(z.string().min(1).max(80)).min(1).describe('The ids of the Microsoft 365 tenants.'),
  serviceUrl: httpUrl.default('https://smba.trafficmanager.net/emea/').describe('Where cards are sent to.'),
  serviceHosts: z
    .array(z.string().max(200))
    .default([])
    .describe('Hosts that Sedd’s token may be sent to, besides the host of `serviceUrl`.'),
});

/** The municipality file, as it is written. */
export const municipalityFile = z.strictObject({
  municipality: z.string().min(1).max(80).describe('Its name.'),
  language: language.default('sv'),
  timeZone: z.string().default('Europe/Stockholm'),
  teams,
  calendar,
  times: times.prefault({}).describe('On the schools’ wall clock.'),
  gate: gate.prefault({}).describe('When cards are held and the coordinator is asked.'),
  longTerm: longTerm
    .prefault({})
    .describe('Who is followed up every day, even where the absence is reported.'),
  ladder: ladder.prefault({}).describe('When people are reminded.'),
  digestAbove: digestAbove.default([0.2]),
  rereadMinutes: rereadMinutes.default(30),
  roles: municipalityRoles.prefault({}).describe('By e-mail address or sign-in name.'),
  directory: directory.prefault({}).describe('Off unless wanted: needs permissions in Microsoft Graph.'),
  quietGroups: quietGroups.default('line'),
  sources: z.array(source).min(1),
  schools: z.array(school).min(1).max(200),
});

export type MunicipalityFile = z.infer<typeof municipalityFile>;
export type SourceConfig = MunicipalityFile['sources'][number];
export type SchoolTimes = MunicipalityFile['times'];
export type GateLimits = MunicipalityFile['gate'];
export type LongTermLimits = MunicipalityFile['longTerm'];
export type Ladder = MunicipalityFile['ladder'];
export type SchoolRoles = MunicipalityFile['schools'][number]['roles'];
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
  readonly ladder: Ladder;
  /** Fractions, rising. */
  readonly digestAbove: readonly number[];
  readonly rereadMinutes: number;
  readonly roles: SchoolRoles;
  readonly quietGroups: 'line' | 'nothing';
  readonly calendar: SchoolCalendar;
  readonly channels: MunicipalityFile['schools'][number]['channels'];
  /** Undefined where the school has no meetings. */
  readonly eht: EhtSettings | undefined;
  /** None where nobody has said which rooms are where. */
  readonly buildings: readonly Building[];
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
  readonly roles: MunicipalityFile['roles'];
  readonly directory: MunicipalityFile['directory'];
  readonly sources: readonly SourceConfig[];
  readonly schools: readonly School[];
}
