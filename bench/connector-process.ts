import { actionsOf, cardOf } from '../test/support/card-text.ts';
import { teamsWindows } from '../test/support/connector-limits.ts';
import { type LoopbackConnector, startLoopbackConnector } from '../test/support/loopback-connector.ts';
import { answerQuestions } from './child.ts';
import { mentorInTeams } from './large-municipality.ts';

/** What a connector has seen; times are its own, in milliseconds. */
export interface Tally {
  /** Those that post or update a message. */
  readonly calls: number;
  readonly refused: number;
  /** From the first call to the one that showed the last of the conversations its card. */
  readonly spanMs: number;
  readonly conversations: number;
  readonly cardBytes: number;
}

/** "Kontaktad" on a pupil's row, and what it carries. */
export interface Button {
  readonly conversationId: string;
  readonly messageId: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A press on a card, made at `at` (milliseconds since 1970), that left its follow-up with a higher version. */
export interface Pressed {
  readonly messageId: string;
  readonly followUp: string;
  readonly version: number;
  readonly at: number;
}

let connector: LoopbackConnector | undefined;

/** Teams' connector as a process, with Teams' limits counted strictly. */
answerQuestions({
  start: async () => {
    connector = await startLoopbackConnector({ limits: teamsWindows });
    return connector.url;
  },
  /** Teams knows so many mentors. */
  mentors: (count: number) => {
    for (let number = 0; number < count; number += 1) running().know(mentorInTeams(number));
  },
  /** Waits until so many conversations have a card. */
  shown: async (conversations: number) => {
    await running().until((each) => firstCards(each).size >= conversations);
    return tally(running());
  },
  buttons: () => buttons(running()),
  /** Waits until every press is shown on its card, and answers how many milliseconds each took. */
  seen: async (presses: readonly Pressed[]) => {
    await running().until((each) => firstShown(each, presses).every((at) => at !== undefined));
    return firstShown(running(), presses).map((at, index) => (at ?? 0) - (presses[index]?.at ?? 0));
  },
});

function running(): LoopbackConnector {
  if (connector === undefined) throw new Error('The connector has not been started');
  return connector;
}

function firstCards(from: LoopbackConnector): ReadonlyMap<string, number> {
  const first = new Map<string, number>();
  for (const { conversationId, postedAt } of from.messages()) {
    if (!first.has(conversationId)) first.set(conversationId, postedAt);
  }
  return first;
}

function tally(from: LoopbackConnector): Tally {
  // Who is in the channels was asked in the early morning.
  const requests = from.requests().filter(({ op }) => op !== 'members' && op !== 'member');
  const last = Math.max(...firstCards(from).values());
  const bytes = from.messages().map(({ activity }) => Buffer.byteLength(JSON.stringify(cardOf(activity))));
  return {
    calls: requests.length,
    refused: requests.filter(({ outcome }) => outcome === 429).length,
    spanMs: last - (requests[0]?.at ?? last),
    conversations: firstCards(from).size,
    cardBytes: Math.round(bytes.reduce((sum, each) => sum + each, 0) / bytes.length),
  };
}

/** When the connector had the first card that shows each press. */
function firstShown(from: LoopbackConnector, presses: readonly Pressed[]): readonly (number | undefined)[] {
  const shown = new Map<string, { readonly version: number; readonly at: number }[]>();
  for (const { op, body, stored, answeredAt } of from.requests()) {
    if (op !== 'update' || stored === undefined || answeredAt === undefined) continue;
    for (const { data } of actionsOf(cardOf(body))) {
      const key = `${stored} ${String(data.followUp)}`;
      shown.set(key, [...(shown.get(key) ?? []), { version: Number(data.version), at: answeredAt }]);
    }
  }
  return presses.map(
    ({ messageId, followUp, version }) =>
      shown.get(`${messageId} ${followUp}`)?.find((each) => each.version > version)?.at,
  );
}

function buttons(from: LoopbackConnector): readonly Button[] {
  return from.messages().flatMap(({ id, conversationId, activity }) =>
    actionsOf(cardOf(activity))
      .filter(({ verb }) => verb === 'followUp.ask')
      .map(({ data }) => ({ conversationId, messageId: id, data: data ?? {} })),
  );
}
