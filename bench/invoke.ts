import { randomUUID } from 'node:crypto';
import { TENANT } from '../test/support/small-school.ts';
import { startTokenIssuer, type TokenIssuer } from '../test/support/tokens.ts';
import { aim, type Bench, type BenchOptions, type BenchRow } from './bench-row.ts';
import { type Child, startChild } from './child.ts';
import type { Button } from './connector-process.ts';
import { type EmptyDatabase, type Engine, enginesOf } from './databases.ts';
import { mentorInTeams, mentorNumberOf, type Size } from './large-municipality.ts';
import { type Load, type LoadResult, underLoad } from './load.ts';
import { BOT_IDENTITY, type ServerProcess, startBareBot } from './process.ts';
import type { SeddSetup } from './sedd-process.ts';

const LEAST_RATIO = 0.5;
/** Eight pupils to contact in each group, each pressed once: 1,920 presses that do something. */
const size: Size = { schools: 8, groups: 30, pupils: 25, missing: 8 };
/** Groups whose other presses come one after the other; those of the rest come together. */
const ONE_BY_ONE = 40;
const TOGETHER = 16;
const REPEATED_SECONDS = 5;

/** "Telefon" on a pupil's panel, from the HTTP request with its token to the new card, against an echo of the SDK's own. */
export const invoke: Bench = {
  title:
    'A press that records contact, through HTTP, token and all, against an echo by the bare SDK on restify',
  run: async (options) => {
    const rows: BenchRow[] = [];
    for (const engine of enginesOf(options)) rows.push(...(await onEngine(engine, options)));
    return rows;
  },
};

interface Place {
  readonly serviceUrl: string;
  readonly issuer: TokenIssuer;
}

async function onEngine(engine: Engine, { say }: BenchOptions): Promise<readonly BenchRow[]> {
  say(`presses on ${engine.name}`);
  const connector = startChild('./connector-process.ts');
  const sedd = startChild('./sedd-process.ts');
  const database = await engine.create();
  const serviceUrl = await connector.ask<string>('start');
  const issuer = await startTokenIssuer({ appId: BOT_IDENTITY.MicrosoftAppId, serviceUrl });
  const bare = await startBareBot({ BENCH_OPENID_METADATA: issuer.metadataUrl });
  try {
    return await press(engine, { connector, sedd, bare, database, place: { serviceUrl, issuer } });
  } finally {
    await bare.stop();
    await issuer.close();
    await sedd.stop();
    await connector.stop();
    await database.drop();
  }
}

interface Running {
  readonly connector: Child;
  readonly sedd: Child;
  readonly bare: ServerProcess;
  readonly database: EmptyDatabase;
  readonly place: Place;
}

async function press(engine: Engine, running: Running): Promise<readonly BenchRow[]> {
  const { connector, sedd, database, place } = running;
  const setup = {
    database: database.options,
    size,
    serviceUrl: place.serviceUrl,
    openIdMetadata: place.issuer.metadataUrl,
  } satisfies SeddSetup;
  const url = await sedd.ask<string>('start', setup);
  await connector.ask('mentors', size.schools * size.groups);
  await sedd.ask('morning');
  await connector.ask('shown', size.schools * size.groups + size.schools);
  const buttons = await connector.ask<readonly Button[]>('buttons');
  const { firsts, alone, together } = inTurns(buttons, place);
  const pairOf = (load: Pick<Load, 'bodies' | 'atOnce' | 'until'>) =>
    pairUnderLoad(load, { own: url, bare: running.bare.url, authorization: place.issuer.bearer() });
  const first = await pairOf({ bodies: firsts, atOnce: TOGETHER, until: 'once' });
  const second = await pairOf({ bodies: alone, atOnce: 1, until: 'once' });
  const third = await pairOf({ bodies: together, atOnce: TOGETHER, until: 'once' });
  const contacted = await sedd.ask<number>('contacted');
  if (contacted !== buttons.length)
    throw new Error(`Of ${buttons.length} presses ${contacted} did something`);
  const again = await pairOf({ bodies: together, atOnce: TOGETHER, until: { seconds: REPEATED_SECONDS } });
  await sedd.ask('stop');
  return [
    rowOf(`${engine.name}: a person’s first, Teams is asked who it is`, first, false),
    rowOf(`${engine.name}: the next, one at a time`, second, true),
    rowOf(`${engine.name}: the next, ${TOGETHER} at once`, third, true),
    rowOf(`${engine.name}: pressed again, ${TOGETHER} at once`, again, true),
  ];
}

/** The first press in each channel; the others of some of the channels, and of the rest. */
function inTurns(buttons: readonly Button[], place: Place) {
  const byChannel = new Map<string, string[]>();
  for (const button of buttons) {
    const own = byChannel.get(button.conversationId) ?? [];
    byChannel.set(button.conversationId, [...own, activityOf(button, place)]);
  }
  const bodies = [...byChannel.values()];
  return {
    firsts: bodies.flatMap((own) => own.slice(0, 1)),
    alone: bodies.slice(0, ONE_BY_ONE).flatMap((own) => own.slice(1)),
    together: bodies.slice(ONE_BY_ONE).flatMap((own) => own.slice(1)),
  };
}

interface Pair {
  readonly own: LoadResult;
  readonly bare: LoadResult;
}

async function pairUnderLoad(
  load: Pick<Load, 'bodies' | 'atOnce' | 'until'>,
  to: { readonly own: string; readonly bare: string; readonly authorization: string },
): Promise<Pair> {
  const { authorization } = to;
  const bare = await underLoad({ ...load, authorization, url: to.bare });
  return { own: await underLoad({ ...load, authorization, url: to.own }), bare };
}

function rowOf(what: string, { own, bare }: Pair, isAimed: boolean): BenchRow {
  const ratio = own.perSecond / bare.perSecond;
  return {
    what,
    measured: shown(own),
    reference: shown(bare),
    ratio,
    ...(isAimed ? { aim: aim([`≥ ${LEAST_RATIO} of the bare`, ratio >= LEAST_RATIO]) } : {}),
  };
}

function shown({ perSecond, p50, p99 }: LoadResult): string {
  return `${perSecond.toFixed(0)}/s, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`;
}

/** What Teams sends when the channel's mentor presses the button. */
function activityOf(button: Button, { serviceUrl }: Place): string {
  const { conversationId, messageId, verb, data } = button;
  const mentor = mentorInTeams(mentorNumberOf(conversationId));
  return JSON.stringify({
    type: 'invoke',
    id: `f:${randomUUID()}`,
    name: 'adaptiveCard/action',
    channelId: 'msteams',
    serviceUrl,
    replyToId: messageId,
    from: { id: mentor.id, name: mentor.name, aadObjectId: mentor.aadObjectId },
    recipient: { id: `28:${BOT_IDENTITY.MicrosoftAppId}`, name: 'Sedd' },
    conversation: {
      id: `${conversationId};messageid=${messageId}`,
      conversationType: 'channel',
      isGroup: true,
      tenantId: TENANT,
    },
    channelData: { tenant: { id: TENANT }, channel: { id: conversationId }, team: { id: '19:team' } },
    locale: 'sv-SE',
    value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
  });
}
