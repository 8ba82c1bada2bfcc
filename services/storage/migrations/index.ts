import type { Migration } from 'kysely/migration';
import * as first from './0001-first.ts';
import * as closedLoop from './0002-closed-loop.ts';
import * as routine from './0003-routine.ts';
import * as routineSteps from './0004-routine-steps.ts';
import * as eht from './0005-eht.ts';
import * as rooms from './0006-rooms.ts';
import * as holds from './0007-holds.ts';
import * as heard from './0008-heard.ts';
import * as heldReadings from './0009-held-readings.ts';
import * as answeredMessages from './0010-answered-messages.ts';
import * as answers from './0011-answers.ts';
import * as urgentPosts from './0012-urgent-posts.ts';

/** Every migration in order; forward only, and expand before contract, so that two versions can run side by side. */
export const migrations: Record<string, Migration> = {
  '0001-first': first,
  '0002-closed-loop': closedLoop,
  '0003-routine': routine,
  '0004-routine-steps': routineSteps,
  '0005-eht': eht,
  '0006-rooms': rooms,
  '0007-holds': holds,
  '0008-heard': heard,
  '0009-held-readings': heldReadings,
  '0010-answered-messages': answeredMessages,
  '0011-answers': answers,
  '0012-urgent-posts': urgentPosts,
};
