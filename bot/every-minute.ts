import { followMeetings, type MeetingsDeps } from '../services/eht/follow-meetings.ts';
import { sendNotices } from '../services/follow-up/send-notices.ts';
import { type RungDeps, takeRungs } from '../services/follow-up/take-rungs.ts';
import { takeStepRungs } from '../services/routine/take-step-rungs.ts';
import { type TickDeps, tick } from '../services/schedule/tick.ts';

export type Ticking = TickDeps & RungDeps & MeetingsDeps;

/** What is looked at every minute: scheduled jobs that fall due, reminders, steps of the routine, and what people are to be told. */
export async function everyMinute(deps: Ticking): Promise<void> {
  await tick(deps);
  await takeRungs(deps);
  await takeStepRungs(deps);
  await sendNotices(deps);
  await followMeetings(deps);
}
