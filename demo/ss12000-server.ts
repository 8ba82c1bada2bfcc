import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../services/clock.ts';
import type { DemoMunicipality, DemoSchool } from './municipality.ts';
import { absenceRecords, calendarEventRecords, type Window } from './ss12000-day-records.ts';
import * as records from './ss12000-records.ts';
import { roomsOf } from './timetable.ts';

export interface Ss12000Server {
  readonly url: string;
  readonly tokenUrl: string;
  close(): Promise<void>;
}

export interface Ss12000ServerDeps {
  readonly municipality: DemoMunicipality;
  /** What is reported, and who has been reported absent, goes by it. */
  readonly clock: Clock;
  readonly port?: number;
}

/** What the demo's client proves itself with; there is nothing to protect. */
export const DEMO_CLIENT = { clientId: 'demo', clientSecret: 'demo' };

/** The made-up municipality's student system: a small SS 12000 server, on this machine alone. */
export async function startSs12000Server(deps: Ss12000ServerDeps): Promise<Ss12000Server> {
  const lists: Lists = { byPath: createLists(deps), begun: new Map(), tokens: new Set() };
  const server = createServer((request, response) => {
    answer(lists, request).then(
      (body) => send(response, 200, body),
      (error: unknown) => refuse(response, error),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(deps.port ?? 0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    tokenUrl: `${url}/token`,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

type List = (query: URLSearchParams) => readonly object[];

interface Lists {
  readonly byPath: Readonly<Record<string, List>>;
  /** Lists that have been begun: a page token names one and a place in it. */
  readonly begun: Map<string, readonly object[]>;
  readonly tokens: Set<string>;
}

function createLists({ municipality, clock }: Ss12000ServerDeps): Lists['byPath'] {
  const inSchools = (query: URLSearchParams, of: (school: DemoSchool) => readonly object[], by: string) =>
    isUnchanged(query) ? [] : schoolsOf(municipality, query.getAll(by)).flatMap(of);
  return {
    organisations: () => municipality.schools.map(records.organisationRecord),
    persons: (query) =>
      inSchools(query, (school) => personRecords(school, query), 'relationship.organisation'),
    groups: (query) =>
      inSchools(query, (one) => one.groups.map((group) => records.groupRecord(one, group)), 'organisation'),
    duties: (query) =>
      inSchools(
        query,
        (school) => school.teachers.map((teacher) => records.dutyRecord(school, teacher)),
        'organisation',
      ),
    rooms: (query) =>
      inSchools(
        query,
        (one) => roomsOf(municipality.seed, one).map((room) => records.roomRecord(one, room)),
        'organisation',
      ),
    calendarEvents: (query) => {
      const window = windowOf(query, 'startTime.onOrAfter', 'startTime.onOrBefore');
      const isExpanded = (part: string) => query.getAll('expand').includes(part);
      return schoolsOf(municipality, query.getAll('organisation')).flatMap((school) =>
        calendarEventRecords({ municipality, school, now: clock.now(), isExpanded }, window),
      );
    },
    absences: (query) => {
      const window = windowOf(query, 'endTime.onOrAfter', 'startTime.onOrBefore');
      return schoolsOf(municipality, query.getAll('organisation')).flatMap((school) =>
        absenceRecords({ municipality, school, now: clock.now() }, window),
      );
    },
  };
}

/** Of one kind of relation to the school, or of any. */
function personRecords(school: DemoSchool, query: URLSearchParams): readonly object[] {
  const kind = query.get('relationship.entity.type');
  return [
    ...(kind === 'duty' ? [] : school.pupils.map((pupil) => records.pupilRecord(school, pupil))),
    ...(kind === 'enrolment' ? [] : school.teachers.map(records.teacherRecord)),
  ];
}

/** The roster does not change while the demo runs. */
function isUnchanged(query: URLSearchParams): boolean {
  const after = query.get('meta.modified.after');
  return after !== null && after >= '2026-08-11';
}

function schoolsOf({ schools }: DemoMunicipality, organisations: readonly string[]): readonly DemoSchool[] {
  return organisations.length === 0
    ? schools
    : schools.filter((school) => organisations.includes(school.organisation));
}

function windowOf(query: URLSearchParams, from: string, to: string): Window {
  return { from: required(query, from), to: required(query, to) };
}

function required(query: URLSearchParams, name: string): Temporal.Instant {
  const value = query.get(name);
  if (value === null) throw new Refusal(400, 'filter', `${name} is required`);
  try {
    return Temporal.Instant.from(value);
  } catch {
    throw new Refusal(400, 'filter', `${name} is no point in time`);
  }
}

async function answer(lists: Lists, request: IncomingMessage): Promise<object> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const path = pathname.slice(1);
  if (request.method === 'POST' && path === 'token') return await giveToken(lists, request);
  if (!lists.tokens.has(request.headers.authorization?.replace(/^Bearer /, '') ?? ''))
    throw new Refusal(401, 'token', 'A token is required');
  if (path === 'deletedEntities') return { data: {}, pageToken: null };
  return page(lists, path, searchParams);
}

const TOKEN_SECONDS = 3_600;

async function giveToken({ tokens }: Lists, request: IncomingMessage): Promise<object> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
  const { clientId, clientSecret } = DEMO_CLIENT;
  if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret)
    throw new Refusal(401, 'invalid_client', 'The client is not known');
  const token = randomUUID();
  tokens.add(token);
  return { access_token: token, token_type: 'Bearer', expires_in: TOKEN_SECONDS };
}

const DEFAULT_LIMIT = 500;
/** A reader that stops halfway leaves its list; so many are kept. */
const MOST_BEGUN = 50;

function page({ byPath, begun }: Lists, path: string, query: URLSearchParams): object {
  const limit = Number(query.get('limit') ?? DEFAULT_LIMIT);
  if (!Number.isInteger(limit) || limit < 1) throw new Refusal(400, 'limit', 'The limit is no number');
  const token = query.get('pageToken');
  if (token !== null && [...query.keys()].some((name) => name !== 'pageToken' && name !== 'limit')) {
    throw new Refusal(400, 'filter', 'A page token goes with a limit alone');
  }
  const [list = randomUUID(), place = '0'] = token?.split('.') ?? [];
  const found = token === null ? byPath[path]?.(query) : begun.get(list);
  if (found === undefined) throw new Refusal(404, 'path', 'There is no such list');
  const end = Number(place) + limit;
  const isLast = end >= found.length;
  begun.delete(list);
  if (!isLast) begun.set(list, found);
  for (const oldest of [...begun.keys()].slice(0, -MOST_BEGUN)) begun.delete(oldest);
  return { data: found.slice(Number(place), end), pageToken: isLast ? null : `${list}.${end}` };
}

function refuse(response: ServerResponse, error: unknown): void {
  if (error instanceof Refusal)
    send(response, error.status, { ...asError(error.code, error), error: error.code });
  else send(response, 500, asError('internal', error));
}

function asError(code: string, error: unknown): object {
  return { code, message: error instanceof Error ? error.message : String(error) };
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
