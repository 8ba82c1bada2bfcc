import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** A server in a thread of its own: it answers the one call it gets while this thread stands still, and not before. */
export interface AnsweringMeanwhile {
  readonly host: string;
  /** Resolves when the call has arrived. */
  readonly called: Promise<unknown>;
  /** Stands still until the call is answered, and for so many milliseconds more. */
  standStill(ms: number): void;
  close(): Promise<unknown>;
}

const STANDS = 0;
const IS_ANSWERED = 1;

/** Starts one that answers every call with this body. */
export async function startAnsweringMeanwhile(body: object): Promise<AnsweringMeanwhile> {
  const flags = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  const worker = new Worker(source, { eval: true, workerData: { flags, body: JSON.stringify(body) } });
  const [port] = (await once(worker, 'message')) as [number];
  return {
    host: `127.0.0.1:${port}`,
    called: once(worker, 'message'),
    standStill(ms) {
      Atomics.store(flags, STANDS, 1);
      Atomics.notify(flags, STANDS);
      Atomics.wait(flags, IS_ANSWERED, 0);
      Atomics.wait(flags, IS_ANSWERED, 1, ms);
    },
    close: () => worker.terminate(),
  };
}

/** Plain JavaScript: a thread has none of what reads TypeScript here. */
const source = `
  const { createServer } = require('node:http');
  const { parentPort, workerData: { flags, body } } = require('node:worker_threads');
  const server = createServer((request, response) => {
    request.resume().once('end', () => {
      parentPort.postMessage('called');
      Atomics.wait(flags, ${STANDS}, 0);
      response.end(body, () => {
        Atomics.store(flags, ${IS_ANSWERED}, 1);
        Atomics.notify(flags, ${IS_ANSWERED});
      });
    });
  });
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;
