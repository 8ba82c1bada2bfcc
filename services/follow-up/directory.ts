import type { SeddError } from '../errors.ts';

/** What the municipality's directory says of whoever is asked about. */
export interface WhoIsAway {
  /** Ids in Entra. */
  readonly away: ReadonlySet<string>;
  /** What could not be asked; of whom it was not said that they are away, nothing is known then. */
  readonly failures: readonly SeddError[];
}

/** Knows who on the staff is away just now. */
export interface Directory {
  /** Of these accounts, by id in Entra, those who are away. Answers within seconds and never fails: a reminder waits for it. */
  whoIsAway(entraIds: readonly string[]): Promise<WhoIsAway>;
}
