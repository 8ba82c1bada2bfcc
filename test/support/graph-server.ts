import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call of Microsoft Graph as it arrived. */
export interface GraphCall {
  readonly method: string;
  /** With the query, without the version. */
  readonly path: string;
  readonly authorization: string | undefined;
  /** What was asked for: ids of accounts. */
  readonly ids: readonly string[];
}

/** What is answered instead of what belongs to the call; undefined gives good behaviour. */
export type GraphFault =
  | {
      readonly kind: 'answer';
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** Text goes out as it is, anything else as JSON. */
      readonly body?: unknown;
    }
  /** The connection is reset without an answer. */
  | { readonly kind: 'reset' }
  /** The answer begins, and never ends. */
  | { readonly kind: 'stall' }
  /** No answer ever comes. */
  | { readonly kind: 'silent' };

/** Microsoft Graph on the loopback interface, as far as Sedd asks it. */
export interface GraphServer {
  readonly url: string;
  /** Account → what its presence says. Whoever is not here is available. */
  presences: Record<string, object>;
  /** Account → its automatic replies. Whoever is not here has no mailbox. */
  replies: Record<string, object>;
  /** So many presences in an answer; the rest comes on further pages. */
  pageSize: number;
  /** `turn` counts the calls from 1. */
  script: ((call: GraphCall, turn: number) => GraphFault | undefined) | undefined;
  readonly calls: readonly GraphCall[];
  close(): Promise<void>;
}

export async function startGraphServer(): Promise<GraphServer> {
  const calls: GraphCall[] = [];
  const http = createServer((request, response) => {
    readCall(request).then(
      (call) => {
        calls.push(call);
        const fault = graph.script?.(call, calls.length);
        if (fault?.kind === 'silent') return;
        if (fault?.kind === 'reset') return void response.socket?.resetAndDestroy();
        if (fault?.kind === 'stall') return void response.writeHead(200).write('{"value":[');
        const { status = 200, headers = {}, body } = fault ?? { body: answer(graph, call) };
        response.writeHead(status, { 'content-type': 'application/json', ...headers });
        response.end(typeof body === 'string' ? body : JSON.stringify(body ?? {}));
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const graph: GraphServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    presences: {},
    replies: {},
    pageSize: 1_000,
    script: undefined,
    calls,
    close: async () => {
      const closed = new Promise<void>((resolve) => http.close(() => resolve()));
      http.closeAllConnections();
      await closed;
    },
  };
  return graph;
}

interface Asked {
  readonly ids?: readonly string[];
  readonly requests?: readonly { readonly id: string; readonly url: string }[];
}

async function readCall(request: IncomingMessage): Promise<GraphCall> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const asked = (text === '' ? {} : JSON.parse(text)) as Asked;
  const inBatch = asked.requests?.map(
    ({ url }) => /^\/users\/([^/]+)\/mailboxSettings\/automaticRepliesSetting$/.exec(url)?.[1] ?? url,
  );
  return {
    method: request.method ?? '',
    path: (request.url ?? '').replace(/^\/v1\.0/, ''),
    authorization: request.headers.authorization,
    ids: asked.ids ?? inBatch ?? [],
  };
}

function answer(graph: GraphServer, { path, ids }: GraphCall): object {
  if (path === '/$batch') return { responses: ids.map((id) => replyOf(graph, id)) };
  const [all, from] = path.includes('?')
    ? [new URL(path, graph.url).searchParams.get('ids')?.split(',') ?? [], pageOf(graph, path)]
    : [ids, 0];
  const next = from + graph.pageSize;
  const link = `${graph.url}/v1.0/communications/presences?ids=${all.join(',')}&skip=${next}`;
  return {
    value: all.slice(from, next).map((id) => ({
      id,
      availability: 'Available',
      activity: 'Available',
      outOfOfficeSettings: { isOutOfOffice: false, message: null },
      ...graph.presences[id],
    })),
    ...(next < all.length ? { '@odata.nextLink': link } : {}),
  };
}

function pageOf(graph: GraphServer, path: string): number {
  return Number(new URL(path, graph.url).searchParams.get('skip'));
}

function replyOf({ replies }: GraphServer, id: string): object {
  const body = replies[id];
  return body === undefined
    ? { id, status: 404, body: { error: { code: 'MailboxNotEnabledForRESTAPI', message: 'No mailbox' } } }
    : { id, status: 200, body };
}
