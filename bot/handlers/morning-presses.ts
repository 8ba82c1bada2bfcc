import { Temporal } from 'temporal-polyfill';
import type { VerbPayload } from '../../cards/verbs.ts';
import { dayAt } from '../../services/clock.ts';
import { acceptReading } from '../../services/morning/accept-reading.ts';
import { HELD_READING } from '../../services/morning/held-readings.ts';
import { SCHOOL_MORNING, schoolMorningSubject } from '../../services/morning/morning-posts.ts';
import { releaseMorning } from '../../services/morning/release-morning.ts';
import type { Answer, Press } from '../inbound.ts';
import type { HandlerDeps } from './handler-deps.ts';
import { doerOf, may, onCard, redraw, refuse, whyNot } from './press-context.ts';

/** "Skicka ändå": lets a held morning out. */
export async function pressRelease(
  deps: HandlerDeps,
  press: Press,
  payload: VerbPayload<'morning.release'>,
): Promise<Answer> {
  const day = Temporal.PlainDate.from(payload.day);
  const on = { purpose: SCHOOL_MORNING, subject: schoolMorningSubject(payload.school, day), page: 0 };
  return await onCard(deps, press, on, async (context) => {
    if (!(await may(deps, context, 'releaseMorning', undefined)))
      return await refuse(deps, press, whyNot(context, 'school'));
    // On the day after, its cards would be no help.
    if (!day.equals(dayAt(deps.clock.now(), context.school))) return await refuse(deps, press, 'past');
    await releaseMorning(deps, context.school, day, doerOf(context));
    return await redraw(deps, context);
  });
}

/** "Visa ändå": has a day read again whose last reading was held. */
export async function pressAcceptReading(
  deps: HandlerDeps,
  press: Press,
  { reading }: VerbPayload<'morning.acceptReading'>,
): Promise<Answer> {
  const on = { purpose: HELD_READING, subject: reading, page: 0 };
  return await onCard(deps, press, on, async (context) => {
    if (!(await may(deps, context, 'releaseMorning', undefined)))
      return await refuse(deps, press, whyNot(context, 'school'));
    if (!context.post.day.equals(dayAt(deps.clock.now(), context.school)))
      return await refuse(deps, press, 'past');
    await acceptReading(deps, context.school, reading, doerOf(context));
    return await redraw(deps, context);
  });
}
