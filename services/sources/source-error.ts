import { type Facts, SeddError } from '../errors.ts';

/**
 * A source that could not be read. `code` is one of `source.unreachable`, `source.timeout`, `source.auth`,
 * `source.refused`, `source.malformed`, `source.endless`. Facts name the source, the path and the status, and never what was
 * asked for or answered.
 */
export class SourceError extends SeddError {
  constructor(code: string, message: string, facts: Facts, cause?: unknown) {
    super(`source.${code}`, message, facts, cause);
    this.name = 'SourceError';
  }
}
