import { type Facts, SeddError } from '../errors.ts';

export type DirectoryFailure =
  | 'unreachable'
  | 'timeout'
  | 'auth'
  | 'forbidden'
  | 'limited'
  | 'refused'
  | 'malformed';

/** Microsoft Graph did not say; the code is `directory.` and the failure. What was answered is not kept: it holds people's own words. */
export class DirectoryError extends SeddError {
  /** How long Graph asked to be left alone. */
  readonly retryAfterMs: number | undefined;

  constructor(failure: DirectoryFailure, message: string, facts: Facts = {}, retryAfterMs?: number) {
    super(`directory.${failure}`, message, facts);
    this.name = 'DirectoryError';
    this.retryAfterMs = retryAfterMs;
  }
}

/** What a status other than success means; `permission` is what the call needs. */
export function statusError(
  status: number,
  permission: string,
  retryAfterMs: number | undefined,
): DirectoryError {
  const facts = { status, permission };
  switch (status) {
    case 401:
      return new DirectoryError('auth', 'Microsoft Graph does not take the bot’s token', facts);
    case 403:
      return missing(permission);
    case 429:
    case 503:
    case 504:
      return new DirectoryError('limited', 'Microsoft Graph wants to be left alone', facts, retryAfterMs);
    default:
      return new DirectoryError('refused', `Microsoft Graph answered ${status}`, facts);
  }
}

export function missing(permission: string): DirectoryError {
  const remedy =
    `Microsoft Graph does not let Sedd ask: give the bot’s app registration the application permission ${permission}, ` +
    'and have an administrator consent to it; or turn it off under "directory" in the municipality file';
  return new DirectoryError('forbidden', remedy, { permission });
}

export function malformed(): DirectoryError {
  return new DirectoryError('malformed', 'Microsoft Graph answered something that Sedd cannot read');
}
