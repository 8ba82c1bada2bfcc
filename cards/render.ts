import { Template } from 'adaptivecards-templating';
import { SeddError } from '../services/errors.ts';

/** What a card may weigh, in bytes of UTF-8; Teams' own limit for a whole message is four times that. */
export const MOST_CARD_BYTES = 25_000;

/**
 * Prepares a card's template, once and when it is first needed: parsing is most of what a card costs, and all of them together
 * would keep the start waiting. The answer binds data to it and checks what comes out; it fails with `card.unbound` where a
 * value is missing, and with `card.tooBig`.
 */
export function cardTemplate(template: object): (data: object) => object {
  let parsed: Template | undefined;
  return (data) => {
    parsed ??= new Template(template);
    const card = parsed.expand({ $root: data }) as object;
    const json = JSON.stringify(card);
    if (json.includes('${'))
      throw new SeddError('card.unbound', 'A value that the card’s template names is missing');
    if (json.length * BYTES_PER_UNIT > MOST_CARD_BYTES) refuseTooBig(Buffer.byteLength(json));
    return card;
  };
}

/** What a unit of JavaScript's text comes to in UTF-8 at most; most cards are so small that they need no count. */
const BYTES_PER_UNIT = 3;

function refuseTooBig(bytes: number): void {
  if (bytes > MOST_CARD_BYTES) throw new SeddError('card.tooBig', `The card is ${bytes} bytes`, { bytes });
}
