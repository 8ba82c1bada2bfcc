import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const CLIENT = { clientId: 'sedd-client', clientSecret: 'very-secret-indeed' };

/** A call as it arrived. */
export interface StudentSystemCall {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** What to do with a call instead of answering it well. */
export type StudentSystemFault =
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** This body with status 200, whatever it is. */
  | { readonly kind: 'body'; readonly body: unknown }
  /** The connection is reset without an answer. */
  | { readonly kind: 'reset' }
  /** The answer begins, and the connection is reset in the middle of it. */
  | { readonly kind: 'cut' }
  /** The answer begins, and never ends. */
  | { readonly kind: 'stall' }
  /** No answer ever comes. */
  | { readonly kind: 'silent' };

/** `turn` counts the calls of the same path, from 1. */
export type StudentSystemScript = (call: StudentSystemCall, turn: number) => StudentSystemFault | undefined;

/** An SS 12000 API on the loopback interface whose lists a test writes, and whose misbehaviour it scripts. */
export interface StudentSystem {
  readonly url: string;
  readonly tokenUrl: string;
  /** Path → records. A list that is not here is answered with 404; it is not filtered. */
  lists: Record<string, readonly object[]>;
  removed: { readonly persons?: readonly string[]; readonly groups?: readonly string[] };
  /** How long its tokens are good for. */
  tokenSeconds: number;
  /** Takes the client's secret in the header alone. */
  wantsBasic: boolean;
  script: StudentSystemScript | undefined;
  calls(path?: string): readonly StudentSystemCall[];
  /** No token given so far is taken any more. */
  revoke(): void;
  close(): Promise<void>;
}

export async function startStudentSystem(): Promise<StudentSystem> {
  const calls: StudentSystemCall[] = [];
  const tokens = new Set<string>();
  const server = createServer((request, response) => {
    read(request).then(
      (call) => {
        calls.push(call);
        const turn = calls.filter((one) => one.path === call.path).length;
        const fault = system.script?.(call, turn);
        if (fault === undefined) send(response, answer(system, tokens, call));
        else misbehave(fault, response);
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const system: StudentSystem = {
    url: `${url}/v2`,
    tokenUrl: `${url}/v2/token`,
    lists: {},
    removed: {},
    tokenSeconds: 3_600,
    wantsBasic: false,
    script: undefined,
    calls: (path) => calls.filter((call) => path === undefined || call.path === path),
    revoke: () => tokens.clear(),
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return system;
}

async function read(request: IncomingMessage): Promise<StudentSystemCall> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return {
    path: pathname.replace('/v2/', ''),
    query: searchParams,
    authorization: request.headers.authorization,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

function answer(system: StudentSystem, tokens: Set<string>, call: StudentSystemCall): Reply {
  if (call.path === 'token') return giveToken(system, tokens, call);
  if (!tokens.has(call.authorization?.replace('Bearer ', '') ?? '')) return { status: 401, body: {} };
  return pageOf(system, call);
}

function giveToken(system: StudentSystem, tokens: Set<string>, call: StudentSystemCall): Reply {
  const [id, secret] = system.wantsBasic ? basic(call) : form(call);
  if (id !== CLIENT.clientId || secret !== CLIENT.clientSecret)
    return { status: 401, body: { error: 'invalid_client', error_description: call.body } };
  const token = `token-${system.calls('token').length}`;
  tokens.add(token);
  return {
    status: 200,
    body: { access_token: token, token_type: 'Bearer', expires_in: system.tokenSeconds },
  };
}

function basic({ authorization = '' }: StudentSystemCall): readonly string[] {
  const pair = Buffer.from(authorization.replace('Basic ', ''), 'base64').toString('utf8');
  return pair.split(':').map(decodeURIComponent);
}

function form({ body }: StudentSystemCall): readonly (string | null)[] {
  const fields = new URLSearchParams(body);
  return [fields.get('client_id'), fields.get('client_secret')];
}

/** Pages by record number, and only where a limit is sent. Another filter beside a page token is refused. */
function pageOf({ lists, removed }: StudentSystem, { path, query }: StudentSystemCall): Reply {
  const others = [...query.keys()].filter((name) => name !== 'limit' && name !== 'pageToken');
  if (query.has('pageToken') && others.length > 0) return { status: 400, body: {} };
  if (path === 'deletedEntities') return { status: 200, body: { data: removed } };
  const list = lists[path];
  if (list === undefined) return { status: 404, body: {} };
  const from = Number(query.get('pageToken') ?? 0);
  const end = query.has('limit') ? from + Number(query.get('limit')) : list.length;
  const pageToken = end < list.length ? String(end) : null;
  return { status: 200, body: { data: list.slice(from, end), pageToken } };
}

function misbehave(fault: StudentSystemFault, response: ServerResponse): void {
  if (fault.kind === 'silent') return;
  if (fault.kind === 'reset') {
    response.socket?.resetAndDestroy();
  } else if (fault.kind === 'status') {
    send(response, { body: {}, ...fault });
  } else if (fault.kind === 'body') {
    send(response, { status: 200, body: fault.body });
  } else {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"data":[');
    if (fault.kind === 'cut') setImmediate(() => response.socket?.resetAndDestroy());
  }
}

function send(response: ServerResponse, { status, body, headers = {} }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
