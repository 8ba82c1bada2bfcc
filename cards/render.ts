import { Template } from 'adaptivecards-templating';
import { SeddError } from '../services/errors.ts';

/** What a card may weigh, in bytes of UTF-8; Teams' own limit for a whole message is four times that. */
export const MOST_CARD_BYTES = 25_000;

/**
 * Prepares a card's template, once: parsing is most of what a card costs. The answer binds data to it and checks what comes
 * out; it fails with `card.unbound` where a value is missing, and with `card.tooBig`.
 */
export function cardTemplate(template: object): (data: object) => object {
  const parsed = new Template(template);
  return (data) => {
    const card = parsed.expand({ $root: data }) as object;
    const json = JSON.stringify(card);
    if (json.includes('${'))
      throw new SeddError('card.unbound', 'A value that the card’s template names is missing');
    const bytes = Buffer.byteLength(json);
    if (bytes > MOST_CARD_BYTES) throw new SeddError('card.tooBig', `The card is ${bytes} bytes`, { bytes });
    return card;
  };
}
