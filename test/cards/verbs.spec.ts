import assert from 'node:assert/strict';
import { chosenText } from '../../cards/chosen.ts';
import { type Verb, verbs } from '../../cards/verbs.ts';
import { guid } from '../support/small-school.ts';

const on = `morning:${guid(2, 1)}/2026-11-23:0`;
const parsedOn = { purpose: 'morning', subject: `${guid(2, 1)}/2026-11-23`, page: 0 };
const press = { followUp: guid(6, 1), version: 3, on };
const step = { step: guid(9, 1), version: 2, on };
const release = { school: 'norr', day: '2026-11-23' };

const ehtPupil = { on, pupil: guid(1, 1) };
const ehtStep = { ...ehtPupil, step: guid(8, 1), version: 2 };

describe('verbs', () => {
  const taken: readonly (readonly [Verb, Readonly<Record<string, unknown>>])[] = [
    ['followUp.ask', press],
    ['followUp.contacted', press],
    ['followUp.contacted', { ...press, method: 'phone', counterpart: 'guardian' }],
    ['followUp.notReached', press],
    ['followUp.notReached', { ...press, method: 'phone', counterpart: 'guardian' }],
    ['followUp.undo', { ...press, contact: guid(7, 1) }],
    ['followUp.handOver', { ...press, to: guid(3, 1) }],
    ['followUp.several', { on }],
    ['followUp.severalDone', { on, outcome: 'reached', method: 'sms', chosen: '' }],
    ['card.show', { on }],
    [
      'pupils.show',
      { on, level: 'notice', grade: '8', group: '8B', metric: 'totalAbsence', only: 'overdue' },
    ],
    [
      'pupil.open',
      { on, pupil: guid(1, 1), level: 'notice', grade: '8', group: '8B', metric: 'totalAbsence', only: '' },
    ],
    ['digest.listOpen', { on }],
    ['digest.remindAll', { on }],
    ...(['openCase', 'accept', 'close', 'withdraw', 'keep'] as const).map(
      (verb) => [`routine.${verb}`, { case: guid(8, 1), on }] as const,
    ),
    ['routine.decline', { case: guid(8, 1), on, reason: 'knownCause' }],
    ...(['openStep', 'stepDone', 'stepUndo', 'letterChosen', 'letterApproved', 'letterBack'] as const).map(
      (verb) => [`routine.${verb}`, step] as const,
    ),
    ['routine.stepDoneOn', { ...step, doneDay: '2026-11-20' }],
    ['routine.stepNotNeeded', { ...step, reason: 'otherMeasure' }],
    ['routine.stepMoreTime', { ...step, until: '2026-12-04' }],
    ['routine.stepHandOver', { ...step, to: guid(3, 1) }],
    ['routine.stepAppoint', { ...step, contactPerson: guid(3, 1) }],
    ['morning.release', release],
    ['morning.acceptReading', { reading: guid(9, 2) }],
    ['eht.open', ehtPupil],
    ['eht.askStep', ehtStep],
    ['eht.stepDone', ehtStep],
    ['eht.stepNotNeeded', { ...ehtStep, reason: 'alreadyDone' }],
    ['eht.stepMoreTime', { ...ehtStep, time: '10' }],
    ['eht.tick', { ...ehtPupil, point: 'heard' }],
    ['eht.untick', { ...ehtPupil, point: 'heard' }],
    ['eht.takeUp', ehtPupil],
    ['eht.putBack', ehtPupil],
    ['eht.askDecision', ehtPupil],
    ['eht.decide', { ...ehtPupil, choice: 'plan', owner: 'a@skola.example', due: '5' }],
    ['eht.decisionDone', { on, decision: guid(9, 1) }],
    ['eht.decisionReopened', { ...ehtPupil, decision: guid(9, 1) }],
    ['eht.decisionWithdrawn', { ...ehtPupil, decision: guid(9, 1) }],
    ['eht.close', { on }],
  ];
  for (const [verb, payload] of taken) {
    it(`takes what a card sends with ${verb}: ${Object.keys(payload).join(', ')}`, () => {
      const expected = {
        ...payload,
        ...('on' in payload ? { on: parsedOn } : {}),
        ...('chosen' in payload ? { chosen: [] } : {}),
      };

      assert.deepEqual(verbs[verb].parse(payload), expected);
    });
  }

  it('take the cases that a card showed, each by its id', () => {
    const cases = [guid(8, 1), guid(8, 2)];

    assert.deepEqual(verbs['routine.acceptAll'].parse({ cases: cases.join(','), on }).cases, cases);
    assert.deepEqual(verbs['routine.acceptAll'].parse({ cases: '', on }).cases, []);
  });

  it('take a day, a reason or a person that nobody has chosen for none', () => {
    assert.equal(verbs['routine.stepDoneOn'].parse({ ...step, doneDay: '' }).doneDay, undefined);
    assert.equal(verbs['routine.stepMoreTime'].parse(step).until, undefined);
    assert.equal(verbs['routine.stepNotNeeded'].parse({ ...step, reason: '' }).reason, undefined);
    assert.equal(verbs['routine.stepHandOver'].parse({ ...step, to: '' }).to, undefined);
    assert.equal(verbs['routine.decline'].parse({ case: guid(8, 1), on, reason: 'ill' }).reason, undefined);
  });

  it('are all tried here', () => {
    const tried = [...taken.map(([verb]) => verb), 'routine.acceptAll'];
    assert.deepEqual(new Set(tried), new Set(Object.keys(verbs)));
  });

  it('drop what an input on the card adds of its own', () => {
    assert.deepEqual(verbs['followUp.notReached'].parse({ ...press, chosen: '', to: '' }), {
      ...press,
      on: parsedOn,
    });
  });

  it('show everybody where a client sends no choice, or the choice of all', () => {
    const none = {
      level: undefined,
      grade: undefined,
      group: undefined,
      metric: undefined,
      only: '',
      on: parsedOn,
    };
    const all = { level: 'all', grade: 'all', group: 'all', metric: 'all' };

    assert.deepEqual(verbs['pupils.show'].parse({ on }), none);
    assert.deepEqual(verbs['pupils.show'].parse({ on, ...all }), none);
  });

  it('choose nobody where an older client sends no choice at all', () => {
    assert.deepEqual(verbs['followUp.severalDone'].parse({ on, outcome: 'reached' }).chosen, []);
  });

  it('choose nothing of EHT’s where nothing is chosen, and the usual day where none is', () => {
    assert.deepEqual(verbs['eht.decide'].parse({ ...ehtPupil, due: 'routine' }), {
      ...ehtPupil,
      on: parsedOn,
      choice: '',
      owner: '',
      due: undefined,
    });
    assert.equal(verbs['eht.stepNotNeeded'].parse({ ...ehtStep, reason: '' }).reason, undefined);
  });

  it('choose everybody once, with the version that the form showed', () => {
    const [first, second] = [
      { followUp: guid(6, 1), version: 3 },
      { followUp: 'a.b', version: 0 },
    ];
    const chosen = [first, second, first].map(chosenText).join(',');

    assert.deepEqual(verbs['followUp.severalDone'].parse({ on, outcome: 'reached', chosen }).chosen, [
      first,
      second,
    ]);
  });

  const refused: readonly (readonly [string, Verb, object])[] = [
    ['no payload', 'followUp.contacted', {}],
    ['an id that is none', 'followUp.contacted', { ...press, followUp: '' }],
    ['an id that has no end', 'followUp.contacted', { ...press, followUp: 'x'.repeat(101) }],
    ['a version before the first', 'followUp.contacted', { ...press, version: -1 }],
    ['half a version', 'followUp.contacted', { ...press, version: 0.5 }],
    ['a version in words', 'followUp.contacted', { ...press, version: '3' }],
    ['a way of contact that there is not', 'followUp.contacted', { ...press, method: 'fax' }],
    ['a counterpart that there is not', 'followUp.contacted', { ...press, counterpart: 'neighbour' }],
    ['a grade that is none', 'pupils.show', { on, grade: 'åtta' }],
    ['a metric that there is not', 'pupils.show', { on, metric: 'mood' }],
    ['a page of nobody', 'pupil.open', { on }],
    ['null', 'card.show', { on: null }],
    ['a card of nothing', 'card.show', { on: '' }],
    ['a card without a page', 'card.show', { on: 'morning:8b' }],
    ['a page before the first', 'card.show', { on: 'morning:8b:-1' }],
    ['a page that no card has', 'card.show', { on: 'morning:8b:100' }],
    ['a purpose that is none', 'card.show', { on: '__proto__:8b:0' }],
    ['a subject that has no end', 'card.show', { on: `morning:${'x'.repeat(201)}:0` }],
    ['an undoing of nothing', 'followUp.undo', press],
    ['a handing over to nobody', 'followUp.handOver', press],
    ['an outcome that is none', 'followUp.severalDone', { on, outcome: 'maybe', chosen: guid(6, 1) }],
    ['a choice of nobody', 'followUp.severalDone', { on, outcome: 'reached', chosen: 'nobody' }],
    ['a choice without a version', 'followUp.severalDone', { on, outcome: 'reached', chosen: guid(6, 1) }],
    ['a choice without end', 'followUp.severalDone', { on, outcome: 'reached', chosen: 'x,'.repeat(4_001) }],
    ['a case without an id', 'routine.accept', { on }],
    ['a step without a version', 'routine.stepDone', { step: guid(9, 1), on }],
    ['more cases than a card has', 'routine.acceptAll', { cases: 'x,'.repeat(101), on }],
    ['a day that does not exist', 'morning.release', { ...release, day: '2026-02-30' }],
    ['a time', 'morning.release', { ...release, day: '2026-11-23T08:00:00Z' }],
    ['a school without a name', 'morning.release', { ...release, school: '' }],
    ['a list', 'morning.release', { ...release, school: ['norr'] }],
  ];
  for (const [name, verb, payload] of refused) {
    it(`refuses ${name} (${verb})`, () => {
      assert.equal(verbs[verb].safeParse(payload).success, false);
    });
  }
});
