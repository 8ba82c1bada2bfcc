import assert from 'node:assert/strict';
import { ConfigError } from '../../../services/config/config-faults.ts';
import { readCredentials, readEnvironment } from '../../../services/config/environment.ts';

type Variables = Readonly<Record<string, string | undefined>>;

const GUID = '11111111-2222-4333-8444-555555555555';

function faultsOf(act: () => unknown): readonly string[] {
  try {
    act();
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    assert.match(error.message, /^Environment: \d+ faults?\n/);
    return error.faults.map(({ path, reason }) => `${path}: ${reason}`);
  }
}

describe('the environment', () => {
  it('may be empty', () => {
    assert.deepEqual(readEnvironment({}), {
      port: 3978,
      host: '0.0.0.0',
      databaseUrl: undefined,
      configPath: 'config/municipality.yaml',
      routinePath: undefined,
      dataDir: 'data',
      metricsToken: undefined,
      hookSecret: undefined,
      logLevel: 'info',
      sourceCredentials: undefined,
    });
  });

  it('is read from every variable', () => {
    const variables = {
      PORT: '8080',
      HOST: '127.0.0.1',
      DATABASE_URL: 'postgresql://sedd:p%40ss@db.example:5432/sedd?sslmode=require',
      SEDD_CONFIG: '/etc/sedd/municipality.yaml',
      SEDD_ROUTINE: '/etc/sedd/routine.yaml',
      SEDD_DATA_DIR: '/var/lib/sedd',
      SEDD_METRICS_TOKEN: 'abcdefghijklmnop',
      SEDD_HOOK_SECRET: 'qrstuvwxyzabcdef',
      LOG_LEVEL: 'debug',
      SS12000_CLIENT_ID: 'sedd',
      SS12000_CLIENT_SECRET: 'hemligt',
    };

    assert.deepEqual(readEnvironment(variables), {
      port: 8080,
      host: '127.0.0.1',
      databaseUrl: variables.DATABASE_URL,
      configPath: '/etc/sedd/municipality.yaml',
      routinePath: '/etc/sedd/routine.yaml',
      dataDir: '/var/lib/sedd',
      metricsToken: 'abcdefghijklmnop',
      hookSecret: 'qrstuvwxyzabcdef',
      logLevel: 'debug',
      sourceCredentials: { clientId: 'sedd', clientSecret: 'hemligt' },
    });
  });

  it('takes an empty variable for one that is left out, and has nothing against others', () => {
    const empty = {
      PORT: '',
      DATABASE_URL: '',
      LOG_LEVEL: '',
      SEDD_METRICS_TOKEN: '',
      SS12000_CLIENT_ID: '',
    };

    assert.deepEqual(
      readEnvironment({ ...empty, PATH: '/bin', SEDD_PORT: 'tcp://10.0.0.1:80' }),
      readEnvironment({}),
    );
  });

  const NOT_A_PORT = 'PORT: not a port: a number from 1 to 65535';
  const SHORT = 'shorter than 16 characters';
  const NOT_AN_ADDRESS = 'not a PostgreSQL address (postgres://user:password@host/database)';
  const table: readonly (readonly [string, Variables, readonly string[]])[] = [
    ['a port in words', { PORT: 'http' }, [NOT_A_PORT]],
    ['port 0', { PORT: '0' }, [NOT_A_PORT]],
    ['a port beyond the last', { PORT: '65536' }, [NOT_A_PORT]],
    ['half a port', { PORT: '39.5' }, [NOT_A_PORT]],
    ['a port in another notation', { PORT: '0x50' }, [NOT_A_PORT]],
    ['another database', { DATABASE_URL: 'mysql://db.example/sedd' }, [`DATABASE_URL: ${NOT_AN_ADDRESS}`]],
    ['a database that is no address', { DATABASE_URL: 'db.example' }, [`DATABASE_URL: ${NOT_AN_ADDRESS}`]],
    ['a token that can be guessed', { SEDD_METRICS_TOKEN: 'secret' }, [`SEDD_METRICS_TOKEN: ${SHORT}`]],
    ['a hook that can be guessed', { SEDD_HOOK_SECRET: 'x'.repeat(15) }, [`SEDD_HOOK_SECRET: ${SHORT}`]],
    ['an unknown level', { LOG_LEVEL: 'INFO' }, ['LOG_LEVEL: not one of debug, info, warn, error']],
    [
      'a client without a secret',
      { SS12000_CLIENT_ID: 'sedd' },
      ['SS12000_CLIENT_SECRET: is not set, although SS12000_CLIENT_ID is'],
    ],
    [
      'a secret without a client',
      { SS12000_CLIENT_SECRET: 'hemligt' },
      ['SS12000_CLIENT_ID: is not set, although SS12000_CLIENT_SECRET is'],
    ],
    [
      'all of it at once',
      { PORT: 'x', LOG_LEVEL: 'loud', SS12000_CLIENT_ID: 'sedd' },
      [
        NOT_A_PORT,
        'LOG_LEVEL: not one of debug, info, warn, error',
        'SS12000_CLIENT_SECRET: is not set, although SS12000_CLIENT_ID is',
      ],
    ],
  ];
  for (const [name, variables, expected] of table) {
    it(`is refused with ${name}`, () =>
      assert.deepEqual(
        faultsOf(() => readEnvironment(variables)),
        expected,
      ));
  }
});

