import { z } from 'zod';
import type { Clock } from '../services/clock.ts';
import type { Connector } from './connector.ts';
import type { Press } from './inbound.ts';

const member = z.object({ tenantId: z.string().nullish(), userRole: z.string().nullish() });

/** What Teams says of somebody in a conversation: whose account it is, and whether they are a guest there. */
export interface Member {
  readonly tenantId: string | undefined;
  readonly role: string | undefined;
}

export interface Members {
  /** Undefined where Teams does not say, or not soon enough: a press is not kept waiting for it. */
  of(press: Pick<Press, 'from' | 'conversation'>): Promise<Member | undefined>;
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
/** Where Teams refuses to tell, it is not asked at each press. */
const REFUSAL_KEPT_HOURS = 1;
const MOST_KEPT = 5_000;

interface Kept {
  readonly member: Promise<Member | undefined>;
  readonly until: number;
}

/** Asks Teams about a person once per conversation and half day: reading members counts double against its limits. */
export function createMembers(deps: MembersDeps): Members {
  const kept = new Map<string, Kept>();

  function ask(key: string, press: Pick<Press, 'from' | 'conversation'>): Promise<Member | undefined> {
    const now = deps.clock.now().epochMilliseconds;
    const found = readMember(deps.connector, press).catch(() => {
      kept.set(key, { member: found, until: now + hours(REFUSAL_KEPT_HOURS) });
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
): Promise<Member> {
  const path = `v3/conversations/${encodeURIComponent(conversation.id)}/members/${encodeURIComponent(from.teamsId)}`;
  const { tenantId, userRole } = member.parse(await connector.call('GET', conversation.serviceUrl, path));
  return { tenantId: tenantId ?? undefined, role: userRole ?? undefined };
}

function hours(count: number): number {
  return count * 3_600_000;
}
