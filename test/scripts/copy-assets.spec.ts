import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../..');

describe('the last step of the build', () => {
  let target: string;
  before(async () => {
    target = await mkdtemp(join(tmpdir(), 'sedd-'));
    await promisify(execFile)(process.execPath, [join(root, 'scripts/copy-assets.mjs'), target]);
  });
  after(async () => await rm(target, { recursive: true }));

  it('copies what the code reads and the compiler leaves, and no source', async () => {
    const copied = (await readdir(target, { recursive: true })).map((file) => file.replaceAll('\\', '/'));

    for (const file of [
      'manifest/manifest.json',
      'manifest/color.png',
      'locales/sv.json',
      'cards/morning.json',
      'config/routine.yaml',
    ]) {
      assert.ok(copied.includes(file), file);
    }
    assert.deepEqual(
      copied.filter((file) => file.endsWith('.ts')),
      [],
    );
  });

  it('goes through every folder that is compiled, and into no other but that of the shipped routine', async () => {
    const { include } = JSON.parse(await readFile(join(root, 'tsconfig.build.json'), 'utf8'));

    const folders = await readdir(target);

    assert.deepEqual(folders.toSorted(), [...include, 'config'].toSorted());
  });
});
