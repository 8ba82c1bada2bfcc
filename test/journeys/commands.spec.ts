import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import { coordinator, mentors, messagesIn, press } from '../support/morning-cards.ts';
import { channelId, guid } from '../support/small-school.ts';
import type { TeamsPlace } from '../support/teams-user.ts';

const HELP = /^\*\*Sedd\*\* lägger varje skolmorgon/;
const UNKNOWN = /^Det där förstod jag inte\. Det här kan du skriva:/;
const personal: TeamsPlace = { id: 'a:anna', kind: 'personal' };
const elsewhere: TeamsPlace = { id: '19:kitchen@thread.tacv2', kind: 'channel', teamId: '19:other' };

describe('what is written to Sedd', () => {
  let app: TestApp;

  before(async () => {
    app = await startTestApp({ groups: 2, perGroup: 10, municipality: { schools: [norr(), south()] } });
  });
  after(() => app.close());

  const commands: readonly (readonly [string, string, RegExp])[] = [
    ['help in Swedish', 'hjälp', HELP],
    ['help in English', 'help', HELP],
    ['help without dots', 'hjalp', HELP],
    ['help in capitals', 'HJÄLP', HELP],
    ['help with a sign', 'Hjälp!', HELP],
    ['help with a letter too few', 'hjäp', HELP],
    ['help with a letter too many', 'hjäälp', HELP],
    ['help with another letter', 'hjölp', HELP],
    ['help with letters that changed places', 'hjläp', HELP],
    ['help with composed letters', 'hja\u0308lp', HELP],
    ['help on several lines', '\n  hjälp \n', HELP],
    ['help in HTML', '<div><p>hjälp</p></div>', HELP],
    ['help with a hard space', '&nbsp;hjälp&nbsp;', HELP],
    ['status with letters that changed places', 'stauts', /^Norrskolan: morgonens läge är inte hämtat/],
    ['something else', 'vem saknas i 8B?', UNKNOWN],
    ['a greeting', 'hej', HELP],
    ['nothing but the mention', '', HELP],
    ['a long text', 'bla '.repeat(30_000), UNKNOWN],
    ['one endless tag', '<'.repeat(50_000), HELP],
    ['what formatting is made of', '**[x](https://a.example)** `$(rm)` $\u007b1+1} {{TIME()}}', UNKNOWN],
    ['a command of every object', 'constructor', UNKNOWN],
  ];

  for (const [name, text, expected] of commands) {
    it(`is understood as far as it can be: ${name}`, async () => {
      const answer = await write(mentors(0), text);

      assert.match(answer, expected);
      assert.doesNotMatch(answer, /bla bla|rm\)|a\.example/);
    });
  }

  it('is answered in the thread it was written in', async () => {
    await write(mentors(0), 'hjälp');
    const shown = messagesIn(app, mentors(0));
    const root = shown.at(-1)?.threadId ?? assert.fail('no thread');

    const response = await app.user('Anna Berg').send(mentors(0), {
      type: 'message',
      text: 'hjälp',
      conversation: { id: `${channelId(0)};messageid=${root}`, conversationType: 'channel' },
    });

    assert.equal(response.status, 200);
    const answers = messagesIn(app, mentors(0)).slice(shown.length);
    assert.deepEqual(
      answers.map(({ threadId }) => threadId),
      [root],
    );
    assert.match(String(answers[0]?.activity.text), HELP);
  });

  it('is answered in a chat of two as well', async () => {
    assert.match(await write(personal, 'hjälp'), HELP);
    assert.match(await write(personal, 'status'), /^Skriv \*\*status\*\* i er kanal/);
  });

  it('is answered in the language of the school, and else of the municipality', async () => {
    assert.match(
      await write({ id: channelId(8), kind: 'channel' }, 'hjälp'),
      /^Each school morning \*\*Sedd\*\* posts/,
    );
    assert.match(await write({ id: channelId(8), kind: 'channel' }, 'tjo'), /^I did not understand/);
    assert.match(await write(elsewhere, 'status'), /^Den här konversationen är inte kopplad/);
  });

  it('says of each school of a conversation how its morning stands, without anybody’s name', async () => {
    app.school.marks = (pupil) => (pupil < 2 ? 'missing' : 'here');
    await app.until('08:45');
    await press(app, app.user('Anna Berg'), mentors(0));
    await app.settled();

    const answer = await write(coordinator, 'status');

    assert.match(answer, /^Norrskolan måndag 23 november, läget 08:45: 1 kvar att kontakta, 1 kontaktade/);
    assert.match(answer, /\n\nSouth School.*the cards have not been sent yet/i);
    assert.doesNotMatch(answer, /Elev|Anna/);
  });

  describe('as the status of a morning that has not come', () => {
    for (const [state, expected] of [
      ['started', /läge är inte hämtat än i dag\. Det görs 08:45/],
      ['failed', /har inte kunnat hämtas från elevsystemet\. Sedd försöker igen/],
      ['skipped', /hämtades inte i dag, eftersom Sedd inte var igång/],
    ] as const) {
      it(`is told why: ${state}`, async () => {
        const day = '2026-11-24';
        app.clock.set('09:00', day);
        const at = app.clock.now();
        await app.storage.db
          .insertInto('jobRun')
          .values({
            job: 'morning',
            schoolId: 'norr',
            day: at.toZonedDateTimeISO('Europe/Stockholm').toPlainDate(),
            state,
            startedAt: at,
            finishedAt: null,
            note: null,
          })
          .onConflict((conflict) => conflict.columns(['job', 'schoolId', 'day']).doUpdateSet({ state }))
          .execute();

        assert.match(await write(mentors(0), 'status'), expected);
      });
    }
  });

  async function write(place: TeamsPlace, text: string): Promise<string> {
    const before = messagesIn(app, place).length;
    const response = await app.user('Anna Berg').write(place, text);
    assert.equal(response.status, 200);
    const answers = messagesIn(app, place).slice(before);
    assert.equal(answers.length, 1);
    return String(answers[0]?.activity.text);
  }
});

function norr(): object {
  const channels = { coordinator: coordinator.id, mentorGroups: { '7A': channelId(0), '8A': channelId(1) } };
  return { id: 'norr', name: 'Norrskolan', organisation: guid(9, 1), channels };
}

/** Another school, whose lessons nobody knows, with the same coordinator. */
function south(): object {
  const channels = { coordinator: coordinator.id, mentorGroups: { '7A': channelId(8) } };
  return { id: 'south', name: 'South School', organisation: guid(9, 2), language: 'en', channels };
}
