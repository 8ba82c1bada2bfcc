import { SeddError } from '../services/errors.ts';
import { answerActivity, type BotDeps, type TurnResponse } from './attendance-bot.ts';
import type { Identity } from './identity.ts';
import { activitySchema, tenantOf } from './inbound.ts';

export interface EndpointDeps extends BotDeps {
  readonly identity: Identity;
  /** Tenants whose activities are taken. */
  readonly tenants: ReadonlySet<string>;
  /** Hosts of the service that may be answered. */
  readonly serviceHosts: ReadonlySet<string>;
}

/** The deepest that an activity of Teams nests is a fraction of this. */
const MOST_DEPTH = 40;

/**
 * `POST /api/messages`: 400 for what is no activity, 401 for what Teams did not send (503 while that cannot be told), 403 for
 * another tenant, channel or service, and else the turn's answer.
 */
export async function receiveActivity(
  deps: EndpointDeps,
  body: string,
  authorization: string | undefined,
): Promise<TurnResponse> {
  const activity = parseActivity(body);
  if (activity === undefined) return { status: 400, body: { code: 'notAnActivity' } };
  const refusal = await refusalOf(deps, activity, authorization);
  if (refusal !== undefined) return refusal;
  const tenant = tenantOf(activity);
  const isOurs = activity.channelId === 'msteams' && tenant !== undefined && deps.tenants.has(tenant);
  if (!isOurs) {
    deps.log.warn(
      { tenant, channel: activity.channelId },
      'An activity of another tenant or channel was refused; if the tenant is yours, name it in the municipality file under teams.tenants',
    );
    return { status: 403, body: { code: 'notAllowed' } };
  }
  if (isForeign(deps.serviceHosts, activity.serviceUrl)) {
    deps.log.error(
      { host: hostOf(activity.serviceUrl) },
      'An activity asks to be answered at a host that is not Teams’ own, and was refused; if it is, name it in the municipality file under teams.serviceHosts',
    );
    return { status: 403, body: { code: 'notAllowed' } };
  }
  return await answerActivity(deps, activity);
}

/** The address is kept and posted to from then on: one that is not Teams' own would leave a channel without its cards. */
function isForeign(hosts: ReadonlySet<string>, serviceUrl: string | undefined): boolean {
  return serviceUrl !== undefined && !hosts.has(hostOf(serviceUrl) ?? '');
}

function hostOf(serviceUrl: string | undefined): string | undefined {
  return serviceUrl !== undefined && URL.canParse(serviceUrl) ? new URL(serviceUrl).host : undefined;
}

function parseActivity(body: string) {
  try {
    const parsed: unknown = JSON.parse(body);
    return isShallow(parsed, MOST_DEPTH) ? activitySchema.safeParse(parsed).data : undefined;
  } catch {
    // Not JSON: answered with 400 like anything else that is no activity.
    return undefined;
  }
}

function isShallow(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((part) => isShallow(part, depth - 1));
}

async function refusalOf(
  deps: EndpointDeps,
  activity: { readonly channelId?: string | undefined; readonly serviceUrl?: string | undefined },
  authorization: string | undefined,
): Promise<TurnResponse | undefined> {
  const { channelId = '', serviceUrl = '' } = activity;
  try {
    await deps.identity.authenticate({ channelId, serviceUrl }, authorization);
    return undefined;
  } catch (error) {
    // Anybody may knock: who is refused is not logged one by one. That nobody can be proven is for somebody to mend.
    if (!(error instanceof SeddError) || error.code === 'auth.refused')
      return { status: 401, body: { code: 'notProven' } };
    deps.log.error({ code: error.code, err: error }, error.message);
    return { status: 503, body: { code: 'notNow' } };
  }
}
