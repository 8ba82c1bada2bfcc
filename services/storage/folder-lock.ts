import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SeddError } from '../errors.ts';

export interface FolderLock {
  release(): Promise<void>;
}

/**
 * Takes a folder for this process alone. The lock is a listening socket, which the kernel frees however the process ends;
 * a file with a process id would mislead in containers. Two processes in one PGlite folder corrupt it silently.
 * Fails with `storage.locked`.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const server = createServer((socket) => socket.destroy());
  try {
    await listen(server, lockName(realpathSync(folder)));
  } catch (cause) {
    throw new SeddError(
      'storage.locked',
      `The data folder ${folder} is in use by another Sedd process. Stop that one first, or give this one a folder of its own with SEDD_DATA_DIR.`,
      { folder },
      cause,
    );
  }
  server.unref();
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** Linux: an abstract socket, which is no file. Windows: a named pipe. Elsewhere a socket in the temporary folder. */
function lockName(path: string): string {
  const name = `sedd-${createHash('sha256').update(path).digest('hex').slice(0, 32)}`;
  if (process.platform === 'linux') return `\0${name}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  return join(tmpdir(), `${name}.sock`);
}

async function listen(server: Server, path: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ path, exclusive: true }, resolve);
  });
}
