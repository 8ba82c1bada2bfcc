import { SourceError } from '../source-error.ts';
import { type Answer, AnswerTooLarge, CallTimeout } from './fetch-whole.ts';

/** Where a call went, for an error to name. */
export interface Place {
  readonly source: string;
  readonly path: string;
}

/** The setting of the source that says where the call went. */
function settingOf({ path }: Place): 'url' | 'tokenUrl' {
  return path === 'token' ? 'tokenUrl' : 'url';
}

/** Undefined where a source has no such list to give; fails with the same error where it is another. */
export function noneOffered(error: unknown): undefined {
  const status = error instanceof SourceError ? error.facts.status : undefined;
  if (status === 403 || status === 404 || status === 405 || status === 501) return undefined;
  throw error;
}

/** What a status other than 200 means for the reading. */
export function statusFailure(place: Place, { status, headers }: Answer): SourceError {
  const { source, path } = place;
  const facts = { ...place, status };
  if (status === 401 || status === 403) {
    const remedy = `The source "${source}" does not let Sedd read ${path} (${status}); check its credentials and scope`;
    return new SourceError('auth', remedy, facts);
  }
  const remedy = isPassing(status) ? '' : `; check its ${settingOf(place)}`;
  return new SourceError('refused', `The source "${source}" answered ${status} at ${path}${remedy}`, facts, {
    isPassing: isPassing(status),
    retryAfterMs: retryAfterMs(headers),
  });
}

/** What became of a call that got no whole answer. */
export function thrownFailure(place: Place, error: unknown): SourceError {
  if (error instanceof SourceError) return error;
  const { source, path } = place;
  if (error instanceof CallTimeout) {
    const message = `The source "${source}" did not answer in time at ${path}; where that is how it is, give it more with timeoutSeconds`;
    return new SourceError('timeout', message, { ...place }, { isPassing: true });
  }
  if (error instanceof AnswerTooLarge) {
    return new SourceError('tooLarge', `The source "${source}" answers without end at ${path}`, { ...place });
  }
  const reason = networkReason(error);
  const message =
    `The source "${source}" cannot be reached at ${path}${reason === undefined ? '' : ` (${reason})`}; ` +
    `check its ${settingOf(place)}, and that this machine reaches it`;
  return new SourceError('unreachable', message, { ...place, reason }, { isPassing: true });
}

export function malformed(place: Place): SourceError {
  const { source, path } = place;
  const message = `The source "${source}" answered something else than SS 12000 at ${path}; check its ${settingOf(place)}`;
  return new SourceError('malformed', message, { ...place });
}

/** The far side may be overloaded or being restarted; 501 says that it will never do it. */
export function isPassing(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || (status >= 500 && status !== 501);
}

/** Seconds, or a date: that is held against the far side's own clock, since the two may differ. */
export function retryAfterMs(headers: Headers): number | undefined {
  const value = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1_000;
  const ms = Date.parse(value) - Date.parse(headers.get('date') ?? '');
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/** A code such as ECONNREFUSED. The error itself stays here: a refused header, for one, is quoted in it, token and all. */
function networkReason(error: unknown): string | undefined {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
