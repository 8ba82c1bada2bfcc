import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type YAMLError,
} from 'yaml';
import { ConfigError, type ConfigFault, type SettingFault } from './config-faults.ts';

/** A YAML file that has been read: its value, and where in the file each setting stands. */
export interface YamlFile {
  readonly value: unknown;
  /** The fault with its path and its line, or the line of the nearest thing above it that stands in the file. */
  placed(fault: SettingFault): ConfigFault;
}

/** Reads YAML. Fails with a `ConfigError`; `path` and `example` are only for that. */
export function readYaml(text: string, path: string, example = 'config/municipality.yaml'): YamlFile {
  if (text.includes('\uFFFD')) throw wholeFault(path, 'The file is not UTF-8', 'Save it as UTF-8');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  if (document.errors.length > 0) throw new ConfigError(path, document.errors.map(yamlFault));
  return {
    value: plainValue(document, path, example),
    placed: ({ keys, reason, remedy }) => ({
      path: pathText(keys),
      line: lineAt(document, lines, keys),
      reason,
      remedy,
    }),
  };
}

export function wholeFault(path: string, reason: string, remedy?: string): ConfigError {
  return new ConfigError(path, [{ path: '', line: undefined, reason, remedy }]);
}

function yamlFault({ code, linePos, message }: YAMLError): ConfigFault {
  const place = { path: '', line: linePos?.[0].line };
  if (code === 'DUPLICATE_KEY')
    return { ...place, reason: 'The same setting stands twice', remedy: 'Keep one of them' };
  const said = message.split(' at line')[0] ?? '';
  const remedy = 'Indent with spaces, and put a space after each colon';
  return { ...place, reason: `This is not YAML: ${said}`, remedy };
}

function plainValue(document: Document, path: string, example: string): unknown {
  try {
    // A file that unfolds into millions of values by aliases is refused by the library.
    const value: unknown = document.toJS({ maxAliasCount: 50 });
    if (value !== null && value !== undefined) return value;
  } catch {
    throw wholeFault(path, 'The file uses too many YAML aliases', 'Write the values out');
  }
  throw wholeFault(path, 'The file is empty', `Begin with a copy of ${example}`);
}

function pathText(keys: SettingFault['keys']): string {
  return keys
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}

function lineAt(document: Document, lines: LineCounter, keys: SettingFault['keys']): number | undefined {
  let node: unknown = document.contents;
  let line: number | undefined;
  for (const key of keys) {
    const [place, next] = stepInto(isAlias(node) ? node.resolve(document) : node, key);
    if (!isNode(place) || !place.range) break;
    line = lines.linePos(place.range[0]).line;
    node = next;
  }
  return line;
}

/** Where the setting begins, and its value. */
function stepInto(node: unknown, key: PropertyKey): readonly [unknown, unknown] {
  if (isSeq(node)) return [node.items[Number(key)], node.items[Number(key)]];
  if (!isMap(node)) return [undefined, undefined];
  const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
  return [pair?.key, pair?.value];
}
