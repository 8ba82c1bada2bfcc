import {
  pressEhtAskDecision,
  pressEhtDecide,
  pressEhtDecisionDone,
  pressEhtDecisionReopened,
  pressEhtDecisionWithdrawn,
} from './handlers/eht-decisions.ts';
import {
  pressEhtAskStep,
  pressEhtClose,
  pressEhtOpen,
  pressEhtPutBack,
  pressEhtStepDone,
  pressEhtStepMoreTime,
  pressEhtStepNotNeeded,
  pressEhtTakeUp,
  pressEhtTick,
  pressEhtUntick,
} from './handlers/eht-presses.ts';

/** Who answers what is pressed in EHT's conversation. */
export const ehtHandlers = {
  'eht.open': pressEhtOpen,
  'eht.askStep': pressEhtAskStep,
  'eht.stepDone': pressEhtStepDone,
  'eht.stepNotNeeded': pressEhtStepNotNeeded,
  'eht.stepMoreTime': pressEhtStepMoreTime,
  'eht.tick': pressEhtTick,
  'eht.untick': pressEhtUntick,
  'eht.takeUp': pressEhtTakeUp,
  'eht.putBack': pressEhtPutBack,
  'eht.askDecision': pressEhtAskDecision,
  'eht.decide': pressEhtDecide,
  'eht.decisionDone': pressEhtDecisionDone,
  'eht.decisionReopened': pressEhtDecisionReopened,
  'eht.decisionWithdrawn': pressEhtDecisionWithdrawn,
  'eht.close': pressEhtClose,
};
