/** The yardstick of a bot: the SDK on restify as its samples have it, with the token check and nothing else. */
import type { AddressInfo } from 'node:net';
import {
  type AdaptiveCardInvokeResponse,
  type AdaptiveCardInvokeValue,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
  type Request,
  type Response,
  TeamsActivityHandler,
  type TurnContext,
} from 'botbuilder';
import { AuthenticationConstants } from 'botframework-connector';
import restify from 'restify';
import { BOT_IDENTITY } from './process.ts';

class EchoBot extends TeamsActivityHandler {
  protected override async onAdaptiveCardInvoke(
    _context: TurnContext,
    { action }: AdaptiveCardInvokeValue,
  ): Promise<AdaptiveCardInvokeResponse> {
    const value = JSON.stringify(action.data) as unknown as Record<string, unknown>;
    return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value };
  }
}

const credentials = new ConfigurationServiceClientCredentialFactory(BOT_IDENTITY);
const { BENCH_OPENID_METADATA: metadata } = process.env;
if (metadata !== undefined)
  Object.assign(AuthenticationConstants, { ToBotFromChannelOpenIdMetadataUrl: metadata });
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}, credentials));
const bot = new EchoBot();

const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.post('/api/messages', async (request: restify.Request, response: restify.Response) => {
  await adapter.process(request as unknown as Request, response as unknown as Response, (context) =>
    bot.run(context),
  );
});
server.get('/rss', async (_request: restify.Request, response: restify.Response) => {
  response.send({ bytes: process.memoryUsage.rss() });
});
server.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ url: `http://127.0.0.1:${(server.server.address() as AddressInfo).port}` }));
});
