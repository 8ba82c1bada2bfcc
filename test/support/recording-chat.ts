import type { TeamsProfile } from '../../services/people/teams-users.ts';
import type { Chat, ChatAddress, ChatMessage } from '../../services/posts/chat.ts';
import { ChatFailure } from '../../services/posts/chat.ts';

export interface ChatCall {
  readonly op: 'post' | 'update' | 'delete' | 'members' | 'openPersonal';
  readonly to: string;
  /** The message; of a posting the one that it gets. */
  readonly id: string;
  readonly message: ChatMessage | undefined;
}

/** Decides how a call ends: `store` lets it happen first, what is thrown is how it fails. Left out, it goes well. */
export type ChatAnswer = (call: ChatCall, store: () => void) => void | Promise<void>;

export interface RecordingChat {
  readonly chat: Chat;
  /** Every call, in the order they came. */
  readonly calls: readonly ChatCall[];
  answer: ChatAnswer | undefined;
  /** What a conversation shows: the summaries of its messages, in the order they were posted. */
  shownIn(to: string): readonly string[];
  /** Who is in which conversation. */
  readonly members: Map<string, readonly TeamsProfile[]>;
  /** Takes a message away, as a person can. */
  lose(id: string): void;
  /** The most calls that were ever under way at once, in any one conversation and together. */
  readonly most: { conversation: number; together: number };
}

/** A chat in memory that keeps what it is told, and remembers every call. */
export function recordingChat(): RecordingChat {
  const calls: ChatCall[] = [];
  const messages = new Map<string, { readonly to: string; readonly message: ChatMessage }>();
  const members = new Map<string, readonly TeamsProfile[]>();
  const underWay: string[] = [];
  let next = 1;

  async function make(call: ChatCall, act: () => void): Promise<void> {
    calls.push(call);
    underWay.push(call.to);
    own.most.conversation = Math.max(own.most.conversation, underWay.filter((to) => to === call.to).length);
    own.most.together = Math.max(own.most.together, underWay.length);
    let isDone = false;
    const once = () => {
      if (!isDone) act();
      isDone = true;
    };
    try {
      await own.answer?.(call, once);
      once();
    } finally {
      underWay.splice(underWay.indexOf(call.to), 1);
    }
  }

  const chat: Chat = {
    async post({ id: to }: ChatAddress, message) {
      const id = `m${next++}`;
      await make({ op: 'post', to, id, message }, () => messages.set(id, { to, message }));
      return id;
    },
    async update({ id: to }, id, message) {
      await make({ op: 'update', to, id, message }, () => {
        if (!messages.has(id)) throw new ChatFailure('messageGone', 'ActivityNotFoundInConversation', 'gone');
        messages.set(id, { to, message });
      });
    },
    async delete({ id: to }, id) {
      await make({ op: 'delete', to, id, message: undefined }, () => messages.delete(id));
    },
    async members({ id: to }) {
      await make({ op: 'members', to, id: '', message: undefined }, () => {});
      return members.get(to) ?? [];
    },
    async openPersonal({ teamsId }) {
      await make({ op: 'openPersonal', to: teamsId, id: '', message: undefined }, () => {});
      return `a:${teamsId}`;
    },
  };

  const own: RecordingChat = {
    chat,
    calls,
    answer: undefined,
    members,
    shownIn: (to) => [...messages.values()].filter((one) => one.to === to).map((one) => one.message.summary),
    lose: (id) => messages.delete(id),
    most: { conversation: 0, together: 0 },
  };
  return own;
}
