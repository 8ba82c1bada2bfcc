import { type Verb, type VerbPayload, verbs } from '../cards/verbs.ts';
import { hear } from './handlers/hear.ts';
import { pressContacted, pressPage, pressRelease } from './handlers/morning-presses.ts';
import { type HandlerDeps, text, wordsIn } from './handlers/press-context.ts';
import { recordRefusal, refusalOf } from './handlers/who.ts';
import type { Answer, Press } from './inbound.ts';

type Handle<V extends Verb> = (deps: HandlerDeps, press: Press, payload: VerbPayload<V>) => Promise<Answer>;

/** Every verb and who answers it. */
const handlers: { readonly [V in Verb]: Handle<V> } = {
  'followUp.contacted': pressContacted,
  'morning.page': pressPage,
  'morning.release': pressRelease,
};

/** Answers a press. A verb or a payload that Sedd never made comes from an old or a foreign card. */
export async function answerPress(deps: HandlerDeps, press: Press): Promise<Answer> {
  await hear(deps, press.conversation);
  const refusal = await refusalOf(deps, press);
  if (refusal !== undefined) {
    await recordRefusal(deps, press, refusal);
    return text((await wordsIn(deps, press.conversation.id)).t('reply.onlyOwnStaff'));
  }
  return isVerb(press.verb) ? await dispatch(deps, press, press.verb) : await outdated(deps, press);
}

async function dispatch<V extends Verb>(deps: HandlerDeps, press: Press, verb: V): Promise<Answer> {
  const payload = verbs[verb].safeParse(press.data);
  if (!payload.success) return await outdated(deps, press);
  return await handlers[verb](deps, press, payload.data as VerbPayload<V>);
}

async function outdated(deps: HandlerDeps, press: Press): Promise<Answer> {
  await recordRefusal(deps, press, 'notACard');
  return text((await wordsIn(deps, press.conversation.id)).t('reply.cardOutdated'));
}

function isVerb(verb: string): verb is Verb {
  return Object.hasOwn(verbs, verb);
}
