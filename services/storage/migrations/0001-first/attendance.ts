/** Attendance may name pupils whom the roster does not (yet) know: no foreign keys. */
export const attendance = `
create table lesson (
  id text primary key,
  school_id text not null,
  day date not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  subject text not null
);
create index lesson_school_day on lesson (school_id, day);

create table pupil_lesson (
  lesson_id text not null,
  pupil_id text not null,
  school_id text not null,
  day date not null,
  offered_minutes integer not null check (offered_minutes >= 0),
  is_reported boolean not null,
  present_minutes integer not null check (present_minutes >= 0),
  valid_minutes integer not null check (valid_minutes >= 0),
  invalid_minutes integer not null check (invalid_minutes >= 0),
  elsewhere_minutes integer not null check (elsewhere_minutes >= 0),
  primary key (lesson_id, pupil_id),
  check (valid_minutes + invalid_minutes <= offered_minutes)
);
create index pupil_lesson_school_day on pupil_lesson (school_id, day);
create index pupil_lesson_pupil_day on pupil_lesson (pupil_id, day);

create table absence_notice (
  id text primary key,
  pupil_id text not null,
  school_id text not null,
  kind text not null check (kind in ('reported', 'leave')),
  starts_at timestamptz not null,
  ends_at timestamptz not null
);
create index absence_notice_school on absence_notice (school_id, ends_at);
create index absence_notice_pupil on absence_notice (pupil_id, ends_at);

create table day_sum (
  pupil_id text not null,
  day date not null,
  school_id text not null,
  offered_minutes integer not null check (offered_minutes >= 0),
  reported_minutes integer not null check (reported_minutes between 0 and offered_minutes),
  valid_minutes integer not null check (valid_minutes >= 0),
  invalid_minutes integer not null check (invalid_minutes >= 0),
  lessons integer not null,
  lessons_reported integer not null,
  lessons_missed integer not null,
  late_arrivals integer not null,
  primary key (pupil_id, day),
  check (valid_minutes + invalid_minutes <= reported_minutes)
);
create index day_sum_school_day on day_sum (school_id, day);

create table period_sum (
  pupil_id text not null,
  first_day date not null,
  last_day date not null,
  school_id text not null,
  offered_minutes integer not null check (offered_minutes >= 0),
  reported_minutes integer not null check (reported_minutes >= 0),
  valid_minutes integer not null check (valid_minutes >= 0),
  invalid_minutes integer not null check (invalid_minutes >= 0),
  primary key (pupil_id, first_day, last_day)
);
create index period_sum_school on period_sum (school_id, last_day)`;
