import { asLabel } from './text.ts';

/** A person who is named so that Teams tells them of it. */
export interface Mention {
  /** Goes into a TextBlock, as it is. */
  readonly text: string;
  /** Goes into the card's `msteams.entities`. */
  readonly entity: object;
}

/** Mentions somebody by their id in Teams. A name that would end the tag is cut there. */
export function mention(name: string, teamsId: string): Mention {
  const shown = asLabel(name).replaceAll(/[<>&]/g, '');
  const text = `<at>${shown}</at>`;
  return { text, entity: { type: 'mention', text, mentioned: { id: teamsId, name: shown } } };
}

/** "@Anna: You answer …": what follows is said to the one who is named; alone where nobody is. */
export function said(to: string, what: string): string {
  return [to, what].filter(Boolean).join(': ');
}
