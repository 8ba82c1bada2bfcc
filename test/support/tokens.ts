import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Signs tokens as the Bot Framework does, and publishes its keys on the loopback interface. */
export interface TokenIssuer {
  /** Where the SDK finds the keys: the address of the OpenID metadata. */
  readonly metadataUrl: string;
  /** An `Authorization` header with the claims laid over good ones. */
  bearer(claims?: Readonly<Record<string, unknown>>): string;
  /** The same, signed with a key that nobody published, under the published key's id. */
  forged(claims?: Readonly<Record<string, unknown>>): string;
  /** How often the keys were asked for. */
  fetches(): number;
  close(): Promise<void>;
}

export interface TokenIssuerOptions {
  readonly appId: string;
  readonly serviceUrl: string;
}

export const BOT_FRAMEWORK_ISSUER = 'https://api.botframework.com';
const KEY_ID = 'published';

export async function startTokenIssuer(options: TokenIssuerOptions): Promise<TokenIssuer> {
  const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = {
    ...own.publicKey.export({ format: 'jwk' }),
    kid: KEY_ID,
    use: 'sig',
    endorsements: ['msteams'],
  };
  let fetches = 0;
  const server = createServer((request, response) => {
    const isMetadata = request.url === '/openid';
    if (!isMetadata) fetches += 1;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(isMetadata ? { jwks_uri: `${base(server)}/keys` } : { keys: [jwk] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    metadataUrl: `${base(server)}/openid`,
    bearer: (claims = {}) => `Bearer ${sign(own.privateKey, { ...goodClaims(options), ...claims })}`,
    forged: (claims = {}) => `Bearer ${sign(foreign.privateKey, { ...goodClaims(options), ...claims })}`,
    fetches: () => fetches,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function base(server: ReturnType<typeof createServer>): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function goodClaims({ appId, serviceUrl }: TokenIssuerOptions): Record<string, unknown> {
  const now = Math.floor(Date.now() / 1_000);
  return { iss: BOT_FRAMEWORK_ISSUER, aud: appId, serviceurl: serviceUrl, nbf: now - 60, exp: now + 3_600 };
}

function sign(key: KeyObject, claims: object): string {
  const head = base64url({ alg: 'RS256', typ: 'JWT', kid: KEY_ID });
  const content = `${head}.${base64url(claims)}`;
  return `${content}.${createSign('RSA-SHA256').update(content).sign(key, 'base64url')}`;
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
