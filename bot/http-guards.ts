import type { Next, Request, Response } from 'restify';

/** More than any activity that Teams sends. */
export const MOST_BODY_BYTES = 256 * 1024;

/**
 * Refuses, before anything reads a body, what could harm: compressed bodies (one bad one ends the process, one bomb takes its
 * memory), other types than JSON (multipart is written to disk), and bodies that are too large or do not say how large.
 */
export function refuseUnsafe(request: Request, response: Response, next: Next): void {
  const refusal =
    request.method === 'POST' || request.method === 'PUT' ? refusalOf(request.headers) : undefined;
  if (refusal === undefined) {
    next();
    return;
  }
  response.send(refusal, { code: 'refused' });
  // What was not read must not be taken for the next request on this connection.
  response.once('finish', () => request.socket.destroy());
  next(false);
}

/** The status to refuse with; undefined where the headers are good. */
export function refusalOf(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): number | undefined {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') return 415;
  if (!/^application\/json\s*(;|$)/i.test(String(headers['content-type'] ?? ''))) return 415;
  const length = headers['content-length'];
  if (length === undefined || !/^\d+$/.test(String(length)) || Number(length) > MOST_BODY_BYTES) return 413;
  return undefined;
}
