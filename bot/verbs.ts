import { type Verb, type VerbPayload, verbs } from '../cards/verbs.ts';
import { ehtHandlers } from './eht-verbs.ts';
import {
  pressAccept,
  pressAcceptAll,
  pressClose,
  pressDecline,
  pressKeep,
  pressOpenCase,
  pressWithdraw,
} from './handlers/case-presses.ts';
import { pressListOpen, pressRemindAll } from './handlers/digest-presses.ts';
import {
  pressAsk,
  pressContacted,
  pressHandOver,
  pressNotReached,
  pressUndo,
} from './handlers/follow-up-presses.ts';
import type { HandlerDeps } from './handlers/handler-deps.ts';
import { hear } from './handlers/hear.ts';
import { pressAcceptReading, pressRelease } from './handlers/morning-presses.ts';
import { refuse } from './handlers/press-context.ts';
import { pressOpenPupil, pressShowPupils } from './handlers/pupil-presses.ts';
import { pressSeveral, pressSeveralDone } from './handlers/several-presses.ts';
import { pressShow } from './handlers/show-card.ts';
import {
  pressLetterApproved,
  pressLetterBack,
  pressLetterChosen,
  pressOpenStep,
  pressStepAppoint,
  pressStepDone,
  pressStepDoneOn,
  pressStepHandOver,
  pressStepMoreTime,
  pressStepNotNeeded,
  pressStepUndo,
} from './handlers/step-presses.ts';
import type { Answer, Press } from './inbound.ts';
import { foreignerOf } from './who.ts';

type Handle<V extends Verb> = (deps: HandlerDeps, press: Press, payload: VerbPayload<V>) => Promise<Answer>;

/** Every verb and who answers it. */
const handlers: { readonly [V in Verb]: Handle<V> } = {
  'followUp.ask': pressAsk,
  'followUp.contacted': pressContacted,
  'followUp.notReached': pressNotReached,
  'followUp.undo': pressUndo,
  'followUp.handOver': pressHandOver,
  'followUp.several': pressSeveral,
  'followUp.severalDone': pressSeveralDone,
  'card.show': pressShow,
  'digest.listOpen': pressListOpen,
  'digest.remindAll': pressRemindAll,
  'routine.openCase': pressOpenCase,
  'routine.accept': pressAccept,
  'routine.acceptAll': pressAcceptAll,
  'routine.decline': pressDecline,
  'routine.close': pressClose,
  'routine.withdraw': pressWithdraw,
  'routine.keep': pressKeep,
  'routine.openStep': pressOpenStep,
  'routine.stepDone': pressStepDone,
  'routine.stepDoneOn': pressStepDoneOn,
  'routine.stepNotNeeded': pressStepNotNeeded,
  'routine.stepMoreTime': pressStepMoreTime,
  'routine.stepHandOver': pressStepHandOver,
  'routine.stepAppoint': pressStepAppoint,
  'routine.stepUndo': pressStepUndo,
  'routine.letterChosen': pressLetterChosen,
  'routine.letterApproved': pressLetterApproved,
  'routine.letterBack': pressLetterBack,
  'pupils.show': pressShowPupils,
  'pupil.open': pressOpenPupil,
  'morning.release': pressRelease,
  'morning.acceptReading': pressAcceptReading,
  ...ehtHandlers,
};

/** Answers a press. A verb or a payload that Sedd never made comes from an old or a foreign card. */
export async function answerPress(deps: HandlerDeps, press: Press): Promise<Answer> {
  await hear(deps, press.conversation);
  const refusal = await foreignerOf(deps, press);
  if (refusal !== undefined) return await refuse(deps, press, refusal);
  return isVerb(press.verb) ? await dispatch(deps, press, press.verb) : await refuse(deps, press, 'notACard');
}

async function dispatch<V extends Verb>(deps: HandlerDeps, press: Press, verb: V): Promise<Answer> {
  const payload = verbs[verb].safeParse(press.data);
  if (!payload.success) return await refuse(deps, press, 'notACard');
  return await handlers[verb](deps, press, payload.data as VerbPayload<V>);
}

function isVerb(verb: string): verb is Verb {
  return Object.hasOwn(verbs, verb);
}
