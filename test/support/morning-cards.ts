import assert from 'node:assert/strict';
import type { TestApp } from './app.ts';
import { actionsOf, type CardAction, cardOf, textsOf } from './card-text.ts';
import type { ConnectorMessage } from './connector-record.ts';
import { COORDINATOR_CHANNEL, channelId } from './small-school.ts';
import type { TeamsPlace, TeamsResponse } from './teams-user.ts';

/** The channel of a mentor group, by its number. */
export function mentors(group: number): TeamsPlace {
  return { id: channelId(group), kind: 'channel', teamId: '19:team' };
}

export const coordinator: TeamsPlace = { id: COORDINATOR_CHANNEL, kind: 'channel', teamId: '19:team' };

export interface ShownCard {
  readonly message: ConnectorMessage;
  readonly card: object;
  /** What a person reads, a text on each line. */
  readonly texts: string;
  readonly buttons: readonly CardAction[];
}

/** The messages that a conversation shows. */
export function messagesIn(app: TestApp, { id }: TeamsPlace): readonly ConnectorMessage[] {
  return app.connector
    .messages()
    .filter((message) => message.conversationId === id && message.deletedAt === undefined);
}

/** What a person reads of each message that a conversation shows: a card’s texts, a line each, or what is written. */
export function textsIn(app: TestApp, place: TeamsPlace): readonly string[] {
  return messagesIn(app, place).map(({ activity }) =>
    activity.attachments === undefined ? String(activity.text) : textsOf(cardOf(activity)).join('\n'),
  );
}

/** The card of a conversation that shows one message and no more; of several, the newest with `newest`. */
export function shownIn(app: TestApp, place: TeamsPlace, which: 'only' | 'newest' = 'only'): ShownCard {
  const messages = messagesIn(app, place);
  const message = messages.at(-1);
  assert.ok(message !== undefined, `nothing is shown in ${place.id}`);
  if (which === 'only')
    assert.equal(messages.length, 1, `${messages.length} messages are shown in ${place.id}`);
  const card = cardOf(message.activity);
  return { message, card, texts: textsOf(card).join('\n'), buttons: actionsOf(card) };
}

/** Presses the first button of a conversation's newest card. */
export async function pressFirst(
  app: TestApp,
  who: ReturnType<TestApp['user']>,
  place: TeamsPlace,
): Promise<TeamsResponse> {
  const { message, buttons } = shownIn(app, place, 'newest');
  const [button] = buttons;
  assert.ok(button !== undefined, 'there is no button');
  return await who.pressExecute(place, message.id, button.verb, button.data);
}

/** Says of a pupil, the first on the card where none is named, that somebody was reached by phone: both taps of it. */
export async function press(
  app: TestApp,
  who: ReturnType<TestApp['user']>,
  place: TeamsPlace,
  pupil?: string,
): Promise<TeamsResponse> {
  const { message, buttons } = shownIn(app, place, 'newest');
  const own = pupil === undefined ? undefined : await followUpsOf(app, pupil);
  const button = buttons.find((one) => own === undefined || own.includes(String(one.data.followUp)));
  assert.ok(button !== undefined, 'there is no such button');
  const isAsking = button.verb === 'followUp.ask';
  const verb = isAsking ? 'followUp.contacted' : button.verb;
  const data = isAsking ? { ...button.data, method: 'phone', counterpart: 'guardian' } : button.data;
  return await who.pressExecute(place, message.id, verb, data);
}

/** The ids of a pupil's follow-ups: what cards know them by, which carry no id of the pupil. */
export async function followUpsOf({ storage }: TestApp, pupil: string): Promise<readonly string[]> {
  const rows = await storage.db.selectFrom('followUp').select('id').where('pupilId', '=', pupil).execute();
  return rows.map(({ id }) => id);
}

/** What a person reads of the answer to a press: the card's texts, or the message. */
export function textOf({ status, body }: TeamsResponse): string {
  assert.equal(status, 200);
  const { value } = body as { readonly value: unknown };
  return typeof value === 'string' ? value : textsOf(value).join('\n');
}
