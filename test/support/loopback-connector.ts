import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Connections, isWaiting } from './connections.ts';
import { type ConnectorLimits, createLimiter } from './connector-limits.ts';
import {
  type ConnectorCall,
  type ConnectorMessage,
  ConnectorRecord,
  type ConnectorRequest,
  isObject,
  type JsonObject,
  readCall,
} from './connector-record.ts';

/**
 * What to do with a call instead of answering it well. `stored` says whether the message got there all the same;
 * without it, it did not.
 */
export type ConnectorBehaviour =
  | {
      readonly kind: 'status';
      readonly status: number;
      /** The connector's error code, such as `ConversationNotFound`. */
      readonly code?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly stored?: boolean;
      /** What is answered instead of what belongs to the status. */
      readonly body?: unknown;
    }
  /** The connection is reset without an answer. */
  | { readonly kind: 'reset'; readonly stored?: boolean }
  /** The answer begins, and the connection is reset in the middle of it. */
  | { readonly kind: 'cut'; readonly status?: number; readonly stored?: boolean }
  /** The answer begins, and never ends. */
  | { readonly kind: 'stall'; readonly status?: number; readonly stored?: boolean }
  /** No answer ever comes. */
  | { readonly kind: 'silent'; readonly stored?: boolean };

/** A person as Teams lists them in a conversation. */
export interface ConnectorMember {
  readonly id: string;
  readonly name: string;
  readonly aadObjectId?: string | undefined;
  readonly email?: string | undefined;
  readonly userPrincipalName?: string | undefined;
  readonly tenantId: string;
  readonly userRole: 'user' | 'guest' | 'anonymous';
}

export type ConnectorScript = (call: ConnectorCall) => ConnectorBehaviour | undefined;

export interface LoopbackConnectorOptions {
  readonly port?: number;
  /** Without limits nothing is refused for its pace. `teamsWindows` are Teams' own. */
  readonly limits?: ConnectorLimits;
  /** Milliseconds from a call's arrival to its answer. */
  readonly latencyMs?: (call: ConnectorCall) => number;
}

export interface LoopbackConnector {
  /** The service URL, with a trailing slash. */
  readonly url: string;
  /** Everything that was stored, also what was deleted later, in order of posting. */
  messages(): readonly ConnectorMessage[];
  /** Every call, in order of arrival. */
  requests(): readonly ConnectorRequest[];
  /** Makes somebody a member of every conversation, as Teams will tell of them. */
  know(member: ConnectorMember): void;
  /** Decides over each call from now on; undefined gives back good behaviour. */
  script(next: ConnectorScript | undefined): void;
  /** Resolves when `done` holds; it is asked after each call. */
  until(done: (connector: LoopbackConnector) => boolean): Promise<void>;
  /** Resolves when every connection that was made until now is closed, and what came over it is noted: of clients that are gone. */
  heardOut(): Promise<void>;
  close(): Promise<void>;
}

