import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { unlink } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SeddError } from '../errors.ts';

export interface FolderLock {
  release(): Promise<void>;
}

/**
 * Takes a folder for this process alone. The lock is a listening socket, which the kernel frees however the process ends;
 * a file with a process id would mislead in containers. Two processes in one PGlite folder corrupt it silently.
 * Fails with `storage.locked`, or `storage.unlockable`.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const taken: Server[] = [];
  const release = async () => {
    for (const server of taken) await closed(server);
  };
  for (const name of lockNames(realpathSync(folder))) {
    const server = await take(name);
    if (server === 'inUse') {
      await release();
      throw inUse(folder);
    }
    if (server !== undefined) taken.push(server);
  }
  if (taken.length === 0) throw unlockable(folder);
  return { release };
}

function inUse(folder: string): SeddError {
  return new SeddError(
    'storage.locked',
    `The data folder ${folder} is in use by another Sedd process. Stop that one first, or give this one a folder of its own with SEDD_DATA_DIR.`,
    { folder },
  );
}

function unlockable(folder: string): SeddError {
  return new SeddError(
    'storage.unlockable',
    `The data folder ${folder} cannot be locked: no socket can be made in ${tmpdir()}. Without a lock two processes would corrupt it.`,
    { folder },
  );
}

/** Longer paths make no socket. */
const LONGEST_SOCKET_PATH = 100;

/**
 * Linux: an abstract socket, which is no file and never left behind; and a socket in the folder itself, for two containers
 * that share the folder and not the network. Windows: a named pipe. Elsewhere a socket in the temporary folder.
 */
function lockNames(path: string): readonly string[] {
  const name = `sedd-${createHash('sha256').update(path).digest('hex').slice(0, 32)}`;
  if (process.platform === 'win32') return [`\\\\.\\pipe\\${name}`];
  if (process.platform !== 'linux') return [join(tmpdir(), `${name}.sock`)];
  const inFolder = join(path, 'sedd.lock');
  return inFolder.length > LONGEST_SOCKET_PATH ? [`\0${name}`] : [`\0${name}`, inFolder];
}

/** The socket that holds the lock; undefined where the file system has no sockets, and nothing can be held there. */
async function take(name: string): Promise<Server | 'inUse' | undefined> {
  const first = await listen(name);
  if (first !== 'inUse' || !name.startsWith('/')) return first;
  if (await isAnswered(name)) return 'inUse';
  // Left behind by a process that was killed: nobody listens any more.
  await unlink(name).catch(() => {});
  return await listen(name);
}

async function listen(path: string): Promise<Server | 'inUse' | undefined> {
  const server = createServer((socket) => socket.destroy());
  return await new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code === 'EADDRINUSE' ? 'inUse' : undefined);
    });
    server.listen({ path, exclusive: true }, () => resolve(server.unref()));
  });
}

async function isAnswered(path: string): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', ({ code }: NodeJS.ErrnoException) => {
      resolve(code !== 'ECONNREFUSED' && code !== 'ENOENT');
    });
  });
}

async function closed(server: Server): Promise<void> {
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
