import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../services/clock.ts';
import type { DemoMunicipality, DemoSchool } from './municipality.ts';
import * as records from './ss12000-records.ts';

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
  const lists = createLists(deps);
  const server = createServer((request, response) => {
    answer(lists, request).then(
      (body) => send(response, 200, body),
      (error: unknown) =>
        send(response, error instanceof Refusal ? error.status : 500, { message: String(error) }),
    );
  });
  await new Promise<void>((resolve) => server.listen(deps.port ?? 0, '127.0.0.1', resolve));
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

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

type List = (query: URLSearchParams) => readonly object[];

interface Lists {
  readonly byPath: Readonly<Record<string, List>>;
  /** Lists that have been begun: a page token names one and a place in it. */
  readonly begun: Map<string, readonly object[]>;
}

function createLists({ municipality, clock }: Ss12000ServerDeps): Lists {
  const inSchools = (name: string, of: (school: DemoSchool) => readonly object[]): List => {
    return (query) =>
      schoolsOf(municipality, query.get(name)).flatMap((school) => (isUnchanged(query) ? [] : of(school)));
  };
  return {
    begun: new Map(),
    byPath: {
      organisations: () => municipality.schools.map(records.organisationRecord),
      persons: inSchools('relationship.organisation', (school) => [
        ...school.pupils.map((pupil) => records.pupilRecord(school, pupil)),
        ...school.teachers.map(records.teacherRecord),
      ]),
      groups: inSchools('organisation', (school) =>
        school.groups.map((group) => records.groupRecord(school, group)),
      ),
      duties: inSchools('organisation', (school) =>
        school.teachers.map((teacher) => records.dutyRecord(school, teacher)),
      ),
      calendarEvents: (query) => {
        const window = {
          from: required(query, 'startTime.onOrAfter'),
          to: required(query, 'startTime.onOrBefore'),
        };
        return schoolsOf(municipality, query.get('organisation')).flatMap((school) =>
          records.calendarEventRecords(municipality, school, window, clock.now()),
        );
      },
      absences: (query) => {
        const window = {
          from: required(query, 'endTime.onOrAfter'),
          to: required(query, 'startTime.onOrBefore'),
        };
        return schoolsOf(municipality, query.get('organisation')).flatMap((school) =>
          records.absenceRecords(municipality, school, window, clock.now()),
        );
      },
    },
  };
}

/** The roster does not change while the demo runs. */
function isUnchanged(query: URLSearchParams): boolean {
  const after = query.get('meta.modified.after');
  return after !== null && after >= '2026-08-11';
}

function schoolsOf({ schools }: DemoMunicipality, organisation: string | null): readonly DemoSchool[] {
  return organisation === null ? schools : schools.filter((school) => school.organisation === organisation);
}

function required(query: URLSearchParams, name: string): Temporal.Instant {
  const value = query.get(name);
  if (value === null) throw new Refusal(400, `${name} is required`);
  return Temporal.Instant.from(value);
}

async function answer(lists: Lists, request: IncomingMessage): Promise<object> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const path = pathname.slice(1);
  if (request.method === 'POST' && path === 'token') {
    return { access_token: randomUUID(), token_type: 'Bearer', expires_in: 3_600 };
  }
  if (request.headers.authorization?.startsWith('Bearer ') !== true)
    throw new Refusal(401, 'A token is required');
  if (path === 'deletedEntities') return { data: {} };
  return page(lists, path, searchParams);
}

const DEFAULT_LIMIT = 500;

function page(lists: Lists, path: string, query: URLSearchParams): object {
  const limit = Number(query.get('limit') ?? DEFAULT_LIMIT);
  const token = query.get('pageToken');
  if (token !== null && [...query.keys()].some((name) => name !== 'pageToken' && name !== 'limit')) {
    throw new Refusal(400, 'A page token goes with a limit alone');
  }
  const [list = randomUUID(), place = '0'] = token?.split('.') ?? [];
  const found = token === null ? lists.byPath[path]?.(query) : lists.begun.get(list);
  if (found === undefined) throw new Refusal(404, 'There is no such list');
  const end = Number(place) + limit;
  const isLast = end >= found.length;
  if (isLast) lists.begun.delete(list);
  else lists.begun.set(list, found);
  return { data: found.slice(Number(place), end), pageToken: isLast ? null : `${list}.${end}` };
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
