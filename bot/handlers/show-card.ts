import type { VerbPayload } from '../../cards/verbs.ts';
import { EHT_PURPOSES } from '../../services/posts/eht-purposes.ts';
import type { Answer, Press } from '../inbound.ts';
import { inEht } from './eht-context.ts';
import type { HandlerDeps } from './handler-deps.ts';
import { onCard, redraw } from './press-context.ts';

/** Any card again, or another page of it; of EHT's cards only for whoever works there. */
export async function pressShow(
  deps: HandlerDeps,
  press: Press,
  { on }: VerbPayload<'card.show'>,
): Promise<Answer> {
  const shown = EHT_PURPOSES.includes(on.purpose) ? inEht : onCard;
  return await shown(deps, press, on, (context) => redraw(deps, context));
}
