import assert from 'node:assert/strict';
import { startTestApp } from '../support/app.ts';
import { coordinator, mentors, shownIn } from '../support/morning-cards.ts';

/** Of 7A, protected. */
const PROTECTED = 19;

describe('a group where nobody but a protected pupil is missing', () => {
  async function morning(isMissing: boolean) {
    const app = await startTestApp({ groups: 1, perGroup: 20, withProtected: true });
    app.school.marks = (pupil) => (isMissing && pupil === PROTECTED ? 'missing' : 'here');
    await app.until('08:45');
    const shown = shownIn(app, mentors(0));
    const school = shownIn(app, coordinator).texts;
    await app.close();
    return { texts: shown.texts, summary: shown.message.activity.summary, school };
  }

  it('has the card that it has when nobody is missing, which does not say that all are here', async () => {
    const [without, withThem] = [await morning(false), await morning(true)];

    assert.deepEqual([withThem.texts, withThem.summary], [without.texts, without.summary]);
    assert.match(withThem.texts, /^7A: ingen att följa upp här just nu/);
    assert.doesNotMatch(withThem.texts, /alla|ingen saknas/i);
    assert.match(withThem.school, /1 ärende hanteras enligt särskild rutin/);
  });
});
