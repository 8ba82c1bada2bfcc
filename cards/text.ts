/** Not shown, and keeps two characters from being read as one sign: "${" as a binding, "{{" as a function. */
const WORD_JOINER = '\u2060';

/**
 * Text of others, such as a name, for where Markdown is read: nothing in it is formatting, a link, a binding or a function.
 */
export function asText(text: string): string {
  return asLabel(text)
    .replaceAll(/[\\`*_[\]~#<>|]/gu, '\\$&')
    .replace(/^(\d+)\./u, '$1\\.')
    .replace(/^([-+])/u, '\\$1');
}

/** Text of others for where Markdown is not read, such as a tooltip. */
export function asLabel(text: string): string {
  return text
    .replaceAll(/\s+/gu, ' ')
    .replaceAll('${', `$${WORD_JOINER}{`)
    .replaceAll('{{', `{${WORD_JOINER}{`)
    .trim();
}
