import assert from 'node:assert/strict';
import { personal } from '../../../journeys/personal.ts';
import { startTestApp, type TestApp } from '../../../support/app.ts';
import { coordinator, mentors, messagesIn } from '../../../support/morning-cards.ts';
import type { TeamsPlace } from '../../../support/teams-user.ts';

const NEW: TeamsPlace = { id: '19:new@thread.tacv2', kind: 'channel', teamId: '19:team' };

describe('what a channel is bound to in words', () => {
  let app: TestApp;

  beforeEach(async () => {
    app = await startTestApp({ groups: 3 });
    app.user('Karin Koord');
    app.user('Anna Berg');
    await app.until('08:45');
  });
  afterEach(() => app.close());

  async function say(text: string, place = NEW, name = 'Karin Koord'): Promise<string> {
    await app.user(name).write(place, text);
    return String(messagesIn(app, place).at(-1)?.activity.text);
  }
  const bound = async (place = NEW) => {
    const rows = await app.storage.db
      .selectFrom('binding')
      .select(['role', 'groupName'])
      .where('conversationId', '=', place.id)
      .orderBy('groupName')
      .execute();
    return rows.map(({ role, groupName }) => groupName || role);
  };

  it('is several groups at once, by any spelling of their names, and each once', async () => {
    const answer = await say('koppla 7a och 8 A');
    await say('koppla 7A');

    assert.match(answer, /^Kopplat: 7A \(Norrskolan\) och 8A \(Norrskolan\)/);
    assert.deepEqual(await bound(), ['7A', '8A']);
  });

  it('tells what comes there and when: cards in the morning, or EHT’s list before its meeting', async () => {
    assert.match(
      await say('koppla närvarokoordinator'),
      /\. Korten kommer hit från och med nästa skolmorgon\.$/,
    );
    await say('koppla bort');
    assert.equal(
      await say('koppla eht'),
      'Kopplat: EHT (Norrskolan). Listan kommer hit skoldagen före nästa elevhälsoträff.',
    );
  });

  const unbound: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['koppla bort 7A', ['8A', '9A'], /^Bortkopplat: 7A \(Norrskolan\)\.$/],
    ['koppla bort 7a och 9A', ['8A'], /^Bortkopplat: 7A \(Norrskolan\) och 9A \(Norrskolan\)\.$/],
    ['koppla bort', [], /^Kanalen är inte längre kopplad\.$/],
    ['koppla bort samordnare', ['7A', '8A', '9A'], /^Närvarokoordinatorn: ingen koppling/],
    ['koppla bort 7A 6B', ['7A', '8A', '9A'], /^6B: ingen koppling/],
  ];
  for (const [text, left, told] of unbound) {
    it(`is ${left.length === 0 ? 'nothing' : left.join(', ')} after "${text}"`, async () => {
      await say('koppla 7A 8A 9A');

      assert.match(await say(text), told);
      assert.deepEqual(await bound(), left);
    });
  }

  it('stays as the municipality file says, whatever is written', async () => {
    assert.match(await say('koppla bort', coordinator), /^Här finns inget att koppla bort/);
    assert.match(await say('koppla bort 7A', mentors(0)), /^Här finns inget att koppla bort/);
    assert.deepEqual(await bound(mentors(0)), ['7A']);
  });

  const secret: readonly (readonly [string, string])[] = [
    ['koppla eht', 'koppla 7A'],
    ['koppla 7A', 'koppla eht'],
    ['koppla samordnare', 'koppla eht'],
  ];
  for (const [first, then] of secret) {
    it(`is never EHT’s and anything else: "${first}", then "${then}"`, async () => {
      await say(first);
      const before = await bound();

      assert.match(await say(then), /^EHT:s konversation kan inte användas till något annat/);
      assert.deepEqual(await bound(), before);
    });
  }

  it('is not EHT’s either where the municipality file says that it is a group’s', async () => {
    assert.match(await say('koppla eht', mentors(0)), /^EHT:s konversation/);
    assert.deepEqual(await bound(mentors(0)), ['7A']);
  });

  const refused: readonly (readonly [string, TeamsPlace, string, RegExp])[] = [
    ['koppla bort', NEW, 'Anna Berg', /^En kanal kan kopplas av/],
    ['koppla 7A', NEW, 'Anna Berg', /^En kanal kan kopplas av/],
    ['koppla', NEW, 'Karin Koord', /^Vad ska kanalen kopplas till/],
    ['koppla 7A', personal('Karin Koord'), 'Karin Koord', /^Skriv det i kanalen/],
    ['koppla 7A 6B', NEW, 'Karin Koord', /ingen mentorsgrupp som heter 6B/],
  ];
  for (const [text, place, name, told] of refused) {
    it(`is nothing after "${text}" of ${name} in ${place.kind === 'personal' ? 'a chat' : 'a channel'}`, async () => {
      assert.match(await say(text, place, name), told);
      assert.deepEqual(await bound(place), []);
    });
  }

  it('is put down with who said so, both ways', async () => {
    await say('koppla 7A');
    await say('koppla bort 7A');

    const rows = await app.storage.db
      .selectFrom('audit')
      .select(['action', 'actorName', 'objectId', 'details'])
      .where('action', 'like', 'conversation.%')
      .orderBy('id')
      .execute();
    const common = { actorName: 'Karin Koord', objectId: NEW.id };
    const details = { role: 'mentorGroup', groupName: '7A' };
    assert.deepEqual(rows, [
      { action: 'conversation.bound', ...common, details },
      { action: 'conversation.unbound', ...common, details },
    ]);
  });
});
