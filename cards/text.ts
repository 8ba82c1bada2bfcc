/** Not shown, and keeps two characters from being read as one sign: "${" as a binding, "{{" as a function. */
const WORD_JOINER = '\u2060';
/** Around text of the other direction, so that it leaves what stands beside it in its place. */
const ISOLATE = '\u2068';
const END_OF_ISOLATE = '\u2069';

/** Where nothing is left to show, such as of a name that is not known: a text is never empty. */
const NOTHING = '–';

/** No name needs more, and a card must not break by one that goes on. */
const MOST_CHARACTERS = 100;

/** Words of the Latin letters of Europe's languages, as most names are: nothing in them needs a change. */
const PLAIN = /^[0-9A-Za-zÀ-ÖØ-öø-ɏ]+(?:[ -][0-9A-Za-zÀ-ÖØ-öø-ɏ]+)*$/;
/** Characters that turn the direction of what follows, and those that are no text at all. */
const CONTROLS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\p{Cc}\p{Cs}]/gu;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/**
 * Text of others, such as a name, for where Markdown is read: nothing in it is formatting, a link, a binding or a function.
 */
export function asText(text: string): string {
  if (isPlain(text)) return text;
  return asLabel(text)
    .replaceAll(/[\\`*_[\]~#<>|]|&(?=[#\w]+;)/gu, '\\$&')
    .replace(/^(\d+)([.)])/u, '$1\\$2')
    .replace(/^([-+])/u, '\\$1');
}

/** Text of others for where Markdown is not read, such as a tooltip. */
export function asLabel(text: string): string {
  if (isPlain(text)) return text;
  const line = shortened(text.replaceAll(/\s+/gu, ' ').replaceAll(CONTROLS, '').trim())
    .replaceAll(/\$(?=\{)/gu, `$$${WORD_JOINER}`)
    .replaceAll(/\{(?=\{)/gu, `{${WORD_JOINER}`);
  if (line === '') return NOTHING;
  return RIGHT_TO_LEFT.test(line) ? `${ISOLATE}${line}${END_OF_ISOLATE}` : line;
}

function isPlain(text: string): boolean {
  return text.length <= MOST_CHARACTERS && PLAIN.test(text);
}

function shortened(text: string): string {
  const characters = [...text];
  return characters.length <= MOST_CHARACTERS
    ? text
    : `${characters.slice(0, MOST_CHARACTERS - 1).join('')}…`;
}
