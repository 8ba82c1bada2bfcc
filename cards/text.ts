/** Not shown, and keeps two characters from being read as one sign: "${" as a binding, "{{" as a function. */
const WORD_JOINER = '\u2060';

/** Words of letters, as most names are: nothing in them needs a change. */
const PLAIN = /^[\p{L}\p{N}]+(?:[ -][\p{L}\p{N}]+)*$/u;

/**
 * Text of others, such as a name, for where Markdown is read: nothing in it is formatting, a link, a binding or a function.
 */
export function asText(text: string): string {
  if (PLAIN.test(text)) return text;
  return asLabel(text)
    .replaceAll(/[\\`*_[\]~#<>|]/gu, '\\$&')
    .replace(/^(\d+)\./u, '$1\\.')
    .replace(/^([-+])/u, '\\$1');
}

/** Text of others for where Markdown is not read, such as a tooltip. */
export function asLabel(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .replaceAll(/\s+/gu, ' ')
    .replaceAll('${', `$${WORD_JOINER}{`)
    .replaceAll('{{', `{${WORD_JOINER}{`)
    .trim();
}
