import type { Clock } from '../services/clock.ts';
import type { TeamsProfile } from '../services/people/teams-users.ts';
import { ChatFailure } from '../services/posts/chat.ts';
import type { Connector } from './connector.ts';
import type { Press } from './inbound.ts';
import { profileOf } from './teams-people.ts';

export interface Members {
  /** Undefined where Teams does not say, or not soon enough: a press is not kept waiting for it. */
  of(press: Pick<Press, 'from' | 'conversation'>): Promise<TeamsProfile | undefined>;
}

export interface MembersDeps {
  readonly connector: Connector;
  readonly clock: Clock;
  /** Resolves after so many real milliseconds. */
  readonly delay: (ms: number) => Promise<void>;
}

/** Teams wants its answer within a few seconds, and has it from what else is known. */
const LONGEST_MS = 1_000;
/** Nobody becomes a guest in the middle of a school day. */
const KEPT_HOURS = 12;
/** Where Teams refuses to tell, it is not asked at each press … */
const REFUSAL_KEPT_HOURS = 1;
/** … and where it could not, it may be able to soon. */
const FAILURE_KEPT_HOURS = 1 / 120;
const MOST_KEPT = 5_000;

interface Kept {
  readonly member: Promise<TeamsProfile | undefined>;
  readonly until: number;
}

/** Asks Teams about a person once per conversation and half day: reading members counts double against its limits. */
export function createMembers(deps: MembersDeps): Members {
  const kept = new Map<string, Kept>();

  function ask(key: string, press: Pick<Press, 'from' | 'conversation'>): Promise<TeamsProfile | undefined> {
    const now = deps.clock.now().epochMilliseconds;
    const found = readMember(deps.connector, press).catch((error: unknown) => {
      const isPassing = error instanceof ChatFailure && ['notAccepted', 'unknown'].includes(error.kind);
      const until = now + hours(isPassing ? FAILURE_KEPT_HOURS : REFUSAL_KEPT_HOURS);
      kept.set(key, { member: found, until });
      return undefined;
    });
    if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value ?? '');
    kept.set(key, { member: found, until: now + hours(KEPT_HOURS) });
    return found;
  }

  return {
    async of(press) {
      const key = `${press.conversation.id} ${press.from.teamsId}`;
      const known = kept.get(key);
      const isKept = known !== undefined && known.until > deps.clock.now().epochMilliseconds;
      const tooSlow = deps.delay(LONGEST_MS).then(() => undefined);
      return await Promise.race([isKept ? known.member : ask(key, press), tooSlow]);
    },
  };
}

async function readMember(
  connector: Connector,
  { from, conversation }: Pick<Press, 'from' | 'conversation'>,
): Promise<TeamsProfile | undefined> {
  const path = `v3/conversations/${encodeURIComponent(conversation.id)}/members/${encodeURIComponent(from.teamsId)}`;
  return profileOf(await connector.call('GET', conversation.serviceUrl, path), conversation.tenantId);
}

function hours(count: number): number {
  return count * 3_600_000;
}
