import { connect } from 'node:net';

export interface RawAnswer {
  readonly status: number | undefined;
  /** Everything that came back, headers and all. */
  readonly text: string;
}

/** Sends bytes as they are, as no well-behaved client would, and resolves with what comes back until the connection closes. */
export function sendRaw(baseUrl: string, ...parts: readonly (string | Buffer)[]): Promise<RawAnswer> {
  const { hostname, port } = new URL(baseUrl);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname);
    const finish = () => {
      socket.destroy();
      const text = Buffer.concat(chunks).toString('utf8');
      const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
      resolve({ status: status === undefined ? undefined : Number(status), text });
    };
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('close', finish);
    // A server that has heard enough resets the connection; what it said before counts.
    socket.on('error', finish);
    for (const part of parts) socket.write(part);
  });
}

/** The head of a POST that asks for the connection to be closed after the answer. */
export function postHead(path: string, headers: Readonly<Record<string, string | number>>): string {
  const lines = Object.entries({ host: 'sedd', connection: 'close', ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return `POST ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
}
