import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DemoClock } from './clock.ts';
import { TIME_ZONE } from './timetable.ts';

export interface Controls {
  readonly url: string;
  close(): Promise<void>;
}

/** What can be asked of the demo's clock, by its path. */
const orders: Readonly<Record<string, (clock: DemoClock) => void>> = {
  hold: (clock) => clock.hold(),
  resume: (clock) => clock.resume(),
  'step-5': (clock) => clock.step({ minutes: 5 }),
  'step-60': (clock) => clock.step({ minutes: 60 }),
};

/** A page on this machine where the demo's clock is held and stepped, from a phone's width up. */
export async function startControls(clock: DemoClock, port: number): Promise<Controls> {
  const server = createServer((request, response) => answer(clock, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function answer(clock: DemoClock, request: IncomingMessage, response: ServerResponse): void {
  const path = (request.url ?? '/').slice(1);
  if (request.method === 'POST') {
    const order = orders[path];
    order?.(clock);
    response.writeHead(order === undefined ? 404 : 303, { location: '/' });
    response.end();
    return;
  }
  // Not chained: restify takes the return value of `writeHead` away from every server of the process.
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(pageOf(clock));
}

/** The demo's time as the school reads it. */
export function shownTime(clock: DemoClock): string {
  const now = clock.now().toZonedDateTimeISO(TIME_ZONE);
  const day = now.toLocaleString('sv-SE', { weekday: 'long', day: 'numeric', month: 'long' });
  return `${day} ${now.toPlainTime().toString({ smallestUnit: 'minute' })}`;
}

function pageOf(clock: DemoClock): string {
  const button = (path: string, title: string) =>
    `<form method="post" action="/${path}"><button>${title}</button></form>`;
  return `<!doctype html><html lang="sv"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="5"><title>Sedd – demons klocka</title>
<style>body{font:18px/1.5 system-ui;max-width:24rem;margin:2rem auto;padding:0 1rem}
button{font:inherit;width:100%;padding:.6rem;margin:.2rem 0}h1{font-size:1.6rem}</style>
<h1>${shownTime(clock)}</h1><p>${clock.isHeld ? 'Klockan står stilla.' : `Klockan går ${clock.speed} gånger så fort.`}</p>
${clock.isHeld ? button('resume', 'Låt klockan gå') : button('hold', 'Stanna klockan')}
${button('step-5', 'Fem minuter framåt')}${button('step-60', 'En timme framåt')}</html>`;
}
