import type { Translator } from '../locales/translator.ts';

/** A line of a section of a pupil's page. */
export interface Line {
  readonly text: string;
  readonly spacing: 'none' | 'small';
  readonly color: 'default' | 'attention';
  readonly weight: 'default' | 'bolder';
}

export function plainLine(text: string): Line {
  return { text, spacing: 'none', color: 'default', weight: 'default' };
}

/** What the template adds to a line, rounded up. */
const LINE_BYTES = 130;

/** As many of the lines as have room, and how many more there are. */
export function withinBytes(
  lines: readonly Line[],
  { mostBytes, more }: { readonly mostBytes: number; readonly more: number },
  words: Translator,
): readonly Line[] {
  let bytes = 0;
  const shown = lines.filter(({ text }) => {
    bytes += LINE_BYTES + Buffer.byteLength(JSON.stringify(text));
    return bytes <= mostBytes;
  });
  const count = lines.length - shown.length + more;
  return count === 0 ? shown : [...shown, plainLine(words.t('pupil.more', { count }))];
}
