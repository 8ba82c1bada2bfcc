/** The yardstick of a bot: the SDK on restify as its samples have it, with the token check and nothing else. */
import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
  TeamsActivityHandler,
} from 'botbuilder';
import { AuthenticationConstants } from 'botframework-connector';
import restify from 'restify';

class EchoBot extends TeamsActivityHandler {
  async onAdaptiveCardInvoke(_context, { action }) {
    const value = JSON.stringify(action.data);
    return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value };
  }
}

const { BENCH_OPENID_METADATA: metadata, ...environment } = process.env;
if (metadata !== undefined) AuthenticationConstants.ToBotFromChannelOpenIdMetadataUrl = metadata;
const credentials = new ConfigurationServiceClientCredentialFactory(environment);
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}, credentials));
const bot = new EchoBot();

const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.post('/api/messages', async (request, response) => {
  await adapter.process(request, response, (context) => bot.run(context));
});
server.get('/rss', async (_request, response) => {
  response.send({ bytes: process.memoryUsage.rss() });
});
server.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ url: `http://127.0.0.1:${server.server.address().port}` }));
});
