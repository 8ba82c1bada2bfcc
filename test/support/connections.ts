import type { IncomingMessage } from 'node:http';
import { connect, type Server, type Socket } from 'node:net';

/** The connections that a server has, so that one can wait until those who made them are gone. */
export class Connections {
  private readonly open = new Set<Socket>();
  private waiting: (() => void)[] = [];

  constructor(server: Server) {
    server.on('connection', (socket: Socket) => {
      this.open.add(socket);
      socket.once('close', () => {
        this.open.delete(socket);
        this.changed();
      });
      this.changed();
    });
  }

  /** Resolves when every connection that was made to the port until now has been taken and is closed. */
  async closed(port: number): Promise<void> {
    // Connections are taken in the order in which they were made: when this one is, those before it have been.
    const last = connect({ port, host: '127.0.0.1' });
    try {
      await new Promise<void>((resolve, reject) => last.once('connect', resolve).once('error', reject));
      const isLast = (socket: Socket) => socket.remotePort === last.localPort;
      await this.until(() => [...this.open].some(isLast) && [...this.open].every(isLast));
    } finally {
      last.destroy();
    }
  }

  private async until(isDone: () => boolean): Promise<void> {
    while (!isDone()) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  private changed(): void {
    for (const wake of this.waiting.splice(0)) wake();
  }
}

/** Whether the client still waits for its answer. That it left before its call was read is heard two turns after the call. */
export async function isWaiting({ socket }: IncomingMessage): Promise<boolean> {
  for (let turn = 0; turn < 2; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  return !socket.destroyed;
}
