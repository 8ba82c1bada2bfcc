import type { Server as HttpServer } from 'node:http';
import type { Next, Request, Response } from 'restify';

/** More than any activity that Teams sends. */
export const MOST_BODY_BYTES = 256 * 1024;

/** Teams sends a body at once; what takes longer is somebody who holds the connection. */
const LONGEST_BODY_MS = 10_000;

/** Nobody may hold a connection open: by a head that never ends, or by asking for another protocol. */
export function guardConnections(server: HttpServer): void {
  server.headersTimeout = 10_000;
  server.requestTimeout = 20_000;
  server.keepAliveTimeout = 65_000;
  server.maxHeadersCount = 100;
  // Restify takes over such a connection and then leaves it; without a listener it is a request like any other.
  server.removeAllListeners('upgrade');
}

/**
 * Refuses, before anything reads a body, what could harm: compressed bodies (one bad one ends the process, one bomb takes its
 * memory, with whatever method it comes), other types than JSON (multipart is written to disk), and bodies that are too large,
 * do not say how large, or take too long to come.
 */
export function refuseUnsafe(longestBodyMs = LONGEST_BODY_MS) {
  return (request: Request, response: Response, next: Next): void => {
    const refusal = refusalOf(request.method ?? '', request.headers);
    if (refusal === undefined) {
      hurry(request, longestBodyMs);
      next();
      return;
    }
    response.send(refusal, { code: 'refused' });
    // What was not read must not be taken for the next request on this connection.
    response.once('finish', () => request.socket.destroy());
    next(false);
  };
}

function hurry(request: Request, longestMs: number): void {
  const timer = setTimeout(() => request.socket.destroy(), longestMs);
  const stop = () => clearTimeout(timer);
  request.once('end', stop);
  request.once('close', stop);
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** The status to refuse with; undefined where the head is good. */
export function refusalOf(method: string, headers: Headers): number | undefined {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') return 415;
  if (!['POST', 'PUT', 'PATCH'].includes(method)) return hasBody(headers) ? 400 : undefined;
  if (!/^application\/json\s*(;|$)/i.test(String(headers['content-type'] ?? ''))) return 415;
  const length = headers['content-length'];
  if (length === undefined || !/^\d+$/.test(String(length)) || Number(length) > MOST_BODY_BYTES) return 413;
  return undefined;
}

function hasBody(headers: Headers): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0;
}
