import { z } from 'zod';
import { ConfigError, type ConfigFault } from './config-faults.ts';

const guid = z.guid('not a GUID such as "11111111-2222-4333-8444-555555555555"');

const notAPort = 'not a port: a number from 1 to 65535';
const tooShort = 'shorter than 16 characters';

const environment = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, notAPort)
    .transform(Number)
    .refine((port) => port >= 1 && port <= 65_535, notAPort)
    .default(3978),
  /** The address that is listened on; the demo takes no other than loopback. */
  HOST: z.string().default('0.0.0.0'),
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      error: 'not a PostgreSQL address (postgres://user:password@host/database)',
    })
    .optional(),
  SEDD_CONFIG: z.string().default('config/municipality.yaml'),
  /** Where left out: routine.yaml beside the municipality file, otherwise the one that is shipped. */
  SEDD_ROUTINE: z.string().optional(),
  SEDD_DATA_DIR: z.string().default('data'),
  SEDD_METRICS_TOKEN: z.string().min(16, tooShort).optional(),
  SEDD_HOOK_SECRET: z.string().min(16, tooShort).optional(),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error'], 'not one of debug, info, warn, error')
    .default('info'),
  SS12000_CLIENT_ID: z.string().optional(),
  SS12000_CLIENT_SECRET: z.string().optional(),
});

const credentials = z.object({
  MicrosoftAppType: z.enum(
    ['SingleTenant', 'UserAssignedMSI'],
    'not SingleTenant or UserAssignedMSI, spelt exactly so; MultiTenant is not for new bots',
  ),
  MicrosoftAppId: guid,
  MicrosoftAppTenantId: guid,
  MicrosoftAppPassword: z.string().optional(),
  CertificateThumbprint: z.string().optional(),
  CertificatePrivateKey: z.string().optional(),
});

/** What the bot proves itself with to Microsoft. */
export type Credentials = z.infer<typeof credentials>;

export interface Environment {
  readonly port: number;
  readonly host: string;
  readonly databaseUrl: string | undefined;
  readonly configPath: string;
  readonly routinePath: string | undefined;
  readonly dataDir: string;
  readonly metricsToken: string | undefined;
  readonly hookSecret: string | undefined;
  readonly logLevel: string;
  readonly sourceCredentials: { readonly clientId: string; readonly clientSecret: string } | undefined;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Reads the settings that stand in the environment. Fails with a `ConfigError` of every fault; values are never told. */
export function readEnvironment(variables: Variables): Environment {
  const given = withoutEmpty(variables);
  const parsed = environment.safeParse(given);
  const faults = [...faultsOf(parsed.error, given), ...halfOfPair(given)];
  if (!parsed.success || faults.length > 0) throw new ConfigError('Environment', faults);
  const { data } = parsed;
  return {
    port: data.PORT,
    host: data.HOST,
    databaseUrl: data.DATABASE_URL,
    configPath: data.SEDD_CONFIG,
    routinePath: data.SEDD_ROUTINE,
    dataDir: data.SEDD_DATA_DIR,
    metricsToken: data.SEDD_METRICS_TOKEN,
    hookSecret: data.SEDD_HOOK_SECRET,
    logLevel: data.LOG_LEVEL,
    sourceCredentials:
      data.SS12000_CLIENT_ID === undefined || data.SS12000_CLIENT_SECRET === undefined
        ? undefined
        : { clientId: data.SS12000_CLIENT_ID, clientSecret: data.SS12000_CLIENT_SECRET },
  };
}

/**
 * Reads the bot's credentials. Without an id the SDK would switch authentication off, and with a misspelt type it would take
 * any tenant: both are refused here.
 */
export function readCredentials(variables: Variables): Credentials {
  const given = withoutEmpty(variables);
  const parsed = credentials.safeParse(given);
  if (!parsed.success) throw new ConfigError('Environment', faultsOf(parsed.error, given));
  const { data } = parsed;
  if (data.MicrosoftAppType === 'SingleTenant' && !isProven(data)) {
    const reason = 'A single-tenant bot needs a password or a certificate';
    const remedy = 'Set MicrosoftAppPassword, or CertificateThumbprint and CertificatePrivateKey';
    throw new ConfigError('Environment', [{ path: 'MicrosoftAppPassword', line: undefined, reason, remedy }]);
  }
  return data;
}

function isProven(data: Credentials): boolean {
  const hasCertificate = data.CertificateThumbprint !== undefined && data.CertificatePrivateKey !== undefined;
  return data.MicrosoftAppPassword !== undefined || hasCertificate;
}

/** An empty variable is one that somebody meant to leave out. */
function withoutEmpty(variables: Variables): Variables {
  return Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''),
  );
}

function faultsOf(error: z.ZodError | undefined, given: Variables): readonly ConfigFault[] {
  return (error?.issues ?? []).map((issue) => {
    const path = issue.path.join('.');
    const remedy = path.startsWith('Microsoft')
      ? 'It stands with the bot in Azure; README.md tells where'
      : undefined;
    return {
      path,
      line: undefined,
      reason: given[path] === undefined ? 'is not set' : issue.message,
      remedy,
    };
  });
}

/** A source's client has both an id and a secret. */
function halfOfPair(given: Variables): readonly ConfigFault[] {
  const pair = ['SS12000_CLIENT_ID', 'SS12000_CLIENT_SECRET'];
  const missing = pair.filter((name) => given[name] === undefined);
  if (missing.length !== 1) return [];
  const [path = ''] = missing;
  const reason = `is not set, although ${pair.find((name) => name !== path)} is`;
  return [{ path, line: undefined, reason, remedy: 'The source’s supplier gives both, or neither' }];
}
