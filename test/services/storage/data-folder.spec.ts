import assert from 'node:assert/strict';
import { chmod, cp, mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStorage, type Storage } from '../../../services/storage/database.ts';
import { lockFolder } from '../../../services/storage/folder-lock.ts';
import { emptyTemplate } from '../../support/databases.ts';

describe('the data folder', () => {
  let sound: string;
  let root: string;
  let dataDir: string;
  before(async () => {
    sound = await mkdtemp(join(tmpdir(), 'sedd-'));
    await (await open(sound)).close();
  });
  after(async () => await rm(sound, { recursive: true }));
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'sedd-'));
    dataDir = join(root, 'deep', 'data');
  });
  afterEach(async () => await rm(root, { recursive: true }));

  async function open(folder = dataDir): Promise<Storage> {
    return await openStorage({ dataDir: folder, template: await emptyTemplate() });
  }

  async function modeOf(path: string): Promise<string> {
    return ((await stat(path)).mode & 0o777).toString(8);
  }

  async function refusal(folder = dataDir): Promise<{ readonly code: string; readonly message: string }> {
    try {
      await (await open(folder)).close();
    } catch (error) {
      return error as { code: string; message: string };
    }
    assert.fail('It was opened');
  }

  it('lets nobody else in, whatever the umask', async () => {
    const before = process.umask(0);
    try {
      await (await open()).close();
    } finally {
      process.umask(before);
    }

    assert.deepEqual([await modeOf(dataDir), await modeOf(join(dataDir, 'postgresql'))], ['700', '700']);
  });

  it('closes the database to others where the folder above it was there, and leaves that one alone', async () => {
    await mkdir(join(dataDir, 'postgresql'), { recursive: true });
    await chmod(join(dataDir, 'postgresql'), 0o755);
    await chmod(dataDir, 0o755);

    await (await open()).close();

    assert.deepEqual([await modeOf(dataDir), await modeOf(join(dataDir, 'postgresql'))], ['755', '700']);
  });

  it('begins with the template, keeps what is written, and is not begun anew', async () => {
    const first = await open();
    await first.db.insertInto('groupMember').values({ groupId: '8A', pupilId: 'p1' }).execute();
    await first.close();

    const again = await open();

    const members = await again.db.selectFrom('groupMember').selectAll().execute();
    await again.close();
    assert.deepEqual(members, [{ groupId: '8A', pupilId: 'p1' }]);
  });

  it('is opened although something else lies beside the database', async () => {
    await mkdir(join(dataDir, 'postgresql'), { recursive: true });
    await writeFile(join(dataDir, 'README.txt'), 'Rör ej');

    await (await open()).close();
  });

  const broken: readonly {
    readonly name: string;
    readonly code: string;
    readonly told: RegExp;
    readonly harm: (database: string) => Promise<void>;
  }[] = [
    {
      name: 'was made by a later PostgreSQL',
      code: 'storage.otherMajor',
      told: /made by PostgreSQL 19, and this version of Sedd has 18/,
      harm: (database) => writeFile(join(database, 'PG_VERSION'), '19\n'),
    },
    {
      name: 'was made by an earlier PostgreSQL',
      code: 'storage.otherMajor',
      told: /made by PostgreSQL 16/,
      harm: (database) => writeFile(join(database, 'PG_VERSION'), '16\n'),
    },
    {
      name: 'has lost its control file',
      code: 'storage.unreadable',
      told: /Restore a backup/,
      harm: (database) => writeFile(join(database, 'global', 'pg_control'), 'rubbish'),
    },
    {
      name: 'is nothing but a version',
      code: 'storage.unreadable',
      told: /Restore a backup/,
      harm: async (database) => {
        await rm(database, { recursive: true });
        await mkdir(database);
        await writeFile(join(database, 'PG_VERSION'), '18\n');
      },
    },
  ];
  for (const { name, code, told, harm } of broken) {
    it(`is refused in words where its database ${name}, and its lock is freed`, async () => {
      await cp(sound, dataDir, { recursive: true });
      await harm(join(dataDir, 'postgresql'));

      const refused = await refusal();

      assert.equal(refused.code, code);
      assert.match(refused.message, told);
      assert.ok(refused.message.includes(dataDir));
      await (await lockFolder(dataDir)).release();
    });
  }

  it('is refused in words where it is a file', async () => {
    await mkdir(join(root, 'deep'));
    await writeFile(dataDir, '');

    const refused = await refusal();

    assert.equal(refused.code, 'storage.folder');
    assert.match(refused.message, /SEDD_DATA_DIR/);
  });

  it('is refused in words where a link leads nowhere', async () => {
    await symlink(join(root, 'nowhere', 'at', 'all'), join(root, 'link'));

    assert.equal((await refusal(join(root, 'link'))).code, 'storage.folder');
  });
});
