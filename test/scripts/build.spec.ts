import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { nextFreePort } from '../../demo/ports.ts';
import { startDemoProcess } from '../demo/demo-process.ts';

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);

describe('npm run build', function () {
  this.timeout(120_000);
  let target: string;
  let main: string;
  let service: ChildProcess | undefined;

  before(async () => {
    // Within the project, so that the packages are found; beside what a person has built.
    await mkdir(join(root, 'dist'), { recursive: true });
    target = await mkdtemp(join(root, 'dist/spec-'));
    main = join(target, 'bot/main.js');
    const { build } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')).scripts;
    assert.equal(build, 'tsc -p tsconfig.build.json && node scripts/copy-assets.mjs');
    const tsc = join(createRequire(import.meta.url).resolve('typescript/package.json'), '../bin/tsc');
    await run(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', target], { cwd: root });
    await run(process.execPath, ['scripts/copy-assets.mjs', target], { cwd: root });
  });
  after(async () => {
    service?.kill('SIGKILL');
    await rm(target, { recursive: true });
  });

  it('gives a command that tells what it can do', async () => {
    const { stdout } = await run(process.execPath, [main, '--help']);

    for (const command of ['serve', 'demo', 'doctor', 'status', 'morning'])
      assert.match(stdout, new RegExp(`^ {2}${command} `, 'm'));
  });

  it('gives a service that starts over an empty folder, answers, and stops when it is told to', async () => {
    service = spawn(process.execPath, [main, 'serve'], { env: await environment(), stdio: 'pipe' });
    const closed = once(service, 'close');
    const url = await urlOf(service);

    assert.equal((await fetch(`${url}/healthz`)).status, 200);
    service.kill('SIGTERM');

    assert.deepEqual(await closed, [0, null]);
  });

  it('gives the demo', async () => {
    const demo = await startDemoProcess(process.execPath, [main, 'demo', '--port', '0', '--no-past']);

    demo.process.kill('SIGTERM');

    assert.equal(await demo.exitCode, 0);
    await demo.clear();
  });

  /** Made-up credentials, and a student system that nobody is at. */
  async function environment(): Promise<NodeJS.ProcessEnv> {
    const file = join(target, 'municipality.yaml');
    const example = await readFile(join(root, 'config/municipality.yaml'), 'utf8');
    await writeFile(file, example.replaceAll(/https:\/\/(ss12000|login)\.example/g, 'http://127.0.0.1:1'));
    return {
      PORT: String(await nextFreePort(4_000)),
      HOST: '127.0.0.1',
      SEDD_CONFIG: file,
      SEDD_DATA_DIR: join(target, 'data'),
      SS12000_CLIENT_ID: 'nobody',
      SS12000_CLIENT_SECRET: 'nothing',
      MicrosoftAppType: 'SingleTenant',
      MicrosoftAppId: '11111111-2222-4333-8444-555555555555',
      MicrosoftAppTenantId: '11111111-2222-4333-8444-666666666666',
      MicrosoftAppPassword: 'not a password',
    };
  }
});

async function urlOf({ stdout }: ChildProcess): Promise<string> {
  assert.ok(stdout !== null);
  for await (const line of createInterface({ input: stdout })) {
    const { url, msg } = JSON.parse(line);
    if (typeof url === 'string' && msg.startsWith('Sedd is up')) return url;
  }
  throw new Error('It ended');
}
