/** Plain facts that go with an error or a log line. Ids and counts; never a name. */
export type Facts = Readonly<Record<string, string | number | boolean | null | undefined>>;

/**
 * An error with a stable `code` to branch on, the `facts` that explain it, and its `cause`.
 * The message is English and for whoever runs Sedd; what a person in Teams reads comes from locales.
 */
export class SeddError extends Error {
  readonly code: string;
  readonly facts: Facts;

  constructor(code: string, message: string, facts: Facts = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'SeddError';
    this.code = code;
    this.facts = facts;
  }
}