/** A connector on the loopback interface that behaves as Teams' does for the calls that Sedd makes. */
export async function startLoopbackConnector(
  options: LoopbackConnectorOptions = {},
): Promise<LoopbackConnector> {
  const state = new State(options);
  const server = createServer((request, response) => {
    handle(state, request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;
  const connections = new Connections(server);
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const connector: LoopbackConnector = {
    url: `http://127.0.0.1:${port}/`,
    messages: () => state.record.messages(),
    requests: () => state.requests,
    know: (member) => {
      state.members.set(member.id, member);
    },
    script: (next) => {
      state.script = next;
    },
    until: (done) => state.until(() => done(connector)),
    heardOut: async () => {
      await connections.closed(port);
      await state.until(() => state.arriving === 0);
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
  return connector;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

class State {
  readonly record = new ConnectorRecord();
  readonly requests: Writable<ConnectorRequest>[] = [];
  readonly members = new Map<string, ConnectorMember>();
  script: ConnectorScript | undefined;
  /** Calls of which something has come, and not all. */
  arriving = 0;
  readonly latencyMs: (call: ConnectorCall) => number;
  readonly waitFor: (conversationId: string, nowMs: number) => number;
  private waiting: (() => void)[] = [];

  constructor(options: LoopbackConnectorOptions) {
    this.latencyMs = options.latencyMs ?? (() => 0);
    this.waitFor = options.limits === undefined ? () => 0 : createLimiter(options.limits);
  }

  note(call: ConnectorCall): Writable<ConnectorRequest> {
    const request = {
      ...call,
      at: Date.now(),
      answeredAt: undefined,
      outcome: 'pending' as const,
      stored: undefined,
    };
    this.requests.push(request);
    return request;
  }

  async until(isDone: () => boolean): Promise<void> {
    while (!isDone()) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  changed(): void {
    for (const wake of this.waiting.splice(0)) wake();
  }
}

async function handle(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await arrived(state, request);
  const { method = '', url = '', headers } = request;
  const call = readCall(state.requests.length + 1, method, url, body, headers.authorization);
  const noted = state.note(call);
  const behaviour = paceRefusal(state, call) ?? state.script?.(call) ?? wellBehaved(state, call);
  if (behaviour.stored === true) noted.stored = state.record.apply(call);
  const latency = state.latencyMs(call);
  if (latency > 0) await new Promise((resolve) => setTimeout(resolve, latency));
  if (await isWaiting(request)) answer(behaviour, call, noted, response);
  else noted.outcome = 'unheard';
  state.changed();
}

function paceRefusal(state: State, call: ConnectorCall): ConnectorBehaviour | undefined {
  const waitMs = state.waitFor(call.conversationId, performance.now());
  if (waitMs === 0) return undefined;
  return { kind: 'status', status: 429, headers: { 'retry-after': `${Math.ceil(waitMs / 1_000)}` } };
}

function wellBehaved(state: State, call: ConnectorCall): ConnectorBehaviour {
  if (call.op === 'unknown') return { kind: 'status', status: 404, code: 'NotFound' };
  if (call.op === 'member' || call.op === 'members') return membersOf(state, call);
  const isOnMessage = call.op === 'update' || call.op === 'delete';
  if (isOnMessage && state.record.find(call.activityId)?.conversationId !== call.conversationId) {
    return { kind: 'status', status: 404, code: 'ActivityNotFoundInConversation' };
  }
  return { kind: 'status', status: call.op === 'update' || call.op === 'delete' ? 200 : 201, stored: true };
}

/** In a personal chat there is one person; everywhere else everybody is. */
function membersOf({ members }: State, { op, memberId, conversationId }: ConnectorCall): ConnectorBehaviour {
  const here = [...members.values()].filter(
    ({ id }) => !conversationId.startsWith('a:') || conversationId === `a:${id}`,
  );
  if (op === 'members') return { kind: 'status', status: 200, body: { members: here } };
  const member = here.find(({ id }) => id === memberId);
  return member === undefined
    ? { kind: 'status', status: 404, code: 'MemberNotFoundInConversation' }
    : { kind: 'status', status: 200, body: member };
}

function answer(
  behaviour: ConnectorBehaviour,
  call: ConnectorCall,
  noted: Writable<ConnectorRequest>,
  response: ServerResponse,
): void {
  noted.outcome = behaviour.kind === 'status' ? behaviour.status : behaviour.kind;
  if (behaviour.kind === 'silent') return;
  noted.answeredAt = Date.now();
  if (behaviour.kind === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  if (behaviour.kind === 'cut' || behaviour.kind === 'stall') {
    const headers = { 'content-type': 'application/json', 'content-length': '1000' };
    response.writeHead(behaviour.status ?? 201, headers);
    response.write('{"id":');
    if (behaviour.kind === 'cut') setImmediate(() => response.socket?.resetAndDestroy());
    return;
  }
  const isGood = behaviour.status < 300;
  response.writeHead(behaviour.status, { 'content-type': 'application/json', ...behaviour.headers });
  const body = isGood ? goodBody(call, noted.stored) : errorBody(behaviour.code);
  response.end(JSON.stringify('body' in behaviour ? behaviour.body : body));
}

function goodBody(call: ConnectorCall, id: string | undefined): JsonObject {
  if (call.op === 'createThread') return { id: `${call.conversationId};messageid=${id}`, activityId: id };
  if (call.op === 'createPersonal')
    return { id: call.conversationId, ...(id === undefined ? {} : { activityId: id }) };
  return { id };
}

function errorBody(code: string | undefined): JsonObject {
  return code === undefined ? {} : { error: { code, message: `The connector says ${code}` } };
}

async function arrived(state: State, request: IncomingMessage): Promise<JsonObject> {
  state.arriving += 1;
  try {
    return await readJson(request);
  } finally {
    state.arriving -= 1;
    // Whoever waits for what has arrived wants it noted.
    setImmediate(() => state.changed());
  }
}

async function readJson(request: IncomingMessage): Promise<JsonObject> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  if (chunks.length === 0) return {};
  const parsed: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  return isObject(parsed) ? parsed : {};
}
