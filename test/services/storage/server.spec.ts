import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { SeddError } from '../../../services/errors.ts';
import { toldError } from '../../../services/log.ts';
import { openStorage } from '../../../services/storage/database.ts';

const PASSWORD = 'hemligt-lösenord';

describe('a PostgreSQL server that cannot be used', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.close();
  });

  /** Answers whoever connects with an error of PostgreSQL's, as its protocol has it. */
  async function refusing(code: string, message: string): Promise<number> {
    server = createServer((socket) => {
      socket.once('data', () => socket.end(errorResponse(code, message)));
      socket.on('error', () => {});
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  async function refusalAt(port: number): Promise<SeddError> {
    const password = encodeURIComponent(PASSWORD);
    try {
      await openStorage({ url: `postgres://sedd_app:${password}@127.0.0.1:${port}/school` });
    } catch (error) {
      assert.ok(error instanceof SeddError);
      return error;
    }
    assert.fail('It was opened');
  }

  async function unusedPort(): Promise<number> {
    const port = await refusing('', '');
    server?.close();
    return port;
  }

  it('is told by its address and what to check', async () => {
    const port = await unusedPort();

    const { code, message, facts } = await refusalAt(port);

    assert.equal(code, 'storage.unreachable');
    assert.match(message, new RegExp(`^The database at 127\\.0\\.0\\.1:${port}/school does not answer`));
    assert.match(message, /ECONNREFUSED.*Check DATABASE_URL/);
    assert.deepEqual(facts, { host: `127.0.0.1:${port}`, why: 'ECONNREFUSED' });
  });

  const answers: readonly (readonly [string, string, RegExp])[] = [
    ['28P01', 'password authentication failed', /refuses the password of "sedd_app" \(28P01\)\. Check/],
    ['28000', 'no pg_hba.conf entry', /does not let "sedd_app" in from this machine \(28000\).*pg_hba/],
    ['3D000', 'database "school" does not exist', /does not exist.*Create the database "school" first/],
    ['53300', 'too many clients already', /does not answer \(53300\)/],
  ];
  for (const [sqlState, said, expected] of answers) {
    it(`is told in words where it says "${said}"`, async () => {
      const { code, message } = await refusalAt(await refusing(sqlState, said));

      assert.equal(code, 'storage.unreachable');
      assert.match(message, expected);
    });
  }

  it('is told where it is none at all', async () => {
    server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, '127.0.0.1');
    await once(server, 'listening');

    const { code } = await refusalAt((server.address() as AddressInfo).port);

    assert.equal(code, 'storage.unreachable');
  });

  it('never has its password told, in no error and no cause', async () => {
    const errors = [
      await refusalAt(await unusedPort()),
      await refusalAt(await refusing('28P01', 'password authentication failed for user "sedd_app"')),
    ];

    const told = errors.map((error) => `${error.message} ${JSON.stringify(toldError(error))}`).join();
    assert.doesNotMatch(told, /hemligt|l%C3%B6senord/);
  });
});

function errorResponse(code: string, message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${message}\0\0`);
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}
