import { systemClock } from '../services/clock.ts';
import { rebuildContactTime } from '../services/digest/contact-time.ts';
import { digestShowing, markDigestsStale } from '../services/digest/digest-posts.ts';
import { followSettledDay } from '../services/digest/settled-day.ts';
import { followUpShowing } from '../services/follow-up/follow-up-posts.ts';
import type { Jobs } from '../services/jobs/jobs.ts';
import { morningShowing } from '../services/morning/morning-posts.ts';
import { rememberAnswer } from '../services/posts/answers.ts';
import { markShowing } from '../services/posts/post-store.ts';
import { finishContactPersonSteps } from '../services/routine/contact-person-steps.ts';
import type { BotHandlers } from './attendance-bot.ts';
import type { Connector } from './connector.ts';
import { type HandlerDeps, wordsOf } from './handlers/handler-deps.ts';
import { farewell, welcome } from './handlers/installations.ts';
import { createMembers } from './members.ts';
import type { Parts } from './parts.ts';
import { followCase } from './routine-runs.ts';
import type { RunDeps } from './runs.ts';
import { answerPress } from './verbs.ts';
import { wait } from './wait.ts';
import { answerMessage } from './written-commands.ts';

/** What is done with each thing that people do in Teams; what shows a follow-up follows its change in the same transaction. */
export function createHandlers(
  { storage, clock, municipality, routines = [], hasDialogs = true, log }: Parts,
  jobs: Jobs,
  schools: RunDeps['schools'],
  teams: Pick<HandlerDeps, 'chat' | 'whoIsAway'> & { readonly connector: Connector },
): BotHandlers {
  const routine = { db: storage.db, clock, municipality, routines, onCase: followCase(jobs) };
  const deps: HandlerDeps = {
    db: storage.db,
    jobs,
    clock,
    wireClock: systemClock,
    municipality,
    schools,
    routines,
    hasDialogs,
    onCase: routine.onCase,
    onAppointed: (trx, school, input) => finishContactPersonSteps(routine, trx, { ...input, school }),
    members: createMembers({ connector: teams.connector, clock: systemClock, delay: wait }),
    chat: teams.chat,
    log,
    onChange: async (trx, followUp) => {
      const showings = [...morningShowing(followUp), ...followUpShowing(followUp), ...digestShowing];
      await markShowing(trx, followUp, showings);
      await rebuildContactTime(trx, followUp, clock.now());
    },
    onReminded: markDigestsStale,
    onSettled: followSettledDay,
    whoIsAway: teams.whoIsAway,
  };
  return {
    press: (press) => answerPress(deps, press),
    message: (message) => answerMessage(deps, message),
    installed: (installation) => welcome(deps, installation),
    removed: (installation) => farewell(deps, installation),
    replied: async ({ id: conversationId, threadId: whole }, activityId, said) => {
      const threadId = /;messageid=([^;]+)/.exec(whole)?.[1];
      await rememberAnswer(deps.db, { conversationId, activityId, threadId, text: said }, systemClock.now());
    },
    sorry: (reference) => wordsOf(municipality).t('reply.somethingWentWrong', { code: reference }),
  };
}
