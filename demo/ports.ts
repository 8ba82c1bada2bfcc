import { type AddressInfo, createServer, type Server } from 'node:net';
import { SeddError } from '../services/errors.ts';

/** A port that nobody else can take until it is let go. */
export interface ReservedPort {
  readonly port: number;
  letGo(): Promise<void>;
}

export const LAST_PORT = 65_535;

/** Takes the port that is wanted, or the next one that is free; of 0, any. Fails with `demo.portTaken` where there is none. */
export async function reservePort(wanted: number): Promise<ReservedPort> {
  for (let port = wanted; port <= LAST_PORT; port += 1) {
    const reserved = await take(port);
    if (reserved !== undefined) return reserved;
  }
  throw new SeddError('demo.portTaken', `Every port from ${wanted} on is taken`, { port: wanted });
}

/** The port that is wanted, or the next one that is free. */
export async function nextFreePort(wanted: number): Promise<number> {
  const { port, letGo } = await reservePort(wanted);
  await letGo();
  return port;
}

/** Fails with `demo.portTaken` unless just this port can be listened on; of 0, one that is free. */
export async function demandFreePort(wanted: number): Promise<number> {
  const reserved = await take(wanted);
  if (reserved !== undefined) {
    await reserved.letGo();
    return reserved.port;
  }
  const remedy = `Port ${wanted} is taken: stop what uses it, or leave out --port and the next that is free is taken.`;
  throw new SeddError('demo.portTaken', remedy, { port: wanted });
}

async function take(wanted: number): Promise<ReservedPort | undefined> {
  const holder: Server | undefined = await new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(undefined));
    server.listen(wanted, '127.0.0.1', () => resolve(server));
  });
  if (holder === undefined) return undefined;
  const { port } = holder.address() as AddressInfo;
  return { port, letGo: () => new Promise((resolve) => holder.close(() => resolve())) };
}
