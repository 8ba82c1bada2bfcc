import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { routinesFrom } from '../services/routine/routines.ts';
import { actionsOf } from '../support/card-text.ts';
import { forEachEngine } from '../support/databases.ts';
import { textOf } from '../support/morning-cards.ts';
import { pupilId } from '../support/small-school.ts';
import { cardIn, inHand, tap } from '../support/taps.ts';
import { type EhtHands, startEht, textIn } from './eht-hands.ts';
import {
  EHT_ROUTINE,
  type EhtApp,
  type EhtAppOptions,
  ehtChat,
  NEXT_TUESDAY,
  WEDNESDAY,
} from './eht-school.ts';

forEachEngine('a pupil at EHT’s meeting', (engine) => {
  let app: EhtApp;
  let eht: EhtHands;
  const start = async (options: EhtAppOptions = {}) => {
    ({ app, eht } = await startEht({ engine, ...options }));
  };
  afterEach(() => app.close());

  it('has taken a pupil up where anything was done about them, and the step that asks for it is done', async () => {
    const raise =
      '{ key: raise, name: Tas upp, role: attendanceCoordinator, dueInSchoolDays: 10, kind: ehtMeeting }';
    const routines = routinesFrom(
      EHT_ROUTINE.replace('- { key: letter', `- ${raise}\n          - { key: letter`),
    );
    await start({ parts: { routines } });
    await app.untilMeeting();
    const open = await tap(eht.siv(), ehtChat, cardIn(app, ehtChat), 'Öppna');
    const steps = async () =>
      await app.storage.db
        .selectFrom('routineStep')
        .select(['key', 'state'])
        .where('pupilId', '=', pupilId(0))
        .where('key', '=', 'raise')
        .execute();

    const taken = await tap(eht.siv(), ehtChat, inHand(open, cardIn(app, ehtChat)), 'Har tagits upp');
    const [after] = await steps();
    const back = await tap(eht.siv(), ehtChat, inHand(taken, cardIn(app, ehtChat)), 'Ångra: har tagits upp');
    const [afterBack] = await steps();

    assert.match(textOf(taken), /✓ Tas upp/);
    assert.doesNotMatch(textOf(back), /✓ Tas upp/);
    assert.deepEqual([after?.state, afterBack?.state], ['done', 'open']);
  });

  it('shows a pupil no more whose identity is protected in the middle of it, and says so by number', async () => {
    await start();
    await app.untilMeeting();
    const panel = await eht.open('Elev0 Exempel');
    await eht.decide(panel, 'meet');
    app.school.isProtected = (pupil) => pupil === 0;

    await app.run('roster');
    const late = await tap(eht.siv(), ehtChat, panel, 'Har tagits upp');
    await app.until('14:00', WEDNESDAY);
    await app.until('08:00', '2026-11-26');

    const since = eht.cards().join('\n');
    assert.doesNotMatch(since, /Elev0/);
    assert.match(since, /1 ärende hanteras enligt särskild rutin/);
    assert.match(textOf(late), /Eleven finns inte på listan längre/);
    assert.equal(eht.cards().length, 2);
  });

  it('is on no card that was given up, once their identity is protected', async () => {
    await start();
    await app.untilMeeting();
    await app.storage.db.updateTable('post').set({ state: 'undelivered' }).execute();
    app.school.isProtected = (pupil) => pupil === 0;

    await app.run('roster');

    assert.match(eht.newest(), /Elev1/);
    assert.doesNotMatch(eht.newest(), /Elev0/);
  });

  it('tells a late press who was before, and lets what was done in error be taken back', async () => {
    await start();
    await app.untilMeeting();
    const seen = await eht.open('Elev0 Exempel');
    let panel = await eht.press(seen, 'Klart', 'eht.tick');

    app.clock.set('13:06', WEDNESDAY);
    const late = inHand(
      await app
        .user('Rut Rektor')
        .pressExecute(
          ehtChat,
          seen.messageId,
          'eht.tick',
          actionsOf(seen.card).find(({ verb }) => verb === 'eht.tick')?.data ?? {},
        ),
      seen,
    );
    assert.match(textIn(late), /Redan gjort av Siv Kurator ons 25\/11 13:05/);
    panel = await eht.press(panel, 'Ångra', 'eht.untick');
    assert.match(textIn(panel), /☐ Eleven har fått berätta/);
    panel = await eht.decide(panel, 'plan');
    const again = inHand(
      await eht.siv().pressExecute(ehtChat, seen.messageId, 'eht.decide', {
        ...actionsOf(seen.card)[0]?.data,
        choice: 'plan',
        owner: 'siv.kurator@skola.example',
      }),
      seen,
    );
    assert.match(textIn(again), /Det är redan beslutat av Siv Kurator ons 25\/11 13:06/);
    panel = await eht.press(panel, 'Klart', 'eht.decisionDone');
    panel = await eht.press(panel, 'Ångra', 'eht.decisionReopened');
    panel = await eht.press(panel, 'Ta bort', 'eht.decisionWithdrawn');
    assert.match(textIn(panel), /Inga beslut ännu/);
    panel = await eht.press(panel, 'Ångra: har tagits upp', 'eht.putBack');
    await app.settled();
    assert.doesNotMatch(eht.newest(), /har tagits upp\)/);
  });

  it('says of a step that it is not needed, with a reason, or gives it more time', async () => {
    await start();
    await app.untilMeeting();
    let panel = await eht.open('Elev0 Exempel');
    const first = await eht.press(panel, 'Annat …', 'eht.askStep');
    const without = await tap(eht.siv(), ehtChat, first, 'Behövs inte');
    assert.match(textOf(without), /Välj varför steget inte behövs/);

    panel = inHand(await tap(eht.siv(), ehtChat, first, 'Behövs inte', { reason: 'otherMeasure' }), panel);
    assert.match(textIn(panel), /✓ Brev hem\nbehövs inte/);
    const second = await eht.press(panel, 'Annat …', 'eht.askStep');
    panel = inHand(await tap(eht.siv(), ehtChat, second, 'Mer tid', { time: '10' }), panel);

    assert.match(textIn(panel), /Sparat/);
    const late = await tap(eht.siv(), ehtChat, second, 'Mer tid', { time: '10' });
    assert.match(textOf(late), /Steget har ändrats sedan kortet visades/);
    const steps = await app.storage.db
      .selectFrom('routineStep')
      .select(['key', 'state', 'reason'])
      .where('pupilId', '=', pupilId(0))
      .where('reason', 'is not', null)
      .execute();
    assert.deepEqual(steps, [{ key: 'letter', state: 'notNeeded', reason: 'otherMeasure' }]);
  });

  it('does not have a letter sent that nobody has approved, nor a contact person whom nobody has appointed', async () => {
    const letter = 'role: attendanceCoordinator, dueInSchoolDays: 0';
    const contact = `{ key: contact, name: Kontaktperson utses, ${letter}, kind: contactPerson }`;
    const routines = routinesFrom(
      EHT_ROUTINE.replace(`${letter} }`, `${letter}, kind: guardianLetter }\n          - ${contact}`),
    );
    await start({ parts: { routines } });
    await app.untilMeeting();
    const panel = await eht.open('Elev0 Exempel');
    const tooltips = actionsOf(panel.card).map(({ tooltip }) => tooltip);
    // As from a card that is older than what it shows now.
    const done = async (name: string) => {
      const button = actionsOf(panel.card).find(({ tooltip }) => tooltip?.startsWith(`${name}: `));
      assert.ok(button !== undefined, `no ${name}`);
      return textIn(
        inHand(await eht.siv().pressExecute(ehtChat, panel.messageId, 'eht.stepDone', button.data), panel),
      );
    };

    const sent = await done('Brev hem');
    const appointed = await done('Kontaktperson utses');

    assert.match(textIn(panel), /brevet väljs och godkänns först[\s\S]*en kontaktperson utses först/);
    assert.deepEqual(
      tooltips.filter((one) => /^(Brev hem|Kontaktperson utses): klart$/.test(one ?? '')),
      [],
    );
    assert.match(sent, /Brevet väljs och godkänns först/);
    assert.match(appointed, /Utse en kontaktperson först.*skriv ”kontaktperson Elev0 Exempel: namn”/);
    const steps = await app.storage.db
      .selectFrom('routineStep')
      .select('state')
      .where('pupilId', '=', pupilId(0))
      .where('kind', 'is not', null)
      .execute();
    assert.deepEqual(
      steps.map(({ state }) => state),
      ['open', 'open'],
    );
    assert.deepEqual(await app.storage.db.selectFrom('letterStage').selectAll().execute(), []);
  });

  it('begins a checklist anew in a new course, and keeps it over the levels of one', async () => {
    const both = EHT_ROUTINE.replace('name: Ser över', 'name: Ser över\n        eht: true');
    await start({ parts: { routines: routinesFrom(both) } });
    await app.untilMeeting();
    await eht.press(await eht.open('Elev0 Exempel'), 'Klart', 'eht.tick');
    await app.until('14:00', WEDNESDAY);
    await app.until('14:00', NEXT_TUESDAY);

    // The graver level is new, and the other goes on; then that one is new as well.
    await acceptedLater('investigation');
    const sameCourse = await eht.open('Elev0 Exempel');
    await acceptedLater('notice');
    const newCourse = await eht.open('Elev0 Exempel');

    assert.match(textIn(sameCourse), /✓ Eleven har fått berätta/);
    assert.match(textIn(newCourse), /☐ Eleven har fått berätta/);
  });

  /** As if the pupil's case of this level had been accepted after the first meeting. */
  async function acceptedLater(level: string): Promise<void> {
    await app.storage.db
      .updateTable('routineCase')
      .set({ acceptedAt: Temporal.Instant.from('2026-11-30T10:00:00Z') })
      .where('pupilId', '=', pupilId(0))
      .where('level', '=', level)
      .execute();
  }
});
