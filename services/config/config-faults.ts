import { SeddError } from '../errors.ts';

/** One thing that is wrong with a setting: where, why, and what to do. */
export interface ConfigFault {
  /** As `schools[2].times.morning`, or the name of an environment variable. */
  readonly path: string;
  /** Line in the file, counted from 1; undefined where it has none. */
  readonly line: number | undefined;
  readonly reason: string;
  readonly remedy: string | undefined;
}

/** The same, before its place in the file is looked up: `keys` leads to the setting. */
export interface SettingFault {
  readonly keys: readonly PropertyKey[];
  readonly reason: string;
  readonly remedy: string | undefined;
}

export function settingFault(keys: SettingFault['keys'], reason: string, remedy?: string): SettingFault {
  return { keys, reason, remedy };
}

/** Everything that is wrong with the settings, at once. The message is for whoever runs Sedd. */
export class ConfigError extends SeddError {
  readonly faults: readonly ConfigFault[];

  constructor(where: string, faults: readonly ConfigFault[]) {
    const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`;
    super('config.invalid', `${where}: ${count}\n${faults.map(sentence).join('\n')}`, {
      where,
      faults: faults.length,
    });
    this.faults = faults;
  }
}

function sentence({ path, line, reason, remedy }: ConfigFault): string {
  const place = [line === undefined ? '' : `line ${line}`, path].filter(Boolean).join(', ');
  return `  - ${place === '' ? '' : `${place}: `}${reason}${remedy === undefined ? '' : `. ${remedy}`}`;
}
