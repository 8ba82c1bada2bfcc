/**
 * A signal that aborts with a `TimeoutError` after so many milliseconds, whatever becomes of it meanwhile. One of
 * `AbortSignal.timeout` does not where only a signal made from it is still held, as by a call that waits for its answer: it is
 * swept away, and its timer with it.
 */
export function timeLimit(ms: number): AbortSignal {
  const limit = new AbortController();
  // The timer holds what it ends. It keeps no process from ending.
  setTimeout(() => limit.abort(new DOMException('It took too long', 'TimeoutError')), ms).unref();
  return limit.signal;
}
