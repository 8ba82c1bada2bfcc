import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { SeddError } from '../services/errors.ts';
import type { Log } from '../services/log.ts';
import type { Connector } from './connector.ts';
import {
  type Answer,
  type Inbound,
  type InboundConversation,
  type ParsedActivity,
  type Press,
  readActivity,
} from './inbound.ts';

/** What is answered to what comes in; nothing of the framework gets this far. */
export interface BotHandlers {
  press(press: Press): Promise<Answer>;
  message(message: Extract<Inbound, { kind: 'message' }>): Promise<Answer>;
  installed(installation: Extract<Inbound, { kind: 'installed' | 'removed' }>): Promise<Answer>;
  removed(installation: Extract<Inbound, { kind: 'installed' | 'removed' }>): Promise<Answer>;
  /** Told of each message that answers somebody, by the id that Teams gave it and everything in it that is read. */
  replied(conversation: InboundConversation, activityId: string, text: string): Promise<void>;
  /** What a person reads when something went wrong; `reference` is what the log knows it by. */
  sorry(reference: string): string;
}

export interface BotDeps {
  readonly handlers: BotHandlers;
  readonly connector: Connector;
  readonly log: Log;
  /** Told of every turn, for the metrics. */
  readonly onTurn: (kind: Inbound['kind'], outcome: 'answered' | 'failed') => void;
}

/** What the HTTP response to an activity is. */
export interface TurnResponse {
  readonly status: number;
  readonly body: object | undefined;
}

const CARD = 'application/vnd.microsoft.card.adaptive';
const MESSAGE = 'application/vnd.microsoft.activity.message';
const done: TurnResponse = { status: 200, body: undefined };

/** Answers an activity that is known to come from Teams. The one place where whatever goes wrong in a turn is caught. */
export async function answerActivity(deps: BotDeps, activity: ParsedActivity): Promise<TurnResponse> {
  const inbound = readActivity(activity);
  try {
    const response = await answer(deps, inbound);
    deps.onTurn(inbound.kind, 'answered');
    return response;
  } catch (error) {
    deps.onTurn(inbound.kind, 'failed');
    return await apologise(deps, inbound, error);
  }
}

async function answer(deps: BotDeps, inbound: Inbound): Promise<TurnResponse> {
  switch (inbound.kind) {
    case 'press':
      return await respond(deps, inbound, await deps.handlers.press(inbound));
    case 'message':
      return await reply(deps, inbound, await deps.handlers.message(inbound));
    case 'installed':
      return await reply(deps, inbound, await deps.handlers.installed(inbound));
    case 'removed':
      await deps.handlers.removed(inbound);
      return done;
    case 'unknownInvoke':
      return { status: 501, body: undefined };
    case 'ignored':
      return done;
  }
}

/** A press is answered in its own response; one from an older client, that came as a message, in the thread. */
async function respond(deps: BotDeps, press: Press, answered: Answer): Promise<TurnResponse> {
  if (press.via === 'submit') {
    // The card itself follows by delivery, for everyone; what is private has no other place than a reply.
    if (answered.kind !== 'card' || answered.isPrivate === true) return await reply(deps, press, answered);
    const { told = '' } = answered;
    return told === '' ? done : await reply(deps, press, { kind: 'text', text: told });
  }
  return { status: 200, body: press.via === 'dialog' ? dialogOf(answered) : inPlace(answered) };
}

/** What stands in the place of the card that was pressed, for whoever pressed it. */
function inPlace(answered: Answer): object {
  if (answered.kind === 'card') return { statusCode: 200, type: CARD, value: answered.card };
  return { statusCode: 200, type: MESSAGE, value: answered.kind === 'text' ? answered.text : '' };
}

function dialogOf(answered: Answer): object {
  if (answered.kind !== 'card')
    return { task: { type: 'message', value: answered.kind === 'text' ? answered.text : '' } };
  const card = { contentType: CARD, content: answered.card };
  const title = answered.dialogTitle ?? 'Sedd';
  return { task: { type: 'continue', value: { title, height: 'large', width: 'medium', card } } };
}

type Addressed = Extract<Inbound, { conversation: unknown }>;

async function reply(deps: BotDeps, { conversation }: Addressed, answered: Answer): Promise<TurnResponse> {
  if (answered.kind === 'none') return done;
  const content =
    answered.kind === 'text'
      ? { text: answered.text, textFormat: 'markdown' }
      : { attachments: [{ contentType: CARD, content: answered.card }] };
  const path = `v3/conversations/${encodeURIComponent(conversation.threadId)}/activities`;
  const sent = await deps.connector.call('POST', conversation.serviceUrl, path, {
    type: 'message',
    ...content,
  });
  await tellOfReply(deps, conversation, sent, content);
  return done;
}

const sentMessage = z.object({ id: z.string().min(1) });

/** It has been answered, whatever goes wrong here: nobody is to be told otherwise. */
async function tellOfReply(
  { handlers, log }: BotDeps,
  conversation: InboundConversation,
  sent: unknown,
  content: object,
): Promise<void> {
  const { data } = sentMessage.safeParse(sent);
  if (data === undefined) return;
  await handlers.replied(conversation, data.id, textsIn(content).join('\n')).catch((error: unknown) => {
    log.error(
      { err: error },
      'An answer was sent and could not be put down: should somebody whom it names be protected, it stays',
    );
  });
}

/** Every text in what is sent, whatever it is for. */
function textsIn(content: unknown): readonly string[] {
  if (typeof content === 'string') return [content];
  return typeof content === 'object' && content !== null ? Object.values(content).flatMap(textsIn) : [];
}

async function apologise(deps: BotDeps, inbound: Inbound, error: unknown): Promise<TurnResponse> {
  const reference = randomUUID().slice(0, 8);
  const code = error instanceof SeddError ? error.code : 'internal';
  deps.log.error(
    { turn: inbound.kind, code, reference, err: error },
    'A turn failed; whoever was there was told the reference',
  );
  const text = { kind: 'text', text: deps.handlers.sorry(reference) } as const;
  if (inbound.kind === 'press' && inbound.via !== 'submit')
    return { status: 200, body: inbound.via === 'dialog' ? dialogOf(text) : inPlace(text) };
  if (inbound.kind === 'message' || inbound.kind === 'press') {
    // Where even this cannot be sent, the log line above is what remains.
    await reply(deps, inbound, text).catch(() => done);
  }
  return done;
}
