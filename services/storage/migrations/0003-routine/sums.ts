/** Whole lessons missed without a valid reason, also of the days that are already there. */
export const sums = `
alter table day_sum add column invalid_lessons integer not null default 0;

update day_sum set invalid_lessons = counted.lessons
from (
  select pupil_id, day, count(*) as lessons from pupil_lesson
  where offered_minutes > 0 and is_reported and invalid_minutes > 0 and present_minutes + elsewhere_minutes = 0
  group by pupil_id, day) as counted
where counted.pupil_id = day_sum.pupil_id and counted.day = day_sum.day`;
