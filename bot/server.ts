import { timingSafeEqual } from 'node:crypto';
import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import restify from 'restify';
import { SeddError } from '../services/errors.ts';
import type { Log } from '../services/log.ts';
import type { TurnResponse } from './attendance-bot.ts';
import { guardConnections, MOST_BODY_BYTES, refuseUnsafe } from './http-guards.ts';
import { createUnderWay } from './under-way.ts';

export interface ServerDeps {
  readonly host: string;
  /** 0 takes any that is free. */
  readonly port: number;
  readonly log: Log;
  readonly receive: (body: string, authorization: string | undefined) => Promise<TurnResponse>;
  readonly ready: () => Promise<{ readonly isReady: boolean; readonly checks: object }>;
  readonly metrics: () => Promise<string>;
  readonly status: () => Promise<object>;
  /** Opens /metrics and /status to others than this machine. */
  readonly metricsToken: string | undefined;
  /** The secret part of the path that a student system calls when it has news. */
  readonly hookSecret: string | undefined;
  readonly onHook: () => Promise<void>;
  /** How long closing waits for requests under way, in milliseconds. */
  readonly drainMs?: number;
  /** How long a request's body may take to come, in milliseconds. */
  readonly longestBodyMs?: number;
}

export interface Server {
  readonly url: string;
  /** Takes no new requests and waits for those under way, also where the caller has hung up, but not for ever. */
  close(): Promise<void>;
}

/** Starts to listen. Fails with `server.portTaken`. */
export async function startServer(deps: ServerDeps): Promise<Server> {
  const server = restify.createServer({ name: '', handleUncaughtExceptions: false });
  guardConnections(server.server as HttpServer);
  server.pre(refuseUnsafe(deps.longestBodyMs));
  server.use(restify.plugins.bodyReader({ maxBodySize: MOST_BODY_BYTES }));
  server.on('restifyError', (_request, response, error, done) => {
    const status = statusOf(error);
    if (status >= 500) deps.log.error({ err: error }, 'A request failed in a way that Sedd does not know');
    // Restify would show the error itself; the caller learns no more than its status.
    response.send(status, { code: 'refused' });
    return done();
  });
  const underWay = createUnderWay();
  addRoutes(server, {
    ...deps,
    receive: underWay.remembered(deps.receive),
    onHook: underWay.remembered(deps.onHook),
  });
  await listen(server, deps);
  const drainMs = deps.drainMs ?? LONGEST_DRAIN_MS;
  const { address, port } = server.server.address() as AddressInfo;
  return {
    url: `http://${address.includes(':') ? `[${address}]` : address}:${port}`,
    close: async () => {
      await drain(server.server as HttpServer, drainMs);
      await underWay.ended(drainMs);
    },
  };
}

/** Longer than any turn takes; what still sends after this is not heard to its end. */
const LONGEST_DRAIN_MS = 20_000;

async function drain(server: HttpServer, longestMs: number): Promise<void> {
  const hurry = setTimeout(() => server.closeAllConnections(), longestMs);
  // A connection whose last request is answered only now would otherwise be kept for the next one.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  clearTimeout(hurry);
  clearInterval(sweep);
}

function addRoutes(server: restify.Server, deps: ServerDeps): void {
  server.post('/api/messages', async (request: restify.Request, response: restify.Response) => {
    const body = typeof request.body === 'string' ? request.body : JSON.stringify(request.body ?? '');
    const answer = await deps.receive(body, request.headers.authorization);
    response.send(answer.status, answer.body);
  });
  server.get('/healthz', async (_request: restify.Request, response: restify.Response) => {
    response.send(200, { status: 'up' });
  });
  server.get('/readyz', async (_request: restify.Request, response: restify.Response) => {
    const { isReady, checks } = await deps.ready();
    response.send(isReady ? 200 : 503, checks);
  });
  server.get('/metrics', async (request: restify.Request, response: restify.Response) => {
    if (!isOperator(request, deps.metricsToken)) return void response.send(404, { code: 'notFound' });
    response.sendRaw(200, await deps.metrics(), { 'content-type': 'text/plain; version=0.0.4' });
  });
  server.get('/status', async (request: restify.Request, response: restify.Response) => {
    if (!isOperator(request, deps.metricsToken)) return void response.send(404, { code: 'notFound' });
    response.send(200, await deps.status());
  });
  server.post('/hooks/ss12000/:secret', async (request: restify.Request, response: restify.Response) => {
    if (!isSame(String(request.params.secret), deps.hookSecret))
      return void response.send(404, { code: 'notFound' });
    await deps.onHook();
    response.send(202);
  });
}

/** Somebody on this machine, or with the token. */
function isOperator(request: restify.Request, token: string | undefined): boolean {
  const from = request.socket.remoteAddress ?? '';
  const isLocal = from === '::1' || from.replace('::ffff:', '').startsWith('127.');
  // Behind a proxy everybody comes from this machine.
  const isForwarded =
    request.headers['x-forwarded-for'] !== undefined || request.headers.forwarded !== undefined;
  if (isLocal && !isForwarded) return true;
  return isSame(request.headers.authorization?.replace(/^Bearer /, '') ?? '', token);
}

/** Takes equally long however much of it is right. */
function isSame(given: string, secret: string | undefined): boolean {
  if (secret === undefined) return false;
  const [a, b] = [Buffer.from(given), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function statusOf(error: unknown): number {
  const hasStatus = typeof error === 'object' && error !== null && 'statusCode' in error;
  return hasStatus && typeof error.statusCode === 'number' ? error.statusCode : 500;
}

async function listen(server: restify.Server, { host, port }: ServerDeps): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: Error) => reject(portTaken(port, cause)));
    server.listen(port, host, () => resolve());
  });
}

function portTaken(port: number, cause: Error): SeddError {
  const remedy = `Port ${port} cannot be listened on: stop what uses it, or choose another with PORT.`;
  return new SeddError('server.portTaken', remedy, { port }, cause);
}
