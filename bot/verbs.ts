import { type Verb, type VerbPayload, verbs } from '../cards/verbs.ts';
import { pressContacted, pressPage, pressRelease } from './handlers/morning-presses.ts';
import { type HandlerDeps, text, wordsOf } from './handlers/press-context.ts';
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
  if (!isVerb(press.verb)) return text(wordsOf(deps.municipality).t('reply.cardOutdated'));
  return await dispatch(deps, press, press.verb);
}

async function dispatch<V extends Verb>(deps: HandlerDeps, press: Press, verb: V): Promise<Answer> {
  const payload = verbs[verb].safeParse(press.data);
  if (!payload.success) return text(wordsOf(deps.municipality).t('reply.cardOutdated'));
  return await handlers[verb](deps, press, payload.data as VerbPayload<V>);
}

function isVerb(verb: string): verb is Verb {
  return Object.hasOwn(verbs, verb);
}
