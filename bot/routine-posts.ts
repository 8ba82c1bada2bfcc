import { casesCard, casesSummary } from '../cards/cases.ts';
import { countOpen, stepsCard, stepsSummary } from '../cards/steps.ts';
import type { School } from '../services/config/municipality.ts';
import type { PostKey } from '../services/posts/post.ts';
import { readCasesView } from '../services/routine/read-cases-view.ts';
import type { LineDeps } from '../services/routine/step-line.ts';
import { readStepMessage } from '../services/routine/step-message-view.ts';
import type { Drawable } from './posts.ts';

/** The cases that wait for a school's coordinators; not posted where nothing waits. */
export async function readCasesPost(
  deps: LineDeps,
  school: School,
  { day }: PostKey,
): Promise<Drawable | undefined> {
  const view = await readCasesView(deps, school, day);
  return {
    summary: (words) => casesSummary(view, words),
    face: (words, options) => casesCard(view, words, options),
    isQuiet: view.cases.length === 0,
    open: undefined,
  };
}

/** Steps that somebody is told of; not posted where they have been handled before the message left. */
export async function readStepsPost(
  deps: LineDeps,
  school: School,
  { subject }: PostKey,
): Promise<Drawable | undefined> {
  const view = await readStepMessage(deps, school, subject);
  if (view === undefined) return undefined;
  return {
    summary: (words) => stepsSummary(view, words),
    face: (words, options) => stepsCard(view, words, options),
    isQuiet: countOpen(view) === 0,
    open: undefined,
  };
}
