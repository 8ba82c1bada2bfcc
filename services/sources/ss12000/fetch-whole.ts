/** An answer that has come to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** What is left of the time and the bytes that one piece of work may take. */
export interface Budget {
  readonly signal: AbortSignal;
  bytesLeft: number;
}

export class CallTimeout extends Error {}
export class AnswerTooLarge extends Error {}

/**
 * Makes one call and reads its answer to the end. Fails with `CallTimeout` where nothing came for `stallMs`, be it the
 * connection, the headers or the next part of the body, or where the budget's time is up. A redirect is an answer too: the
 * token is for one host.
 */
export async function fetchWhole(
  url: URL,
  init: RequestInit,
  stallMs: number,
  budget: Budget,
): Promise<Answer> {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), stallMs);
  const signal = AbortSignal.any([silence.signal, budget.signal]);
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal });
    const text = await readText(response, budget, () => timer.refresh());
    return { status: response.status, headers: response.headers, text };
  } catch (error) {
    if (signal.aborted) throw new CallTimeout('The answer did not come in time');
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function readText(response: Response, budget: Budget, onChunk: () => void): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    onChunk();
    budget.bytesLeft -= chunk.byteLength;
    if (budget.bytesLeft < 0) throw new AnswerTooLarge('The answer is larger than any that Sedd asks for');
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
