import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const preload = pathToFileURL(join(import.meta.dirname, '../../demo/loopback-only.mjs')).href;
/** An address that is given to nobody (RFC 5737): what really calls it waits for long. */
const NOWHERE = '192.0.2.1';

describe('the process of the demo’s local Teams', () => {
  const listeners: readonly (readonly [string, string])[] = [
    ['by its port', 'server.listen(0, tell)'],
    ['by its port and a backlog', 'server.listen(0, 5, tell)'],
    ['on this machine', "server.listen(0, '127.0.0.1', tell)"],
  ];
  for (const [name, listen] of listeners) {
    it(`listens on this machine alone when a program listens ${name}`, async () => {
      const told = await run(`
        const server = require('node:http').createServer();
        const tell = () => { console.log(server.address().address); server.close(); };
        ${listen};`);

      assert.equal(told, '127.0.0.1');
    });
  }

  const callers: readonly (readonly [string, string])[] = [
    ['over http', `require('node:http').get('http://${NOWHERE}/').on('error', tell)`],
    ['over https', `require('node:https').get('https://${NOWHERE}/').on('error', tell)`],
    ['with fetch', `fetch('http://${NOWHERE}/').catch((error) => tell(error.cause))`],
    ['by a name', `require('node:http').get('http://sedd.example/').on('error', tell)`],
    ['over a socket', `require('node:net').connect(80, '${NOWHERE}').on('error', tell)`],
  ];
  for (const [name, call] of callers) {
    it(`reaches nothing else when a program calls out ${name}`, async () => {
      const told = await run(`const tell = (error) => console.log(error.message); ${call};`);

      assert.match(told, /reaches this machine alone/);
    });
  }

  for (const host of ['127.0.0.1', 'localhost']) {
    it(`reaches what is at ${host}`, async () => {
      const told = await run(`
        const server = require('node:http').createServer((request, response) => response.end('here'));
        server.listen(0, async () => {
          const answer = await fetch('http://${host}:' + server.address().port);
          console.log(await answer.text());
          server.close();
        });`);

      assert.equal(told, 'here');
    });
  }
});

/** What a program tells that is run as the local Teams is. */
async function run(program: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', preload, '-e', program]);
  return stdout.trim();
}
