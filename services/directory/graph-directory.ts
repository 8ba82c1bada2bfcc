import { z } from 'zod';
import type { Municipality } from '../config/municipality.ts';
import { SeddError } from '../errors.ts';
import type { Directory } from '../follow-up/directory.ts';
import { batchAnswer, batchPart, outOfOffice, presencePage, repliesAt } from './answers.ts';
import { DirectoryError, malformed, missing, statusError } from './directory-error.ts';
import { createGraphCalls, GRAPH_URL, type GraphCalls, type GraphDeps } from './graph-call.ts';
import { permissionsIn } from './permissions-in.ts';

export interface GraphDirectoryDeps extends GraphDeps {
  readonly config: Municipality['directory'];
}

/** Microsoft Graph as the directory that it is configured to be, with something to try for each permission that it needs. */
export interface GraphDirectory extends Directory {
  /** Each fails with a `DirectoryError` that says what to do. */
  readonly probes: readonly { readonly permission: string; try(): Promise<void> }[];
}

export const PRESENCE = 'Presence.Read.All';
export const MAILBOX = 'MailboxSettings.Read';

/** Graph takes so many ids of one question, and so many calls in one. */
const MOST_PRESENCES = 650;
const MOST_IN_BATCH = 20;
const MOST_PAGES = 50;

const guid = z.guid();
/** Nobody's account: it is asked for to see whether Graph lets itself be asked. */
const NOBODY = '00000000-0000-0000-0000-000000000001';

type Ask = (calls: GraphCalls, ids: readonly string[], away: Set<string>) => Promise<void>;

export function createGraphDirectory(deps: GraphDirectoryDeps): GraphDirectory {
  const { presence, automaticReplies } = deps.config;
  const begin = createGraphCalls(deps);
  const asks: readonly { readonly permission: string; readonly ask: Ask }[] = [
    ...(presence ? [{ permission: PRESENCE, ask: presencesOf(deps) }] : []),
    ...(automaticReplies ? [{ permission: MAILBOX, ask: repliesOf(deps) }] : []),
  ];
  return {
    whoIsAway: async (entraIds) => {
      const byId = new Map(entraIds.map((id) => [id.toLowerCase(), id]));
      const ids = [...byId.keys()].filter((id) => guid.safeParse(id).success);
      const away = new Set<string>();
      const failures: SeddError[] = [];
      const calls = begin();
      for (const { ask } of ids.length === 0 ? [] : asks) {
        try {
          await ask(calls, ids, away);
        } catch (error) {
          // One thing that cannot be asked does not hide what the other has said; neither may stop a reminder.
          failures.push(error instanceof SeddError ? error : notAsked(error));
        }
      }
      return { away: new Set([...away].flatMap((id) => byId.get(id) ?? [])), failures };
    },
    probes: asks.map(({ permission, ask }) => ({
      permission,
      try: () => probe(deps, permission, ask, begin),
    })),
  };
}

function notAsked(cause: unknown): SeddError {
  return new SeddError('directory.internal', 'The directory could not be asked', {}, cause);
}

/** The token names what the app may do; Graph itself is asked all the same, since it has the last word. */
async function probe(
  { token }: GraphDirectoryDeps,
  permission: string,
  ask: Ask,
  begin: () => GraphCalls,
): Promise<void> {
  try {
    await ask(begin(), [NOBODY], new Set());
  } catch (error) {
    const isAboutNobody = error instanceof DirectoryError && [400, 404].includes(Number(error.facts.status));
    if (!isAboutNobody) throw error;
  }
  const own = permissionsIn(await token());
  const isGiven =
    own === undefined || own.has(permission) || own.has(permission.replace('.Read', '.ReadWrite'));
  if (!isGiven) throw missing(permission);
}

function presencesOf({ url = GRAPH_URL }: GraphDirectoryDeps): Ask {
  return async (calls, ids, away) => {
    for (let start = 0; start < ids.length; start += MOST_PRESENCES) {
      const chunk = ids.slice(start, start + MOST_PRESENCES);
      let answer = await calls.post('/communications/getPresencesByUserId', { ids: chunk }, PRESENCE);
      for (let pages = 1; ; pages += 1) {
        const page = presencePage.safeParse(answer).data;
        if (page === undefined || pages > MOST_PAGES) throw malformed();
        for (const one of page.value) away.add(outOfOffice(one) ?? '');
        const next = page['@odata.nextLink'] ?? undefined;
        if (next === undefined) break;
        answer = await calls.get(pathWithin(url, next), PRESENCE);
      }
    }
  };
}

/** The token is for Graph alone, whatever a link says. */
function pathWithin(url: string, link: string): string {
  const base = `${url}/v1.0/`;
  if (!link.startsWith(base)) throw malformed();
  return `/${link.slice(base.length)}`;
}

/** Of those who are not known to be away already. */
function repliesOf({ wireClock }: GraphDirectoryDeps): Ask {
  return async (calls, ids, away) => {
    const left = ids.filter((id) => !away.has(id));
    for (let start = 0; start < left.length; start += MOST_IN_BATCH) {
      const requests = left.slice(start, start + MOST_IN_BATCH).map((id) => ({
        id,
        method: 'GET',
        url: `/users/${id}/mailboxSettings/automaticRepliesSetting`,
      }));
      const answer = batchAnswer.safeParse(await calls.post('/$batch', { requests }, MAILBOX)).data;
      if (answer === undefined) throw malformed();
      const parts = answer.responses.flatMap((part) => batchPart.safeParse(part).data ?? []);
      for (const { id, status, body } of parts)
        if (status === 200 && repliesAt(body, wireClock.now())) away.add(id.toLowerCase());
      failOnRefusal(calls, parts);
    }
  };
}

/** Somebody without a mailbox is no failure; that Sedd may not ask, or asks too much, holds for everybody. */
function failOnRefusal(calls: GraphCalls, parts: readonly z.infer<typeof batchPart>[]): void {
  const refused = parts.find(({ status }) => [401, 403, 429, 503].includes(status));
  if (refused === undefined) return;
  const seconds = Object.entries(refused.headers ?? {}).find(
    ([name]) => name.toLowerCase() === 'retry-after',
  );
  const retryMs = Number(seconds?.[1]) * 1_000 || undefined;
  if (refused.status === 429 || refused.status === 503) calls.rest(retryMs);
  throw statusError(refused.status, MAILBOX, retryMs);
}
