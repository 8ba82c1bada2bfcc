import { reminderCard } from '../../cards/reminder.ts';
import type { VerbPayload } from '../../cards/verbs.ts';
import { dayAt } from '../../services/clock.ts';
import { readOpenView } from '../../services/follow-up/open-view.ts';
import { mayForAll } from '../../services/people/whole-schools.ts';
import type { Answer, Press } from '../inbound.ts';
import type { HandlerDeps } from './handler-deps.ts';
import { doerOf, may, onCard, redraw, refuse, whyNot } from './press-context.ts';
import { remindNow } from './remind-now.ts';

/** "Visa de öppna": for whoever pressed, with a button for each; they are all the school's, and only for who may see them all. */
export async function pressListOpen(
  deps: HandlerDeps,
  press: Press,
  { on }: VerbPayload<'digest.listOpen'>,
): Promise<Answer> {
  return await onCard(deps, press, on, async (context) => {
    if (!mayForAll(deps.municipality, context.person, context.school, 'listOpen'))
      return await refuse(deps, press, whyNot(context, 'school'));
    const { school, post, words } = context;
    const view = await readOpenView(deps, school, post.day, deps.clock.now());
    return { kind: 'card', card: reminderCard(view, words, { page: 0, notice: '' }, on), isPrivate: true };
  });
}

/** "Påminn alla": everybody who answers for an open follow-up, except whoever asks. */
export async function pressRemindAll(
  deps: HandlerDeps,
  press: Press,
  { on }: VerbPayload<'digest.remindAll'>,
): Promise<Answer> {
  return await onCard(deps, press, on, async (context) => {
    if (!(await may(deps, context, 'remindAll', undefined)))
      return await refuse(deps, press, whyNot(context, 'school'));
    const { school, post } = context;
    // What was open on a day that is over is nobody's to do any more.
    if (!post.day.equals(dayAt(deps.clock.now(), school))) return await refuse(deps, press, 'dayOver');
    return await redraw(deps, context, await remindNow(deps, school, post.day, doerOf(context)));
  });
}
