/** One figure of a benchmark run; `ratio` compares it with a yardstick measured in the same run. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly ratio?: number | undefined;
  /** What is aimed for, in words. */
  readonly aim?: string | undefined;
}
