import { type Facts, SeddError } from '../errors.ts';

export type SourceFailure =
  | 'unreachable'
  | 'timeout'
  | 'auth'
  | 'refused'
  | 'malformed'
  | 'tooLarge'
  | 'endless'
  | 'noSchool';

/**
 * A source that could not be read; its code is `source.` and the failure. Facts name the source, the path and the status,
 * and never what was asked for or answered: an answer holds names, and a parser's own error quotes it.
 */
export class SourceError extends SeddError {
  /** Whether the same call may go well a little later. */
  readonly isPassing: boolean;
  /** How long the source asked to be left alone. */
  readonly retryAfterMs: number | undefined;

  constructor(
    failure: SourceFailure,
    message: string,
    facts: Facts,
    options: {
      readonly isPassing?: boolean;
      readonly retryAfterMs?: number | undefined;
      readonly cause?: unknown;
    } = {},
  ) {
    super(`source.${failure}`, message, facts, options.cause);
    this.name = 'SourceError';
    this.isPassing = options.isPassing ?? false;
    this.retryAfterMs = options.retryAfterMs;
  }
}
