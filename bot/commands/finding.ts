import { SeddError } from '../../services/errors.ts';
import { toldError } from '../../services/log.ts';

/** What the doctor found of one thing: that it works, that somebody should look, or that it does not work. */
export interface Finding {
  readonly what: string;
  readonly state: 'ok' | 'look' | 'failed';
  readonly told: string;
}

/** Tries one thing; what it fails with becomes a finding, to be told along with the rest. */
export async function attempt<T>(
  what: string,
  act: () => Promise<T>,
): Promise<{ readonly finding: Finding; readonly value: T | undefined }> {
  try {
    const value = await act();
    return { finding: { what, state: 'ok', told: typeof value === 'string' ? value : 'good' }, value };
  } catch (error) {
    const told = error instanceof SeddError ? error.message : String(toldError(error).message);
    return { finding: { what, state: 'failed', told }, value: undefined };
  }
}
