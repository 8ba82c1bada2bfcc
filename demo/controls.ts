import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DemoClock } from './clock.ts';
import { clockFacts, controlsPage, type PageLanguage } from './controls-page.ts';
import { orders, type SchoolTimes } from './orders.ts';
import { LAST_PORT } from './ports.ts';

export interface Controls {
  readonly url: string;
  close(): Promise<void>;
}

export interface ControlsDeps {
  readonly clock: DemoClock;
  readonly times: SchoolTimes;
  /** The local Teams, which the page leads to. */
  readonly teamsUrl: string;
  /** Taken, or the next one that is free: another demo may have it. */
  readonly port: number;
}

/** A page on this machine where the demo's clock is held and stepped. */
export async function startControls(deps: ControlsDeps): Promise<Controls> {
  const server = createServer((request, response) => answer(deps, request, response));
  await listenFrom(server, deps.port);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function listenFrom(server: Server, port: number): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!isTaken || port === LAST_PORT) throw error;
    await listenFrom(server, port + 1);
  }
}

function answer(deps: ControlsDeps, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, search } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const language = languageOf(request, search);
  if (request.method === 'POST') obey(deps, pathname, response, search);
  else if (pathname === '/clock')
    send(response, 'application/json', JSON.stringify(clockFacts(deps, language)));
  else if (pathname === '/') send(response, 'text/html', controlsPage(deps, language));
  else refuse(response);
}

function obey(
  { clock, times }: ControlsDeps,
  pathname: string,
  response: ServerResponse,
  search: string,
): void {
  const order = orders.find(({ path }) => pathname === `/${path}`);
  if (order === undefined) return void refuse(response);
  order.act(clock, times);
  response.writeHead(303, { location: `/${search}` });
  response.end();
}

/** As the page was asked for, else as the browser prefers. */
function languageOf(request: IncomingMessage, search: string): PageLanguage {
  const asked = new URLSearchParams(search).get('lang') ?? request.headers['accept-language'] ?? '';
  return asked.toLowerCase().startsWith('en') ? 'en' : 'sv';
}

function send(response: ServerResponse, type: string, body: string): void {
  // Not chained: restify takes the return value of `writeHead` away from every server of the process.
  response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' });
  response.end(body);
}

function refuse(response: ServerResponse): void {
  response.writeHead(404);
  response.end();
}
