import assert from 'node:assert/strict';
import type { TestApp } from './app.ts';
import { actionsOf, cardOf } from './card-text.ts';
import { followUpsOf, messagesIn, shownIn } from './morning-cards.ts';
import type { TeamsPlace, TeamsResponse, TeamsUser } from './teams-user.ts';

/** A card in front of somebody: the message it belongs to, and what they see there. */
export interface CardInHand {
  readonly messageId: string;
  readonly card: object;
}

/** What somebody chooses on a card before they press, by the input's id. */
export type Choices = Readonly<Record<string, string>>;

/** Presses the button of that title, as a client does: with what the card's inputs hold, chosen or as they stand. */
export async function tap(
  who: TeamsUser,
  place: TeamsPlace,
  { messageId, card }: CardInHand,
  title: string,
  choices: Choices = {},
): Promise<TeamsResponse> {
  const button = actionsOf(card).find((one) => one.title === title);
  assert.ok(button !== undefined, `there is no button "${title}", but ${titlesOf(card).join(', ')}`);
  const inputs = button.associatedInputs === 'none' ? {} : { ...valuesOf(card), ...choices };
  return await who.pressExecute(place, messageId, button.verb, { ...inputs, ...button.data });
}

export function titlesOf(card: object): readonly string[] {
  return actionsOf(card).map(({ title }) => title);
}

/** The card that a press was answered with, in place of the one that was pressed. */
export function inHand(response: TeamsResponse, { messageId }: Pick<CardInHand, 'messageId'>): CardInHand {
  const { value } = response.body as { readonly value: unknown };
  assert.ok(typeof value === 'object' && value !== null, `no card but: ${JSON.stringify(response.body)}`);
  return { messageId, card: value };
}

/** The newest message of a conversation, which is a card. */
export function cardIn(app: TestApp, place: TeamsPlace): CardInHand {
  const { message, card } = shownIn(app, place, 'newest');
  return { messageId: message.id, card };
}

/** The newest card there, whatever has been written since. */
export function newestCard(app: TestApp, place: TeamsPlace): CardInHand {
  const message = messagesIn(app, place).findLast(({ activity }) => activity.attachments !== undefined);
  assert.ok(message !== undefined, `no card in ${place.id}`);
  return { messageId: message.id, card: cardOf(message.activity) };
}

/** Presses a pupil's own button on the newest card there, "Kontaktad" or "Ändra": opens their panel. */
export async function ask(
  app: TestApp,
  who: TeamsUser,
  place: TeamsPlace,
  pupil: string,
): Promise<CardInHand> {
  const shown = cardIn(app, place);
  return inHand(await pressAsk(app, who, place, pupil, shown), shown);
}

/** The same where it may be refused. */
export async function pressAsk(
  app: TestApp,
  who: TeamsUser,
  place: TeamsPlace,
  pupil: string,
  { messageId, card }: CardInHand = cardIn(app, place),
): Promise<TeamsResponse> {
  const own = await followUpsOf(app, pupil);
  const button = actionsOf(card).find(
    ({ verb, data }) => verb === 'followUp.ask' && own.includes(String(data.followUp)),
  );
  assert.ok(button !== undefined, 'the pupil has no button');
  return await who.pressExecute(place, messageId, button.verb, button.data);
}

/** Records in two taps that somebody was reached: the pupil's button, and how. */
export async function contact(
  app: TestApp,
  who: TeamsUser,
  place: TeamsPlace,
  pupil: string,
  method = 'Telefon',
  choices: Choices = {},
): Promise<TeamsResponse> {
  return await tap(who, place, await ask(app, who, place, pupil), method, choices);
}

/** What the card's inputs hold as they stand. */
function valuesOf(card: unknown): Choices {
  if (Array.isArray(card)) return Object.assign({}, ...card.map(valuesOf));
  if (typeof card !== 'object' || card === null) return {};
  const isInput = 'type' in card && String(card.type).startsWith('Input.') && 'id' in card && 'value' in card;
  const own = isInput ? { [String(card.id)]: String(card.value) } : {};
  return { ...own, ...Object.assign({}, ...Object.values(card).map(valuesOf)) };
}
