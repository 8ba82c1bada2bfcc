import type {
  AbsenceNoticeTable,
  DaySumTable,
  LessonTable,
  PeriodSumTable,
  PupilLessonTable,
} from './tables/attendance.ts';
import type { AuditTable } from './tables/audit.ts';
import type {
  EhtDecisionTable,
  EhtMeetingTable,
  EhtPointTable,
  EhtPupilTable,
  EhtReminderTable,
  EhtStepTable,
} from './tables/eht.ts';
import type { ContactTable, ContactTimeTable, FollowUpTable } from './tables/follow-up.ts';
import type { HeldReadingTable, MorningTable } from './tables/morning.ts';
import type {
  GroupMemberTable,
  GroupMentorTable,
  PupilTable,
  SchoolGroupTable,
  SourceCursorTable,
  StaffTable,
} from './tables/people.ts';
import type {
  AnswerTable,
  BindingTable,
  ConversationTable,
  HeardMessageTable,
  PostHoldTable,
  PostTable,
  PostTwinTable,
} from './tables/posts.ts';
import type { NoticeTable, ReminderBatchTable, ReminderTable } from './tables/reminders.ts';
import type { ContactPersonTable, StandInTable, TeamsUserTable } from './tables/roles.ts';
import type { RoutineCaseTable, RoutineStepTable } from './tables/routine.ts';
import type { LetterStageTable, StepBatchTable, StepRungTable } from './tables/routine-steps.ts';
import type { JobRunTable } from './tables/schedule.ts';

/**
 * The tables as Kysely sees them: camelCase here, snake_case in SQL.
 *
 * `date` columns are `Temporal.PlainDate` and `timestamptz` columns `Temporal.Instant`, both ways and on both engines
 * (see temporal-values.ts). `null` lives in rows only.
 */
export interface Database {
  pupil: PupilTable;
  staff: StaffTable;
  schoolGroup: SchoolGroupTable;
  groupMember: GroupMemberTable;
  groupMentor: GroupMentorTable;
  sourceCursor: SourceCursorTable;
  teamsUser: TeamsUserTable;
  contactPerson: ContactPersonTable;
  standIn: StandInTable;
  lesson: LessonTable;
  pupilLesson: PupilLessonTable;
  absenceNotice: AbsenceNoticeTable;
  daySum: DaySumTable;
  periodSum: PeriodSumTable;
  followUp: FollowUpTable;
  contact: ContactTable;
  contactTime: ContactTimeTable;
  reminderBatch: ReminderBatchTable;
  reminder: ReminderTable;
  notice: NoticeTable;
  routineCase: RoutineCaseTable;
  routineStep: RoutineStepTable;
  letterStage: LetterStageTable;
  stepBatch: StepBatchTable;
  stepRung: StepRungTable;
  ehtMeeting: EhtMeetingTable;
  ehtPupil: EhtPupilTable;
  ehtStep: EhtStepTable;
  ehtPoint: EhtPointTable;
  ehtDecision: EhtDecisionTable;
  ehtReminder: EhtReminderTable;
  morning: MorningTable;
  heldReading: HeldReadingTable;
  jobRun: JobRunTable;
  conversation: ConversationTable;
  binding: BindingTable;
  post: PostTable;
  postTwin: PostTwinTable;
  postHold: PostHoldTable;
  heardMessage: HeardMessageTable;
  answer: AnswerTable;
  audit: AuditTable;
}
