import assert from 'node:assert/strict';
import { actionsOf, cardOf, textsOf } from '../support/card-text.ts';
import { messagesIn } from '../support/morning-cards.ts';
import { type CardInHand, cardIn, inHand, tap, titlesOf } from '../support/taps.ts';
import { type EhtApp, ehtChat } from './eht-school.ts';

const SIV = 'siv.kurator@skola.example';

/** What stands in EHT's chat, and Siv's hands on it. */
export function handsIn(app: EhtApp) {
  const siv = () => app.user('Siv Kurator');

  /** The texts of each card in the chat, oldest first. */
  const cards = (): readonly string[] =>
    messagesIn(app, ehtChat).flatMap(({ activity }) =>
      activity.attachments === undefined ? [] : [textsOf(cardOf(activity)).join('\n')],
    );

  /** Opens the pupil on the list. */
  async function open(name: string, hand: CardInHand = cardIn(app, ehtChat)): Promise<CardInHand> {
    const button = actionsOf(hand.card).find(({ tooltip }) => tooltip === `Öppna ${name}`);
    assert.ok(button !== undefined, `no ${name}`);
    return inHand(await siv().pressExecute(ehtChat, hand.messageId, button.verb, button.data), hand);
  }

  /** Presses the first button of this title and verb. */
  async function press(hand: CardInHand, title: string, verb: string): Promise<CardInHand> {
    const button = actionsOf(hand.card).find((one) => one.title === title && one.verb === verb);
    assert.ok(button !== undefined, `no ${title}, but ${titlesOf(hand.card).join(', ')}`);
    return inHand(await siv().pressExecute(ehtChat, hand.messageId, verb, button.data), hand);
  }

  /** Decides on the pupil who is open, with Siv to see to it. */
  async function decide(panel: CardInHand, choice: string): Promise<CardInHand> {
    const form = await press(panel, 'Nytt beslut', 'eht.askDecision');
    return inHand(await tap(siv(), ehtChat, form, 'Besluta', { choice, owner: SIV }), panel);
  }

  return { siv, cards, newest: () => cards().at(-1) ?? '', open, press, decide };
}

/** Everything that a card in somebody's hand says. */
export function textIn({ card }: CardInHand): string {
  return textsOf(card).join('\n');
}
