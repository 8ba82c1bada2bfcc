import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const everywhere = ['bot', 'cards', 'services', 'locales', 'manifest', 'demo', 'scripts', 'bench', 'test'];

/** Every TypeScript file of the project, or of some of its folders, by its path from the root. */
export async function readSources(
  folders: readonly string[] = everywhere,
): Promise<readonly { readonly file: string; readonly text: string }[]> {
  const lists = await Promise.all(folders.map((folder) => readdir(join(root, folder), { recursive: true })));
  const files = lists.flatMap((list, index) =>
    list
      .filter((file) => file.endsWith('.ts'))
      .map((file) => `${folders[index]}/${file.replaceAll('\\', '/')}`),
  );
  return await Promise.all(
    files.map(async (file) => ({ file, text: await readFile(join(root, file), 'utf8') })),
  );
}
