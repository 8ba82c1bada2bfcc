import type { Chat, ChatAddress, ChatMessage } from '../../services/posts/chat.ts';

export type ChatCall =
  | { readonly op: 'post'; readonly to: string; readonly id: string; readonly message: ChatMessage }
  | { readonly op: 'update'; readonly to: string; readonly id: string; readonly message: ChatMessage }
  | { readonly op: 'delete'; readonly to: string; readonly id: string };

/** A chat in memory that remembers every call; `fail` decides which of them go wrong, and how. */
export function recordingChat(
  fail: (call: { op: ChatCall['op']; to: string }) => Error | undefined = () => undefined,
) {
  const calls: ChatCall[] = [];
  let next = 1;

  async function refuse(op: ChatCall['op'], to: ChatAddress): Promise<void> {
    const failure = fail({ op, to: to.id });
    if (failure !== undefined) throw failure;
  }

  const chat: Chat = {
    async post(to, message) {
      await refuse('post', to);
      const id = `m${next++}`;
      calls.push({ op: 'post', to: to.id, id, message });
      return id;
    },
    async update(to, id, message) {
      await refuse('update', to);
      calls.push({ op: 'update', to: to.id, id, message });
    },
    async delete(to, id) {
      await refuse('delete', to);
      calls.push({ op: 'delete', to: to.id, id });
    },
  };
  return { chat, calls };
}
