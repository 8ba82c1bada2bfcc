import type { Activity } from 'botbuilder';
import {
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
} from 'botbuilder';
import {
  AuthenticationConstants,
  CertificateServiceClientCredentialsFactory,
  type ServiceClientCredentialsFactory,
} from 'botframework-connector';
import type { Credentials } from '../services/config/environment.ts';
import { SeddError } from '../services/errors.ts';
import { mayBeFromTeams } from './bearer.ts';

/** The bot's own identity towards Microsoft: what it proves itself with, and how it knows who calls. */
export interface Identity {
  /** The bot's id in Teams. */
  readonly botId: string;
  /** Proves that Teams sent an activity. Fails with `auth.refused`, or `auth.withoutKeys`. */
  authenticate(
    activity: { readonly channelId?: string; readonly serviceUrl?: string },
    authorization: string | undefined,
  ): Promise<void>;
  /** The token for outgoing calls, renewed before it ends; undefined where there is none (the demo). */
  token(): Promise<string | undefined>;
}

/** The identity of a bot that is registered with Microsoft. */
export function registeredIdentity(credentials: Credentials): Identity {
  const factory = credentialFactory(credentials);
  const appId = credentials.MicrosoftAppId;
  const authentication = new ConfigurationBotFrameworkAuthentication({}, factory);
  return {
    botId: `28:${appId}`,
    async authenticate(activity, authorization) {
      if (!mayBeFromTeams(authorization, appId)) throw refused();
      try {
        await authentication.authenticateRequest(activity as Activity, authorization ?? '');
      } catch (cause) {
        // A forged signature comes out of the SDK as an error like any other: whoever cannot be proven is refused.
        throw isWithoutKeys(cause) ? withoutKeys(cause) : refused(cause);
      }
    },
    token: () => tokenFor(factory, credentials, AuthenticationConstants.ToChannelFromBotOAuthScope),
  };
}

/** Gives the bot's own token for Microsoft Graph, with what it proves itself with to Teams. */
export function graphToken(credentials: Credentials): () => Promise<string | undefined> {
  const factory = credentialFactory(credentials);
  return () => tokenFor(factory, credentials, 'https://graph.microsoft.com');
}

async function tokenFor(
  factory: ServiceClientCredentialsFactory,
  { MicrosoftAppId, MicrosoftAppTenantId }: Credentials,
  audience: string,
): Promise<string | undefined> {
  const login = `${AuthenticationConstants.ToChannelFromBotLoginUrlPrefix}${MicrosoftAppTenantId}`;
  const own = await factory.createCredentials(MicrosoftAppId, audience, login, true);
  return 'getToken' in own && typeof own.getToken === 'function' ? await own.getToken() : undefined;
}

/** No identity at all, for the demo: nothing is proven, so nothing but this machine may be listened to. */
export function demoIdentity(): Identity {
  return {
    botId: '00000000-0000-0000-0000-000000000011',
    authenticate: async () => {},
    token: async () => undefined,
  };
}

function refused(cause?: unknown): SeddError {
  return new SeddError('auth.refused', 'A request could not prove that Teams sent it', {}, cause);
}

/** The SDK fetches the keys when they are needed; what it fails with then says nothing about the token. */
function isWithoutKeys(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === 'FetchError' || ('statusCode' in error && error.statusCode === 500);
}

function withoutKeys(cause: unknown): SeddError {
  const remedy =
    'The keys that Teams signs with cannot be fetched: let Sedd reach https://login.botframework.com';
  return new SeddError('auth.withoutKeys', remedy, {}, cause);
}

function credentialFactory(credentials: Credentials): ServiceClientCredentialsFactory {
  const { CertificateThumbprint, CertificatePrivateKey, MicrosoftAppId, MicrosoftAppTenantId } = credentials;
  if (CertificateThumbprint !== undefined && CertificatePrivateKey !== undefined) {
    const certificate = [CertificateThumbprint, CertificatePrivateKey] as const;
    return new CertificateServiceClientCredentialsFactory(
      MicrosoftAppId,
      ...certificate,
      MicrosoftAppTenantId,
    );
  }
  return new ConfigurationServiceClientCredentialFactory({
    MicrosoftAppId,
    MicrosoftAppTenantId,
    MicrosoftAppType: credentials.MicrosoftAppType,
    ...(credentials.MicrosoftAppPassword === undefined
      ? {}
      : { MicrosoftAppPassword: credentials.MicrosoftAppPassword }),
  });
}
