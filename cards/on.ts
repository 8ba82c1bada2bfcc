/** The card that a button stands on, so that the press is answered with it, redrawn: what it is for, of what, and which page. */
export interface On {
  readonly purpose: string;
  readonly subject: string;
  /** Counted from 0. */
  readonly page: number;
}

/** As a button carries it. */
export function onText({ purpose, subject, page }: On): string {
  return `${purpose}:${subject}:${page}`;
}

/** What a button carried; undefined where Sedd never wrote it. */
export function parseOn(text: string): On | undefined {
  const match = /^([a-zA-Z]{1,30}):(.{1,200}):(\d{1,2})$/.exec(text);
  const [, purpose = '', subject = '', page = '0'] = match ?? [];
  return match === null ? undefined : { purpose, subject, page: Number(page) };
}
