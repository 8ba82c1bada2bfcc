import assert from 'node:assert/strict';
import { MOST_CARD_BYTES } from '../../cards/render.ts';
import { type Verb, verbs } from '../../cards/verbs.ts';
import { actionsOf } from '../support/card-text.ts';
import { cardFaults } from './card-faults.ts';
import { elementsOf } from './elements.ts';
import { liveSigns } from './names.ts';

/** A card that every client can show, not too big, with nothing live in it, and whose buttons send what is taken. */
export function assertSound(card: object, bold: readonly string[] = []): void {
  assert.deepEqual(cardFaults(card), []);
  const bytes = Buffer.byteLength(JSON.stringify(card));
  assert.ok(bytes <= MOST_CARD_BYTES, `${bytes} bytes`);
  for (const { text } of elementsOf(card, 'TextBlock')) {
    // A number with decimals begins no list.
    const told = String(text).replace(/^\d+\.(?=\d)/u, '');
    const own = bold.reduce((rest, sign) => rest.replaceAll(sign, ''), told);
    assert.deepEqual(liveSigns(own), []);
  }
  for (const { verb, data, fallback } of actionsOf(card)) {
    assert.ok(verbs[verb as Verb].safeParse(data).success, `${verb} ${JSON.stringify(data)}`);
    if (fallback === undefined || typeof fallback === 'string') continue;
    const { verb: older, ...rest } = fallback.data;
    assert.ok(verbs[older as Verb].safeParse(rest).success, String(older));
  }
}
