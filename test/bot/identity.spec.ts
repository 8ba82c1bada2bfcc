import assert from 'node:assert/strict';
import { AuthenticationConstants, EmulatorValidation } from 'botframework-connector';
import sinon from 'sinon';
import { type Identity, registeredIdentity } from '../../bot/identity.ts';
import type { Credentials } from '../../services/config/environment.ts';
import { startTokenIssuer, type TokenIssuer } from '../support/tokens.ts';

const appId = '11111111-2222-4333-8444-555555555555';
const tenantId = '22222222-2222-4333-8444-555555555555';
const serviceUrl = 'https://smba.trafficmanager.net/emea/';
const credentials: Credentials = {
  MicrosoftAppType: 'SingleTenant',
  MicrosoftAppId: appId,
  MicrosoftAppTenantId: tenantId,
  MicrosoftAppPassword: 'a password that is none',
};
const activity = { channelId: 'msteams', serviceUrl };

describe('registeredIdentity', () => {
  let metadataUrl: sinon.SinonStub;
  let issuer: TokenIssuer;
  let identity: Identity;

  before(async () => {
    issuer = await startTokenIssuer({ appId, serviceUrl });
    metadataUrl = sinon
      .stub(AuthenticationConstants, 'ToBotFromChannelOpenIdMetadataUrl')
      .value(issuer.metadataUrl);
    // The SDK writes to standard error about each token that it refuses.
    sinon.stub(console, 'error');
    identity = registeredIdentity(credentials);
  });
  after(async () => {
    sinon.restore();
    await issuer.close();
  });

  it('knows its own id', () => {
    assert.equal(identity.botId, `28:${appId}`);
  });

  it('takes what Teams signed', async () => {
    await identity.authenticate(activity, issuer.bearer());
  });

  const longAgo = Math.floor(Date.now() / 1_000) - 3_600;
  const refused: readonly (readonly [string, (tokens: TokenIssuer) => string | undefined])[] = [
    ['no token', () => undefined],
    ['an empty token', () => ''],
    ['no bearer', () => 'Basic YTpi'],
    ['a bearer that is no token', () => 'Bearer oops'],
    ['a token of three dots', () => 'Bearer ..'],
    ['a token of nothing but nulls', () => `Bearer e30.${Buffer.from('null').toString('base64url')}.e30`],
    ['two tokens', (tokens) => `${tokens.bearer()} ${tokens.bearer()}`],
    ['a forged signature', (tokens) => tokens.forged()],
    ['a token without a signature', (tokens) => tokens.bearer().replace(/\.[^.]*$/, '.')],
    ['an algorithm of none', (tokens) => `Bearer ${unsigned(tokens)}`],
    ['a token that has ended', (tokens) => tokens.bearer({ exp: longAgo, nbf: longAgo - 60 })],
    [
      'a token that begins tomorrow',
      (tokens) => tokens.bearer({ nbf: longAgo + 90_000, exp: longAgo + 99_000 }),
    ],
    ['a token for another bot', (tokens) => tokens.bearer({ aud: tenantId })],
    ['another issuer', (tokens) => tokens.bearer({ iss: 'https://api.botframework.example' })],
    [
      'an issuer of Entra ID',
      (tokens) => tokens.bearer({ iss: `https://sts.windows.net/${tenantId}/`, tid: tenantId }),
    ],
    ['several issuers', (tokens) => tokens.bearer({ iss: ['https://api.botframework.com'] })],
    ['a tenant that is named beside the right issuer', (tokens) => tokens.bearer({ tid: tenantId })],
    ['a tenant that is no text', (tokens) => tokens.bearer({ tid: { a: 1 } })],
    ['a token for another service', (tokens) => tokens.bearer({ serviceurl: 'https://evil.example/' })],
    ['a skill', (tokens) => tokens.bearer({ ver: '1.0', appid: tenantId })],
  ];

  for (const [name, token] of refused) {
    it(`refuses ${name}`, async () => {
      await assert.rejects(identity.authenticate(activity, token(issuer)), { code: 'auth.refused' });
    });
  }

  it('refuses a channel whose tokens the SDK would check in another way', async () => {
    const other = { ...activity, channelId: 'AseChannel' };

    await assert.rejects(identity.authenticate(other, issuer.forged()), { code: 'auth.refused' });
  });

  it('tells apart that the keys cannot be fetched', async () => {
    const gone = await startTokenIssuer({ appId, serviceUrl });
    const token = gone.bearer();
    metadataUrl.value(gone.metadataUrl);
    await gone.close();

    await assert.rejects(registeredIdentity(credentials).authenticate(activity, token), {
      code: 'auth.withoutKeys',
    });
  });

  describe('bad tokens', () => {
    const known = EmulatorValidation.ToBotFromEmulatorTokenValidationParameters.issuer as string[];

    it('are remembered by the SDK, each with the tenant it names', () => {
      const before = known.length;

      EmulatorValidation.isTokenFromEmulator(issuer.forged({ tid: '33333333-2222-4333-8444-555555555555' }));

      assert.ok(known.length > before);
    });

    it('leave no trace, however many they are', async () => {
      const before = known.length;
      const token = issuer.forged();
      const [head, , signature] = token.split('.');
      const fetches = issuer.fetches();

      for (let n = 0; n < 20_000; n += 1) {
        const claims = {
          iss: n % 2 === 0 ? 'https://api.botframework.com' : `https://sts.windows.net/${n}/`,
          aud: appId,
          tid: `tenant-${n}`,
        };
        const bad = `${head}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`;
        await identity.authenticate(activity, bad).catch(() => {});
      }

      assert.equal(known.length, before);
      assert.equal(issuer.fetches(), fetches);
      await identity.authenticate(activity, issuer.bearer());
    });
  });

  function unsigned(tokens: TokenIssuer): string {
    const claims = tokens.bearer().split('.')[1];
    return `${Buffer.from('{"alg":"none"}').toString('base64url')}.${claims}.`;
  }
});
