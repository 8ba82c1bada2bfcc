import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { openStorage } from '../../../services/storage/database.ts';
import { lockFolder } from '../../../services/storage/folder-lock.ts';
import { type Child, startChild } from '../../support/child.ts';
import { emptyTemplate } from '../../support/databases.ts';

const script = join(import.meta.dirname, 'storage-child.ts');

describe('the lock of the data folder', () => {
  let root: string;
  let folder: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'sedd-'));
    folder = join(root, 'data');
    await mkdir(folder);
  });
  afterEach(async () => await rm(root, { recursive: true }));

  it('is one process’s until it is released', async () => {
    const lock = await lockFolder(folder);
    await assert.rejects(lockFolder(folder), { code: 'storage.locked' });

    await lock.release();

    await (await lockFolder(folder)).release();
    assert.deepEqual(await readdir(folder), []);
  });

  it('is the same by whatever way the folder is named', async () => {
    await symlink(folder, join(root, 'link'));
    const lock = await lockFolder(folder);

    for (const name of [join(root, 'link'), relative(process.cwd(), folder), `${folder}/../data/`]) {
      await assert.rejects(lockFolder(name), { code: 'storage.locked' }, name);
    }

    await lock.release();
  });

  it('is none of another folder’s business', async () => {
    await mkdir(join(root, 'other'));
    const lock = await lockFolder(folder);

    await (await lockFolder(join(root, 'other'))).release();

    await lock.release();
  });

  // Containers that share a volume have a network each, and abstract sockets belong to the network.
  if (process.platform === 'linux') {
    it('is seen by a process that shares the folder and not the network', async () => {
      const elsewhere = createServer().listen(join(folder, 'sedd.lock'));
      await once(elsewhere, 'listening');

      await assert.rejects(lockFolder(folder), { code: 'storage.locked' });

      elsewhere.close();
      await once(elsewhere, 'close');
      await (await lockFolder(folder)).release();
    });
  }

  it('holds in a folder whose path is too long for a socket', async () => {
    const long = join(folder, 'x'.repeat(120));
    await mkdir(long);
    const lock = await lockFolder(long);

    await assert.rejects(lockFolder(long), { code: 'storage.locked' });

    await lock.release();
  });
});

describe('a data folder that another process has open', () => {
  let root: string;
  let folder: string;
  let child: Child;
  before(async function () {
    this.timeout(60_000);
    root = await mkdtemp(join(tmpdir(), 'sedd-'));
    folder = join(root, 'data');
    await (await openStorage({ dataDir: folder, template: await emptyTemplate() })).close();
    await symlink(folder, join(root, 'link'));
    child = startChild(script, [folder, 'hold']);
    assert.equal(await child.nextLine(), 'open');
  });
  after(async () => {
    await child.kill();
    await rm(root, { recursive: true });
  });

  it('is refused, with what to do, and opened once that process is killed', async () => {
    for (const dataDir of [folder, join(root, 'link'), relative(process.cwd(), folder)]) {
      await assert.rejects(openStorage({ dataDir }), ({ code, message }) => {
        assert.equal(code, 'storage.locked');
        assert.match(message, /in use by another Sedd process\. Stop that one first, .*SEDD_DATA_DIR/);
        return true;
      });
    }

    await child.kill();

    await (await openStorage({ dataDir: folder })).close();
  }).timeout(60_000);
});
