/** Teams' windows: most calls within so many milliseconds, for the whole tenant and for each conversation. */
export interface ConnectorLimits {
  readonly tenant: readonly Window[];
  readonly conversation: readonly Window[];
}

interface Window {
  readonly most: number;
  readonly withinMs: number;
}

/** The figures of Microsoft's "Optimize your bot with rate limiting in Teams". */
export const teamsWindows: ConnectorLimits = {
  tenant: [{ most: 50, withinMs: 1_000 }],
  conversation: [
    { most: 7, withinMs: 1_000 },
    { most: 8, withinMs: 2_000 },
    { most: 60, withinMs: 30_000 },
    { most: 1_800, withinMs: 3_600_000 },
  ],
};

/**
 * Sliding windows, counted strictly: a call that would be one too many is refused and does not count.
 * Answers how many milliseconds until it would pass; 0 when it passed.
 */
export function createLimiter(limits: ConnectorLimits): (conversationId: string, nowMs: number) => number {
  const tenant: number[] = [];
  const conversations = new Map<string, number[]>();

  return (conversationId, nowMs) => {
    const own = conversations.get(conversationId) ?? [];
    const waits = [
      ...limits.tenant.map((window) => waitOf(tenant, window, nowMs)),
      ...limits.conversation.map((window) => waitOf(own, window, nowMs)),
    ];
    const wait = Math.max(0, ...waits);
    if (wait > 0) return wait;
    tenant.push(nowMs);
    own.push(nowMs);
    conversations.set(conversationId, own);
    return 0;
  };
}

/** Milliseconds until fewer than `most` of the calls lie within the window. */
function waitOf(calls: readonly number[], window: Window, nowMs: number): number {
  const oldestThatCounts = calls.at(-window.most);
  return oldestThatCounts === undefined ? 0 : oldestThatCounts + window.withinMs - nowMs;
}
