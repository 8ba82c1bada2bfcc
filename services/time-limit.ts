/**
 * A signal that aborts with a `TimeoutError` after so many milliseconds, whatever becomes of it meanwhile. One of
 * `AbortSignal.timeout` does not where only a signal made from it is still held, as by a call that waits for its answer: it is
 * swept away, and its timer with it.
 *
 * Time in which the process stood still, as on a machine that was paused, counts as half of it at most: an answer that has come
 * meanwhile is still read. Timers go off first when a process goes on, and one of the whole time would end the call before.
 */
export function timeLimit(ms: number): AbortSignal {
  const limit = new AbortController();
  const abort = () => limit.abort(new DOMException('It took too long', 'TimeoutError'));
  // The timers hold what they end. They keep no process from ending.
  setTimeout(() => setTimeout(abort, ms / 2).unref(), ms / 2).unref();
  return limit.signal;
}
