import { randomUUID } from 'node:crypto';

/** A conversation as Teams names it in what it sends. */
export interface TeamsPlace {
  readonly id: string;
  readonly kind: 'channel' | 'groupChat' | 'personal';
  readonly teamId?: string;
}

export interface TeamsPerson {
  readonly teamsId: string;
  readonly entraId: string | undefined;
  readonly name: string;
}

export interface TeamsUserOptions {
  /** Base address of the app under test, such as `http://127.0.0.1:3978`. */
  readonly appUrl: string;
  /** Where the app's answers go: the loopback connector. */
  readonly serviceUrl: string;
  readonly tenantId: string;
  readonly person: TeamsPerson;
  readonly botId?: string;
  readonly channelId?: string;
  readonly authorization?: string;
}

export interface TeamsResponse {
  readonly status: number;
  readonly body: unknown;
}

/** What a person does in Teams, sent to an app's `/api/messages` as Teams sends it; each resolves with the HTTP answer. */
export interface TeamsUser {
  /** Presses a button of a card that sends its verb as an invoke. */
  pressExecute(at: TeamsPlace, messageId: string, verb: string, data?: object): Promise<TeamsResponse>;
  /** Presses a button of a card that falls back on sending a message. */
  pressSubmit(at: TeamsPlace, messageId: string, verb: string, data?: object): Promise<TeamsResponse>;
  /** Writes; in a channel with the bot mentioned first unless `isMention` is false. */
  write(at: TeamsPlace, text: string, isMention?: boolean): Promise<TeamsResponse>;
  install(at: TeamsPlace): Promise<TeamsResponse>;
  remove(at: TeamsPlace): Promise<TeamsResponse>;
  /** Sends any activity, laid over what all activities of this person share. */
  send(at: TeamsPlace, activity: Readonly<Record<string, unknown>>): Promise<TeamsResponse>;
}

export function createTeamsUser(options: TeamsUserOptions): TeamsUser {
  const send = (at: TeamsPlace, activity: Readonly<Record<string, unknown>>) =>
    post(options, { ...envelope(options, at), ...activity });

  return {
    send,
    pressExecute: (at, messageId, verb, data = {}) =>
      send(at, {
        type: 'invoke',
        name: 'adaptiveCard/action',
        replyToId: messageId,
        conversation: conversation(options, at, messageId),
        value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
      }),
    pressSubmit: (at, messageId, verb, data = {}) =>
      send(at, {
        type: 'message',
        replyToId: messageId,
        conversation: conversation(options, at, messageId),
        value: { ...data, verb },
      }),
    write: (at, text, isMention = at.kind === 'channel') =>
      send(at, { type: 'message', ...written(text, isMention, botId(options)) }),
    install: (at) => send(at, { type: 'installationUpdate', action: 'add' }),
    remove: (at) => send(at, { type: 'installationUpdate', action: 'remove' }),
  };
}

function written(text: string, isMention: boolean, botId: string): object {
  if (!isMention) return { text, textFormat: 'plain', entities: [] };
  const mention = '<at>Sedd</at>';
  return {
    text: `${mention} ${text}`,
    textFormat: 'plain',
    entities: [{ type: 'mention', text: mention, mentioned: { id: botId, name: 'Sedd' } }],
  };
}

function envelope(options: TeamsUserOptions, at: TeamsPlace): Record<string, unknown> {
  const { person, tenantId } = options;
  const team = at.teamId === undefined ? {} : { team: { id: at.teamId } };
  const channel = at.kind === 'channel' ? { channel: { id: at.id } } : {};
  return {
    id: `f:${randomUUID()}`,
    timestamp: new Date().toISOString(),
    channelId: options.channelId ?? 'msteams',
    serviceUrl: options.serviceUrl,
    from: { id: person.teamsId, name: person.name, aadObjectId: person.entraId },
    recipient: { id: botId(options), name: 'Sedd' },
    conversation: conversation(options, at, undefined),
    channelData: { tenant: { id: tenantId }, ...team, ...channel },
    locale: 'sv-SE',
  };
}

/** In a channel, Teams adds the root of the thread to the conversation's id. */
function conversation(options: TeamsUserOptions, at: TeamsPlace, rootId: string | undefined): object {
  const thread = at.kind === 'channel' && rootId !== undefined ? `;messageid=${rootId}` : '';
  return {
    id: `${at.id}${thread}`,
    conversationType: at.kind,
    isGroup: at.kind !== 'personal',
    tenantId: options.tenantId,
  };
}

function botId(options: TeamsUserOptions): string {
  return options.botId ?? '28:sedd';
}

async function post(options: TeamsUserOptions, activity: object): Promise<TeamsResponse> {
  const response = await fetch(new URL('/api/messages', options.appUrl), {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...(options.authorization === undefined ? {} : { authorization: options.authorization }),
    },
    body: JSON.stringify(activity),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : asJson(text) };
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // An answer that is not JSON is for the test to judge.
    return text;
  }
}