describe('the bot’s credentials', () => {
  const single = {
    MicrosoftAppType: 'SingleTenant',
    MicrosoftAppId: GUID,
    MicrosoftAppTenantId: GUID,
    MicrosoftAppPassword: 'hemligt',
  };
  const { MicrosoftAppPassword: _, ...unproven } = single;

  const good: readonly (readonly [string, Variables])[] = [
    ['a tenant and a password', single],
    [
      'a tenant and a certificate',
      { ...unproven, CertificateThumbprint: 'AB12', CertificatePrivateKey: '-----BEGIN' },
    ],
    ['an identity that Azure manages', { ...unproven, MicrosoftAppType: 'UserAssignedMSI' }],
  ];
  for (const [name, variables] of good) {
    it(`are ${name}`, () => {
      const credentials = readCredentials({ ...variables, OTHER: 'x' });

      assert.deepEqual({ ...credentials }, variables);
    });
  }

  const TYPE =
    'MicrosoftAppType: not SingleTenant or UserAssignedMSI, spelt exactly so; MultiTenant is not for new bots';
  const PROOF = 'MicrosoftAppPassword: A single-tenant bot needs a password or a certificate';
  const bad: readonly (readonly [string, Variables, readonly string[]])[] = [
    // The SDK would let anybody in.
    ['no app id', { ...single, MicrosoftAppId: undefined }, ['MicrosoftAppId: is not set']],
    ['an empty app id', { ...single, MicrosoftAppId: '' }, ['MicrosoftAppId: is not set']],
    [
      'an app id of blanks',
      { ...single, MicrosoftAppId: ' ' },
      [`MicrosoftAppId: not a GUID such as "${GUID}"`],
    ],
    [
      'an app id that is a name',
      { ...single, MicrosoftAppId: 'sedd' },
      [`MicrosoftAppId: not a GUID such as "${GUID}"`],
    ],
    // The SDK would take any tenant.
    ['a type in other case', { ...single, MicrosoftAppType: 'singletenant' }, [TYPE]],
    ['a mistyped type', { ...single, MicrosoftAppType: 'SingelTenant' }, [TYPE]],
    ['the type of any tenant', { ...single, MicrosoftAppType: 'MultiTenant' }, [TYPE]],
    ['no type', { ...single, MicrosoftAppType: '' }, ['MicrosoftAppType: is not set']],
    ['no tenant', { ...single, MicrosoftAppTenantId: '' }, ['MicrosoftAppTenantId: is not set']],
    ['no proof', unproven, [PROOF]],
    ['an empty password', { ...single, MicrosoftAppPassword: '' }, [PROOF]],
    ['half a certificate', { ...unproven, CertificateThumbprint: 'AB12' }, [PROOF]],
    [
      'nothing at all',
      {},
      ['MicrosoftAppType: is not set', 'MicrosoftAppId: is not set', 'MicrosoftAppTenantId: is not set'],
    ],
  ];
  for (const [name, variables, expected] of bad) {
    it(`are refused with ${name}`, () =>
      assert.deepEqual(
        faultsOf(() => readCredentials(variables)),
        expected,
      ));
  }
});

it('the environment’s values are never told, whatever is wrong with them', () => {
  const names = [
    'PORT',
    'DATABASE_URL',
    'SEDD_METRICS_TOKEN',
    'SEDD_HOOK_SECRET',
    'LOG_LEVEL',
    'SS12000_CLIENT_ID',
  ];
  const own = Object.fromEntries(
    [...names, 'MicrosoftAppType', 'MicrosoftAppId'].map((name) => [name, 'hunter2']),
  );

  for (const read of [readEnvironment, readCredentials]) {
    assert.throws(
      () => read({ ...own, DATABASE_URL: 'http://u:hunter2@h/d' }),
      (error) => {
        assert.ok(error instanceof ConfigError);
        assert.doesNotMatch(JSON.stringify([error.message, error.faults, error.facts]), /hunter2/);
        return true;
      },
    );
  }
});
