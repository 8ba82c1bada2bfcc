import assert from 'node:assert/strict';
import { answerActivity, type BotHandlers } from '../../bot/attendance-bot.ts';
import { createConnector } from '../../bot/connector.ts';
import { type Answer, activitySchema } from '../../bot/inbound.ts';
import { SeddError } from '../../services/errors.ts';
import { createLog } from '../../services/log.ts';
import { type LoopbackConnector, startLoopbackConnector } from '../support/loopback-connector.ts';

const CARD = 'application/vnd.microsoft.card.adaptive';
const MESSAGE = 'application/vnd.microsoft.activity.message';
const card = { type: 'AdaptiveCard', version: '1.5', body: [] };
const execute = {
  type: 'invoke',
  name: 'adaptiveCard/action',
  value: { action: { verb: 'followUp.contacted', data: {} } },
};
const submit = { type: 'message', value: { verb: 'followUp.contacted' } };
const write = { type: 'message', text: 'Elev Exempelsson är hos kuratorn' };

describe('answerActivity', () => {
  let far: LoopbackConnector;
  let lines: string[];
  let turns: string[];

  beforeEach(async () => {
    far = await startLoopbackConnector();
    [lines, turns] = [[], []];
  });
  afterEach(() => far.close());

  describe('a press', () => {
    it('is answered with the card in its own response', async () => {
      const response = await turn(execute, { press: async () => ({ kind: 'card', card }) });

      assert.deepEqual(response, { status: 200, body: { statusCode: 200, type: CARD, value: card } });
      assert.deepEqual(far.requests(), []);
    });

    it('is answered with text in its own response', async () => {
      const response = await turn(execute, { press: async () => ({ kind: 'text', text: 'Klart' }) });

      assert.deepEqual(response, { status: 200, body: { statusCode: 200, type: MESSAGE, value: 'Klart' } });
    });

    it('from an older client leaves the card to the delivery', async () => {
      const response = await turn(submit, { press: async () => ({ kind: 'card', card }) });

      assert.deepEqual(response, { status: 200, body: undefined });
      assert.deepEqual(far.requests(), []);
    });

    it('from an older client is answered in the thread where the answer is text', async () => {
      await turn(submit, { press: async () => ({ kind: 'text', text: 'Klart' }) });

      const [sent, ...others] = far.messages();
      assert.deepEqual(others, []);
      assert.deepEqual(
        [sent?.conversationId, sent?.threadId, sent?.activity.text],
        ['19:8b@thread.tacv2', '1763', 'Klart'],
      );
    });
  });

  it('answers what was written in the thread it was written in', async () => {
    await turn(write, { message: async () => ({ kind: 'text', text: 'Hej' }) });

    assert.deepEqual(
      far.messages().map(({ threadId, activity }) => [threadId, activity.text]),
      [['1763', 'Hej']],
    );
  });

  it('says nothing where there is nothing to say', async () => {
    await turn(write, { message: async () => ({ kind: 'none' }) });

    assert.deepEqual(far.requests(), []);
  });

  it('answers 501 to an invoke that it does not know', async () => {
    assert.equal((await turn({ type: 'invoke', name: 'task/fetch' })).status, 501);
  });

  describe('when something goes wrong', () => {
    const broken = { press: fail, message: fail, installed: fail, removed: fail };

    it('a press is answered kindly, in its own response', async () => {
      const { status, body } = await turn(execute, broken);

      assert.equal(status, 200);
      assert.deepEqual(Object.entries(body ?? {}).slice(0, 2), [
        ['statusCode', 200],
        ['type', MESSAGE],
      ]);
      assert.match(JSON.stringify(body), /Något gick fel/);
    });

    for (const [name, activity] of [
      ['a press from an older client', submit],
      ['a message', write],
    ] as const) {
      it(`${name} is answered kindly, in the thread`, async () => {
        const response = await turn(activity, broken);

        assert.equal(response.status, 200);
        assert.match(String(far.messages()[0]?.activity.text), /Något gick fel/);
      });
    }

    it('says so once in the log, with the code and without a word of what was written', async () => {
      await turn(write, broken);

      assert.equal(lines.length, 1);
      assert.match(lines[0] ?? '', /"code":"test\.broken"/);
      assert.doesNotMatch(lines.join(), /Exempelsson|kurator|29:karin|Karin/);
      assert.deepEqual(turns, ['message failed']);
    });

    it('tells the person the reference that stands in the log', async () => {
      await turn(write, broken);

      const reference = /"reference":"(\w+)"/.exec(lines[0] ?? '')?.[1] ?? 'none';
      assert.match(String(far.messages()[0]?.activity.text), new RegExp(reference));
    });

    it('apologises in a dialog where one was asked for', async () => {
      const dialog = { type: 'invoke', name: 'task/fetch', value: { data: { verb: 'pupil.open' } } };

      const { body } = await turn(dialog, { press: fail });

      const { task } = body as { task: { type: string; value: string } };
      assert.equal(task.type, 'message');
      assert.match(task.value, /^Något gick fel \(/);
    });

    it('shows a card in the dialog, titled as the answer says', async () => {
      const dialog = {
        type: 'invoke',
        name: 'task/fetch',
        value: { data: { verb: 'pupil.open', pupil: 'p1' } },
      };
      const card = { type: 'AdaptiveCard' };
      let sent: unknown;

      const { status, body } = await turn(dialog, {
        press: async ({ data, via }) => {
          sent = { data, via };
          return { kind: 'card', card, dialogTitle: 'Elin' };
        },
      });

      assert.equal(status, 200);
      assert.deepEqual(sent, { data: { pupil: 'p1' }, via: 'dialog' });
      const content = { contentType: 'application/vnd.microsoft.card.adaptive', content: card };
      const value = { title: 'Elin', height: 'large', width: 'medium', card: content };
      assert.deepEqual(body, { task: { type: 'continue', value } });
    });

    it('goes on where not even the apology can be sent', async () => {
      far.script(() => ({ kind: 'status', status: 403, code: 'BotDisabledByAdmin' }));

      assert.equal((await turn(write, broken)).status, 200);
    });

    it('an answer that cannot be sent is a turn that failed', async () => {
      far.script((call) => (call.n === 1 ? { kind: 'status', status: 502 } : undefined));

      await turn(write, { message: async () => ({ kind: 'text', text: 'Hej' }) });

      assert.deepEqual(turns, ['message failed']);
    });
  });

  describe('that was answered with a message', () => {
    const write = { type: 'message', text: 'hej' };
    const message = async (): Promise<Answer> => ({ kind: 'text', text: 'Hej **Karin**' });

    it('is told of, with the id of that message and what it says', async () => {
      const told: unknown[] = [];

      await turn(write, { message, replied: async ({ id }, ...answer) => void told.push([id, ...answer]) });

      const [sent] = far.messages();
      assert.deepEqual(told, [['19:8b@thread.tacv2', sent?.id, 'Hej **Karin**\nmarkdown']]);
    });

    it('is answered although that cannot be put down, which is an error in the log', async () => {
      const { status } = await turn(write, { message, replied: fail });

      assert.equal(status, 200);
      assert.deepEqual(turns, ['message answered']);
      assert.equal(far.messages().length, 1);
      assert.match(lines.join(''), /"level":50.*could not be put down/);
    });
  });

  async function turn(activity: object, handlers: Partial<BotHandlers> = {}) {
    const none = async (): Promise<Answer> => ({ kind: 'none' });
    const connector = createConnector({
      allowedHosts: new Set([new URL(far.url).host]),
      timeoutMs: 500,
      token: async () => undefined,
    });
    const sorry = (code: string) => `Något gick fel (${code})`;
    return await answerActivity(
      {
        connector,
        log: createLog('debug', { write: (line) => lines.push(line) }),
        onTurn: (kind, outcome) => turns.push(`${kind} ${outcome}`),
        handlers: {
          press: none,
          message: none,
          installed: none,
          removed: none,
          replied: async () => {},
          sorry,
          ...handlers,
        },
      },
      activitySchema.parse({
        channelId: 'msteams',
        serviceUrl: far.url,
        from: { id: '29:karin', name: 'Karin', aadObjectId: 'entra-karin' },
        recipient: { id: '28:sedd' },
        conversation: { id: '19:8b@thread.tacv2;messageid=1763', conversationType: 'channel' },
        channelData: { tenant: { id: 'ours' } },
        ...activity,
      }),
    );
  }
});

async function fail(): Promise<never> {
  throw new SeddError('test.broken', 'It broke', { pupil: 'p1' });
}
