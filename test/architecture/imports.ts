import { dirname, join, normalize } from 'node:path/posix';

/** Who may import whom, by top-level folder, and which packages belong to one folder alone. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  services: ['services'],
  cards: ['cards', 'services', 'locales'],
  locales: ['locales'],
  manifest: ['manifest', 'locales'],
  bot: ['bot', 'cards', 'services', 'locales', 'demo'],
  demo: ['demo', 'bot', 'cards', 'services', 'locales'],
  scripts: ['scripts', 'services', 'manifest'],
  bench: ['bench', 'test', 'demo', 'bot', 'cards', 'services', 'locales'],
  test: ['test', 'bench', 'demo', 'bot', 'cards', 'services', 'locales', 'manifest', 'scripts'],
};

/** Features of services/ stand on each other: a folder may import itself and what comes before it. */
const floors: readonly (readonly string[])[] = [
  ['.'],
  ['config', 'storage', 'calendar'],
  ['audit', 'jobs'],
  ['people'],
  ['attendance'],
  ['posts', 'sources', 'schedule'],
  ['follow-up'],
  ['morning', 'directory', 'routine'],
  ['digest', 'eht', 'pupils'],
];

const conversationEdge = /^(botbuilder|botframework-|restify|@azure\/)/;
const edgeFolders: readonly string[] = ['bot', 'test', 'bench'];

/** The faults of one file, each as a sentence; empty where it keeps to the table. */
export function importFaults(file: string, source: string): readonly string[] {
  return importsOf(source).flatMap((specifier) => faultOf(file, specifier));
}

function importsOf(source: string): readonly string[] {
  const pattern = /(?:import|export)\s(?:[^'"]*?\sfrom\s)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;
  return [...source.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? '');
}

function faultOf(file: string, specifier: string): readonly string[] {
  const folder = file.split('/')[0] ?? '';
  if (!specifier.startsWith('.')) {
    const leaks = conversationEdge.test(specifier) && !edgeFolders.includes(folder);
    return leaks ? [`${file} imports ${specifier}, which belongs in bot/`] : [];
  }
  const target = normalize(join(dirname(file), specifier));
  const targetFolder = target.split('/')[0] ?? '';
  if (mayImport[folder]?.includes(targetFolder) !== true) return [`${file} may not import ${targetFolder}/`];
  return folder === 'services' ? floorFault(file, target) : [];
}

function floorFault(file: string, target: string): readonly string[] {
  const [from, to] = [floorOf(file), floorOf(target)];
  if (from === undefined || to === undefined)
    return [`${from === undefined ? file : target} is in no known feature`];
  if (featureOf(file) === featureOf(target) || to < from) return [];
  // Configuration and the calendar are described in terms of each other's types.
  if (to === 1 && from === 1) return [];
  return [`${file} imports ${target}, which stands beside or above it`];
}

function floorOf(file: string): number | undefined {
  const floor = floors.findIndex((features) => features.includes(featureOf(file)));
  return floor === -1 ? undefined : floor;
}

function featureOf(file: string): string {
  const parts = file.split('/');
  return parts.length === 2 ? '.' : (parts[1] ?? '');
}
