/** What a call to the connector asks for. */
export type ConnectorOp =
  | 'createThread'
  | 'createPersonal'
  | 'send'
  | 'reply'
  | 'update'
  | 'delete'
  | 'member'
  | 'members'
  | 'unknown';

/** A call as it arrived. `conversationId` is without `;messageid=`; `threadId` is the part after it. */
export interface ConnectorCall {
  /** 1 for the first call of this connector. */
  readonly n: number;
  readonly op: ConnectorOp;
  readonly method: string;
  readonly path: string;
  readonly conversationId: string;
  readonly threadId: string | undefined;
  readonly activityId: string | undefined;
  /** Of whom is asked. */
  readonly memberId?: string;
  readonly body: JsonObject;
  readonly authorization: string | undefined;
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** A call and how it was answered: a status, or what happened to it instead. `unheard`: its client had left. */
export interface ConnectorRequest extends ConnectorCall {
  readonly at: number;
  readonly answeredAt: number | undefined;
  readonly outcome: number | 'reset' | 'silent' | 'cut' | 'stall' | 'unheard' | 'pending';
  /** The message that this call created, updated or deleted. */
  readonly stored: string | undefined;
}

/** A message as the conversation shows it. */
export interface ConnectorMessage {
  readonly id: string;
  readonly conversationId: string;
  /** The root of the thread; a message of its own is its own root. */
  readonly threadId: string;
  /** The activity as last posted or updated. */
  readonly activity: JsonObject;
  readonly postedAt: number;
  readonly updates: number;
  readonly updatedAt: number | undefined;
  readonly deletedAt: number | undefined;
}

/** Keeps what the connector accepted. Ids are ordered in time and look like Teams'. */
export class ConnectorRecord {
  private readonly byId = new Map<string, ConnectorMessage>();
  private next = 1_763_000_000_000;

  messages(): readonly ConnectorMessage[] {
    return [...this.byId.values()];
  }

  find(id: string | undefined): ConnectorMessage | undefined {
    const message = this.byId.get(id ?? '');
    return message?.deletedAt === undefined ? message : undefined;
  }

  /** Does what an accepted call asks for; answers the id of the message, or undefined where there is none. */
  apply(call: ConnectorCall): string | undefined {
    if (call.op === 'update') return this.update(call.activityId, call.body);
    if (call.op === 'delete') return this.delete(call.activityId);
    if (call.op === 'send' || call.op === 'reply')
      return this.add(call.conversationId, call.threadId, call.body);
    const first = call.body.activity;
    return isObject(first) ? this.add(call.conversationId, undefined, first) : undefined;
  }

  private add(conversationId: string, threadId: string | undefined, activity: JsonObject): string {
    const id = `${this.next++}`;
    const message = { id, conversationId, threadId: threadId ?? id, activity, postedAt: Date.now() };
    this.byId.set(id, { ...message, updates: 0, updatedAt: undefined, deletedAt: undefined });
    return id;
  }

  private update(id: string | undefined, activity: JsonObject): string | undefined {
    const message = this.find(id);
    if (message === undefined) return undefined;
    this.byId.set(message.id, { ...message, activity, updates: message.updates + 1, updatedAt: Date.now() });
    return message.id;
  }

  private delete(id: string | undefined): string | undefined {
    const message = this.find(id);
    if (message === undefined) return undefined;
    this.byId.set(message.id, { ...message, deletedAt: Date.now() });
    return message.id;
  }
}

/** Reads method, path and body into what the call asks for. */
export function readCall(
  n: number,
  method: string,
  path: string,
  body: JsonObject,
  authorization: string | undefined,
): ConnectorCall {
  const base = { n, method, path, body, authorization };
  const asked = /^\/v3\/conversations\/([^/]+)\/(?:members\/([^/?]+)|pagedmembers)(?:\?|$)/.exec(path);
  if (method === 'GET' && asked !== null) {
    const of = { ...base, ...split(decodeURIComponent(asked[1] ?? '')), activityId: undefined };
    return asked[2] === undefined
      ? { ...of, op: 'members' }
      : { ...of, op: 'member', memberId: decodeURIComponent(asked[2]) };
  }
  const match = /^\/v3\/conversations(?:\/([^/]+)\/activities(?:\/([^/]+))?)?\/?$/.exec(
    path.split('?')[0] ?? '',
  );
  if (match === null) return { ...base, op: 'unknown', ...split(''), activityId: undefined };
  const activityId = match[2] === undefined ? undefined : decodeURIComponent(match[2]);
  if (match[1] !== undefined)
    return { ...base, op: opOf(method, activityId), ...split(decodeURIComponent(match[1])), activityId };
  const channel = channelOf(body);
  if (channel !== undefined) return { ...base, op: 'createThread', ...split(channel), activityId };
  return { ...base, op: 'createPersonal', ...split(`a:${memberOf(body)}`), activityId };
}

function opOf(method: string, activityId: string | undefined): ConnectorOp {
  if (method === 'PUT') return 'update';
  if (method === 'DELETE') return 'delete';
  if (method !== 'POST') return 'unknown';
  return activityId === undefined ? 'send' : 'reply';
}

function split(id: string): { readonly conversationId: string; readonly threadId: string | undefined } {
  const [conversationId = '', threadId] = id.split(';messageid=');
  return { conversationId, threadId };
}

function channelOf(body: JsonObject): string | undefined {
  const data = body.channelData;
  const channel = isObject(data) ? data.channel : undefined;
  return isObject(channel) && typeof channel.id === 'string' ? channel.id : undefined;
}

function memberOf(body: JsonObject): string {
  const first: unknown = Array.isArray(body.members) ? body.members[0] : undefined;
  return isObject(first) && typeof first.id === 'string' ? first.id : 'nobody';
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
