/** What a benchmark found: one line of the table. */
export interface BenchRow {
  readonly what: string;
  readonly measured: string;
  /** The yardstick, measured in the same run. */
  readonly reference?: string;
  /** How the two compare; the aim says which way is good. */
  readonly ratio?: number;
  readonly aim?: Aim;
}

export interface Aim {
  readonly text: string;
  readonly isMet: boolean;
}

export interface BenchOptions {
  /** The large sizes too, which take a minute more. */
  readonly isFull: boolean;
  /** A PostgreSQL server on which databases may be made and dropped. */
  readonly serverUrl: string | undefined;
  /** Tells whoever waits what is being done. */
  readonly say: (line: string) => void;
}

export interface Bench {
  readonly title: string;
  run(options: BenchOptions): Promise<readonly BenchRow[]>;
}

/** Met where every part is. */
export function aim(...parts: readonly (readonly [text: string, isMet: boolean])[]): Aim {
  return { text: parts.map(([text]) => text).join(', '), isMet: parts.every(([, isMet]) => isMet) };
}
