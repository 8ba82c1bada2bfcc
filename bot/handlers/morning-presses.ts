import { Temporal } from 'temporal-polyfill';
import type { VerbPayload } from '../../cards/verbs.ts';
import { dayAt } from '../../services/clock.ts';
import { SCHOOL_MORNING, schoolMorningSubject } from '../../services/morning/morning-posts.ts';
import { releaseMorning } from '../../services/morning/release-morning.ts';
import { EHT_PURPOSES } from '../../services/posts/eht-purposes.ts';
import type { Answer, Press } from '../inbound.ts';
import { inEht } from './eht-context.ts';
import type { HandlerDeps } from './handler-deps.ts';
import { doerOf, may, onCard, redraw, refuse, whyNot } from './press-context.ts';

/** The card again, or another page of it; of EHT's cards only for whoever works there. */
export async function pressShow(
  deps: HandlerDeps,
  press: Press,
  { on }: VerbPayload<'card.show'>,
): Promise<Answer> {
  const shown = EHT_PURPOSES.includes(on.purpose) ? inEht : onCard;
  return await shown(deps, press, on, (context) => redraw(deps, context));
}

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
