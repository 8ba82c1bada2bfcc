import { startTokenIssuer, type TokenIssuer } from '../test/support/tokens.ts';
import { type Child, startChild } from './child.ts';
import type { Button } from './connector-process.ts';
import type { Engine } from './databases.ts';
import type { Size } from './large-municipality.ts';
import { BOT_IDENTITY } from './process.ts';
import type { SeddSetup } from './sedd-process.ts';

/** Sedd and a connector with Teams' limits, each a process of its own, on a morning whose cards are all there. */
export interface PressedMorning {
  readonly url: string;
  readonly serviceUrl: string;
  readonly issuer: TokenIssuer;
  readonly sedd: Child;
  readonly connector: Child;
  /** One of each channel, then the next of each, as on a morning when everybody is at it. */
  readonly buttons: readonly Button[];
}

/** Starts such a morning, lets it be pressed, and ends everything, however that went. */
export async function onPressedMorning<T>(
  engine: Engine,
  size: Size,
  act: (morning: PressedMorning) => Promise<T>,
): Promise<T> {
  const connector = startChild('./connector-process.ts');
  const sedd = startChild('./sedd-process.ts');
  const database = await engine.create();
  const serviceUrl = await connector.ask<string>('start');
  const issuer = await startTokenIssuer({ appId: BOT_IDENTITY.MicrosoftAppId, serviceUrl });
  try {
    const setup = { database: database.options, size, serviceUrl, openIdMetadata: issuer.metadataUrl };
    const url = await sedd.ask<string>('start', setup satisfies SeddSetup);
    await sedd.ask('morning');
    await connector.ask('shown', size.schools * size.groups + size.schools);
    await connector.ask('mentors', size.schools * size.groups);
    const buttons = acrossChannels(await connector.ask<readonly Button[]>('buttons'));
    const done = await act({ url, serviceUrl, issuer, sedd, connector, buttons });
    await sedd.ask('stop');
    return done;
  } finally {
    await issuer.close();
    await sedd.stop();
    await connector.stop();
    await database.drop();
  }
}

function acrossChannels(buttons: readonly Button[]): readonly Button[] {
  const before = new Map<string, number>();
  const placed = buttons.map((button) => {
    const place = before.get(button.conversationId) ?? 0;
    before.set(button.conversationId, place + 1);
    return { button, place };
  });
  return placed.toSorted((a, b) => a.place - b.place).map(({ button }) => button);
}
