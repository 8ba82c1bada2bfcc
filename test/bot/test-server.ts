import { type Server, type ServerDeps, startServer } from '../../bot/server.ts';
import { silentLog } from '../../services/log.ts';

export const json = { 'content-type': 'application/json' };

/** A server on a port of its own, and what came through it. */
export interface TestServer {
  readonly url: string;
  /** The activities that were handed on. */
  readonly received: readonly string[];
  /** How often the student system rang. */
  hooks(): number;
  post(path: string, body: string, headers?: Record<string, string>): Promise<Response>;
  close(): Promise<void>;
}

export async function startTestServer(changes: Partial<ServerDeps> = {}): Promise<TestServer> {
  const received: string[] = [];
  let hooks = 0;
  const server: Server = await startServer({
    host: '127.0.0.1',
    port: 0,
    log: silentLog,
    receive: async (body) => {
      received.push(body);
      return { status: 200, body: { answered: true } };
    },
    ready: async () => ({ isReady: true, checks: { database: 'ok' } }),
    metrics: async () => 'sedd_turns_total 1\n',
    status: async () => ({ waiting: 0 }),
    metricsToken: 'metrics-token-long-enough',
    hookSecret: 'hook-secret-long-enough',
    onHook: async () => {
      hooks += 1;
    },
    ...changes,
  });
  return {
    url: server.url,
    received,
    hooks: () => hooks,
    post: async (path, body, headers = json) =>
      await fetch(`${server.url}${path}`, { method: 'POST', headers, body }),
    close: async () => await server.close(),
  };
}
