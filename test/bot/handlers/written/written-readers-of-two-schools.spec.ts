import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../../../support/app.ts';
import { coordinator, textsIn } from '../../../support/morning-cards.ts';
import type { TeamsPlace } from '../../../support/teams-user.ts';
import { twoSchools } from './two-schools.ts';

const OWN_CHAT = /^Skriv det till mig i vår egen chatt/;
/** Read by the mentors of 7A at Norr, and by those of 8A at Söder. */
const SHARED: TeamsPlace = { id: '19:shared@thread.tacv2', kind: 'channel' };

describe('the pupils of one school', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp({ groups: 2, perGroup: 20, municipality: { schools: twoSchools } });
    app.school.marks = (pupil) => ([0, 21].includes(pupil) ? 'missing' : 'here');
    await app.until('08:45');
    await app.user('Rita Rektor').write(SHARED, 'hjälp');
    const bound = { conversationId: SHARED.id, role: 'mentorGroup', origin: 'chat' } as const;
    await app.storage.db
      .insertInto('binding')
      .values([
        { ...bound, schoolId: 'norr', groupName: '7A' },
        { ...bound, schoolId: 'soder', groupName: '8A' },
      ])
      .execute();
  });
  after(() => app.close());

  async function say(name: string, place: TeamsPlace, text: string): Promise<string> {
    await app.user(name).write(place, text);
    return textsIn(app, place).at(-1) ?? assert.fail('no answer');
  }

  it('are not listed where the coordinator of another reads', async () => {
    assert.match(await say('Rita Rektor', coordinator, 'elever Söderskolan'), OWN_CHAT);
    assert.match(await say('Rita Rektor', coordinator, 'elever Norrskolan'), /Norrskolan/);
  });

  it('are not named where a group of another is called as theirs', async () => {
    assert.match(await say('Rita Rektor', SHARED, 'kontaktad Elev21 Exempl'), OWN_CHAT);
    assert.match(await say('Rita Rektor', SHARED, 'kontaktad Elev0 Exempl'), /Elev0 Exempel/);
  });
});
