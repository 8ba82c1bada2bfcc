import type { ConnectorBehaviour } from '../loopback-connector.ts';

/** How a process is ended in the middle of its work. */
export type Ending =
  /** At the n-th call to Teams: before the message is stored, after, or when the answer is on its way. */
  | { readonly kind: 'request'; readonly n: number; readonly when: 'before' | 'stored' | 'answered' }
  /** At the n-th message to the database, before it has it or after. */
  | { readonly kind: 'statement'; readonly n: number; readonly when: 'before' | 'after' }
  | { readonly kind: 'time'; readonly ms: number }
  /** Asked to end, as a service manager does. */
  | { readonly kind: 'drained'; readonly ms: number };

/** One school day: what Teams does wrong, and how the process ends. */
export interface DayPlan {
  readonly ending: Ending;
  /** So many milliseconds into its start the next process is killed as well. */
  readonly recoveryMs: number | undefined;
  /** Somebody presses a card the moment that the next process is up. */
  readonly isPressedAtOnce: boolean;
  /** `<conversation's number> <call>` → what that call meets, once. */
  readonly faults: ReadonlyMap<string, ConnectorBehaviour>;
}

/** What a day takes: from what a day was measured to take. */
export interface DaySize {
  readonly requests: number;
  readonly statements: number;
  readonly ms: number;
}

/** Everything that can go wrong with a call without anybody having to act. */
const behaviours: readonly ConnectorBehaviour[] = [
  { kind: 'reset' },
  { kind: 'reset', stored: true },
  { kind: 'cut', stored: true },
  { kind: 'stall', stored: true },
  { kind: 'silent', stored: true },
  { kind: 'status', status: 502, stored: true },
  { kind: 'status', status: 503 },
  { kind: 'status', status: 500, stored: true },
  { kind: 'status', status: 412 },
  { kind: 'status', status: 429 },
  { kind: 'status', status: 429, headers: { 'retry-after': '1' } },
];
const CONVERSATIONS = 5;
const FAULTY_SHARE = 0.12;
const RECOVERY_SHARE = 0.5;
const DRAINED_SHARE = 0.1;
const LONGEST_START_MS = 1_600;

/** Numbers between 0 and 1, the same for the same seed. */
export type Random = () => number;

export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function planDay(random: Random, size: DaySize): DayPlan {
  return {
    ending: random() < DRAINED_SHARE ? { kind: 'drained', ms: random() * size.ms } : planKill(random, size),
    recoveryMs: random() < RECOVERY_SHARE ? random() * LONGEST_START_MS : undefined,
    isPressedAtOnce: random() < 0.5,
    faults: planFaults(random),
  };
}

function planKill(random: Random, size: DaySize): Ending {
  const which = random();
  if (which < 0.4) {
    const n = 1 + Math.floor(random() * size.requests);
    return { kind: 'request', n, when: pick(random, ['before', 'stored', 'answered']) };
  }
  if (which < 0.8) {
    const n = 1 + Math.floor(random() * size.statements);
    return { kind: 'statement', n, when: pick(random, ['before', 'after']) };
  }
  return { kind: 'time', ms: random() * size.ms };
}

function planFaults(random: Random): ReadonlyMap<string, ConnectorBehaviour> {
  const faults = new Map<string, ConnectorBehaviour>();
  for (let conversation = 0; conversation < CONVERSATIONS; conversation += 1) {
    for (const call of ['POST', 'PUT']) {
      if (random() < FAULTY_SHARE) faults.set(`${conversation} ${call}`, pick(random, behaviours));
    }
  }
  return faults;
}

function pick<T>(random: Random, from: readonly T[]): T {
  const chosen = from[Math.floor(random() * from.length)];
  if (chosen === undefined) throw new Error('nothing to choose from');
  return chosen;
}

/** The plan in a line, for whoever reads of a fault. */
export function tell({ ending, recoveryMs, faults }: DayPlan): string {
  return JSON.stringify({ ending, recoveryMs, faults: Object.fromEntries(faults) });
}
