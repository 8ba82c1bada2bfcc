import { actionsOf, cardOf } from '../test/support/card-text.ts';
import { teamsWindows } from '../test/support/connector-limits.ts';
import { type LoopbackConnector, startLoopbackConnector } from '../test/support/loopback-connector.ts';
import { answerQuestions } from './child.ts';
import { mentorInTeams } from './large-municipality.ts';

/** What a connector has seen; times are its own, in milliseconds. */
export interface Tally {
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
  const requests = from.requests();
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

function buttons(from: LoopbackConnector): readonly Button[] {
  return from.messages().flatMap(({ id, conversationId, activity }) =>
    actionsOf(cardOf(activity))
      .filter(({ verb }) => verb === 'followUp.ask')
      .map(({ data }) => ({ conversationId, messageId: id, data: data ?? {} })),
  );
}
