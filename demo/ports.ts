import { createServer } from 'node:net';
import { SeddError } from '../services/errors.ts';

const LAST_PORT = 65_535;

/** The port that is wanted, or the next one where it is taken. */
export async function nextFreePort(wanted: number): Promise<number> {
  for (let port = wanted; port <= LAST_PORT; port += 1) if (await isFree(port)) return port;
  throw new SeddError('demo.portTaken', `Every port from ${wanted} on is taken`, { port: wanted });
}

/** Fails with `demo.portTaken` unless just this port can be listened on; 0 always can. */
export async function demandFreePort(port: number): Promise<number> {
  if (await isFree(port)) return port;
  const remedy = `Port ${port} is taken: stop what uses it, or leave out --port and the next that is free is taken.`;
  throw new SeddError('demo.portTaken', remedy, { port });
}

async function isFree(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const probe = createServer()
      .once('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
