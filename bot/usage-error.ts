import { SeddError } from '../services/errors.ts';

/** A command that was asked for something it cannot mean: exit code 2. */
export class UsageError extends SeddError {
  constructor(message: string) {
    super('usage', message);
    this.name = 'UsageError';
  }
}
