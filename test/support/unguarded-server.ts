import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import restify from 'restify';
import { sendRaw } from './raw-http.ts';

/** A server as restify's documentation begins one, with nothing in front of it. `bodies` are those its handler was given. */
export async function startUnguardedServer(uploadDir: string) {
  const bodies: unknown[] = [];
  const server = restify.createServer({ handleUncaughtExceptions: false });
  server.use(restify.plugins.bodyParser({ maxBodySize: 256 * 1024, uploadDir }));
  server.post('/api/messages', async (request: restify.Request, response: restify.Response) => {
    bodies.push(request.body);
    response.send(200);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    bodies,
    close: async () => await new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** The same in a process of its own, and how that process ends when it is sent this: its exit code. */
export async function exitOfUnguardedServer(
  ...request: readonly (string | Buffer)[]
): Promise<number | null> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', SCRIPT], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const port = await new Promise<string>((resolve) =>
    child.stdout.once('data', (data) => resolve(`${data}`)),
  );
  await sendRaw(`http://127.0.0.1:${port.trim()}`, ...request);
  // One that is still there has borne it.
  child.kill();
  return await ended;
}

const SCRIPT = `
  import restify from 'restify';
  const server = restify.createServer({ handleUncaughtExceptions: false });
  server.use(restify.plugins.bodyReader({ maxBodySize: 262144 }));
  for (const method of ['get', 'post', 'del']) server[method]('/api/messages', async (_, response) => response.send(200));
  server.listen(0, '127.0.0.1', () => console.log(server.address().port));
`;
