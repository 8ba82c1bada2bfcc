import { severalCard } from '../../cards/several.ts';
import type { VerbPayload } from '../../cards/verbs.ts';
import { dueAgainAt } from '../../services/follow-up/due-times.ts';
import { recordContact } from '../../services/follow-up/record-contact.ts';
import type { Answer, Press } from '../inbound.ts';
import { readOpenOnCard } from '../posts.ts';
import { viewOn } from './follow-up-context.ts';
import type { HandlerDeps } from './handler-deps.ts';
import { doerOf, may, onCard, type PressContext, redraw, refuse, whyNot } from './press-context.ts';

/** "Flera samtidigt": the pupils of the card who are left to contact, to choose from. */
export async function pressSeveral(
  deps: HandlerDeps,
  press: Press,
  { on }: VerbPayload<'followUp.several'>,
): Promise<Answer> {
  return await onCard(deps, press, on, (context) => form(deps, context, ''));
}

/** The same for all who are chosen; whoever was handled meanwhile is left as they are, and counted. */
export async function pressSeveralDone(
  deps: HandlerDeps,
  press: Press,
  payload: VerbPayload<'followUp.severalDone'>,
): Promise<Answer> {
  return await onCard(deps, press, payload.on, async (context) => {
    if (payload.chosen.length === 0) return await form(deps, context, context.words.t('contact.severalNone'));
    const counts = { saved: 0, skipped: 0, refused: 0 };
    for (const chosen of payload.chosen) counts[await recordOne(deps, context, payload, chosen)] += 1;
    if (counts.refused === payload.chosen.length) return await refuse(deps, press, whyNot(context));
    return await redraw(deps, context, told(counts, context));
  });
}

function told(
  { saved, skipped, refused }: Readonly<Record<'saved' | 'skipped' | 'refused', number>>,
  { words }: PressContext,
): string {
  return [
    words.t('contact.severalSaved', { count: saved }),
    skipped === 0 ? '' : words.t('contact.severalSkipped', { count: skipped }),
    refused === 0 ? '' : words.t('contact.severalRefused', { count: refused }),
  ]
    .filter(Boolean)
    .join(' ');
}

async function form(deps: HandlerDeps, context: PressContext, notice: string): Promise<Answer> {
  const { school, post, on, words, press } = context;
  const open = await readOpenOnCard(deps, school, post);
  const [first] = open?.pupils ?? [];
  if (open === undefined || first === undefined) return await redraw(deps, context, words.t('contact.gone'));
  // Whoever may not for the first of them is spared the form; each is judged when it is sent.
  const view = await viewOn(deps, context, first.followUp);
  if (view === undefined || !(await may(deps, context, 'recordContact', view.pupilId)))
    return await refuse(deps, press, whyNot(context));
  return { kind: 'card', card: severalCard(open, on, words, notice), isPrivate: true };
}

async function recordOne(
  deps: HandlerDeps,
  context: PressContext,
  { outcome, method, counterpart }: VerbPayload<'followUp.severalDone'>,
  { followUp: followUpId, version }: VerbPayload<'followUp.severalDone'>['chosen'][number],
): Promise<'saved' | 'skipped' | 'refused'> {
  const { school, post } = context;
  const view = await viewOn(deps, context, followUpId);
  if (view === undefined) return 'skipped';
  if (!(await may(deps, context, 'recordContact', view.pupilId))) return 'refused';
  const recorded = await recordContact(deps, {
    followUpId,
    version,
    outcome,
    ...(outcome === 'reached' ? { method, counterpart } : { method: undefined, counterpart: undefined }),
    dueAgainAt: dueAgainAt(school, post.day, deps.clock.now()),
    ...doerOf(context),
  });
  return recorded.kind === 'recorded' || recorded.kind === 'notNeeded' ? 'saved' : 'skipped';
}
