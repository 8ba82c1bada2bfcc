import assert from 'node:assert/strict';
import fc from 'fast-check';
import { stepPanel } from '../../cards/step-panel.ts';
import { ownStepsCard, stepsCard, stepsSummary } from '../../cards/steps.ts';
import { translator } from '../../locales/translator.ts';
import type { StepMessageView, ToldLine } from '../../services/routine/step-message-view.ts';
import { actionsOf, textsOf } from '../support/card-text.ts';
import { clockTime, guid, MONDAY } from '../support/small-school.ts';
import { elementsOf } from './elements.ts';
import { anyName, BOUNDED } from './names.ts';
import { assertSound } from './routine-faults.ts';
import { anySteps, DONE, HIDDEN, messageView, stepLine } from './routine-views.ts';

const words = translator('sv', 'Europe/Stockholm');
const english = translator('en', 'Europe/Stockholm');
const on = { purpose: 'steps', subject: guid(7, 1), page: 0 };
const people = [{ staffId: guid(3, 2), name: 'Bo Ek' }];
const offers = {
  today: MONDAY,
  firstDay: MONDAY.subtract({ days: 3 }),
  colleagues: people,
  contactPersons: people,
};

describe('a message of steps', () => {
  const titles: readonly (readonly [StepMessageView['rung'], boolean, string])[] = [
    ['given', false, 'Du har 1 steg att göra i närvarorutinen'],
    ['due', false, 'Påminnelse: 1 steg i närvarorutinen'],
    ['late', false, 'Försenat: 1 steg i närvarorutinen'],
    ['given', true, 'Norrskolan: 1 steg att göra i närvarorutinen'],
    ['escalated', true, 'Norrskolan: 1 steg i närvarorutinen är försenat'],
  ];
  for (const [rung, isForCoordinators, title] of titles) {
    it(`says what it is about, without a name: ${rung}${isForCoordinators ? ', to coordinators' : ''}`, () => {
      const view = messageView([stepLine()], { rung, isForCoordinators });

      assert.equal(textsOf(stepsCard(view, words))[0], title);
      assert.equal(stepsSummary(view, words), title);
      assert.doesNotMatch(stepsSummary(view, english), /Elin/);
    });
  }

  it('tells of each step until when, with its weight; a follow-up as such', () => {
    const steps = [stepLine(0, { hasLegalWeight: true }), stepLine(1, { isFollowUp: true })];

    const texts = textsOf(stepsCard(messageView(steps), words));

    assert.ok(texts.includes('Brev och utredning · senast fredag 27 november · krävs enligt skollagen'));
    assert.ok(texts.includes('Uppföljning: Enkel utredning'));
    assert.ok(!texts.some((text) => text.includes('Anna Berg')));
    const forCoordinators = messageView(steps, { isForCoordinators: true });
    assert.ok(textsOf(stepsCard(forCoordinators, words)).includes('Enkel utredning · ansvarig Anna Berg'));
  });

  it('shows afterwards who did what and when, and what has gone to somebody else', () => {
    const steps = [
      stepLine(0, DONE),
      stepLine(1, { ...DONE, state: 'notNeeded', reason: 'otherMeasure', doneDay: undefined }),
      stepLine(2, { isElsewhere: true, owner: { staffId: 'x', address: undefined, name: 'Bo Ek' } }),
    ];

    const card = stepsCard(messageView(steps), words);

    const texts = textsOf(card);
    assert.equal(texts[0], 'Klart: alla steg här är hanterade');
    assert.ok(texts.includes('✓ Elin Berg · 8B'));
    assert.ok(texts.includes('Brev och utredning · klart mån 23/11, sparat av Bo Ek mån 23/11 09:12'));
    assert.ok(
      texts.includes(
        'Brev och utredning · behövs inte (annan åtgärd i stället), sparat av Bo Ek mån 23/11 09:12',
      ),
    );
    assert.ok(texts.includes('Brev och utredning · senast fredag 27 november · överlämnat till Bo Ek'));
    assert.deepEqual(
      actionsOf(card).map(({ title }) => title),
      ['Ändra', 'Ändra'],
    );
  });

  for (const [reason, told] of [
    ['caseClosed', 'ärendet är avslutat'],
    ['leftSchool', 'eleven har lämnat skolan'],
  ] as const) {
    it(`tells what ended with its case, which nobody can choose: ${reason}`, () => {
      const ended = { ...DONE, state: 'notNeeded', reason, doneDay: undefined } as const;

      const texts = textsOf(stepsCard(messageView([stepLine(0, ended)]), words));

      assert.ok(
        texts.includes(`Brev och utredning · behövs inte (${told}), sparat av Bo Ek mån 23/11 09:12`),
      );
      assert.doesNotMatch(JSON.stringify(stepPanel(stepLine(), offers, on, words)), new RegExp(reason));
    });
  }

  it('does in an older client what is next', () => {
    const chosen = [{ stage: 'chosen' as const, by: 'Karin Koord', at: clockTime('09:00') }];
    const steps: readonly ToldLine[] = [
      stepLine(0),
      stepLine(1, { kind: 'guardianLetter' }),
      stepLine(2, { kind: 'guardianLetter', stages: chosen }),
      stepLine(3, { kind: 'contactPerson' }),
      stepLine(4, { kind: 'contactPerson', pupil: HIDDEN }),
      stepLine(5, DONE),
    ];

    const verbs = actionsOf(stepsCard(messageView(steps), words)).map(({ fallback }) => fallback?.data.verb);

    assert.deepEqual(verbs, [
      'routine.stepDone',
      'routine.letterChosen',
      'routine.letterApproved',
      'routine.openStep',
      'routine.stepDone',
      'routine.stepUndo',
    ]);
  });

  it('is sound with 60 steps of any names, on every page', () => {
    const rungs = fc.constantFrom('given' as const, 'due' as const, 'late' as const, 'escalated' as const);
    fc.assert(
      fc.property(
        anySteps,
        anyName,
        rungs,
        fc.boolean(),
        fc.nat(9),
        (steps, schoolName, rung, isForCoordinators, page) => {
          const view = messageView(steps, { schoolName, rung, isForCoordinators });
          assertSound(stepsCard(view, page % 2 === 0 ? words : english, { page, notice: 'Sparat.' }));
        },
      ),
      BOUNDED,
    );
  });

  it('answers "mina steg" with what is left, or that nothing is', () => {
    const own = (steps: readonly ToldLine[]) =>
      textsOf(
        ownStepsCard(
          { schoolId: 'norr', schoolName: 'Norrskolan', day: MONDAY, steps },
          words,
          { page: 0, notice: '' },
          { purpose: 'ownSteps', subject: `norr/${MONDAY}` },
        ),
      );

    assert.deepEqual(own([]), ['Du har inget steg att göra i närvarorutinen']);
    assert.equal(own([stepLine(0), stepLine(1)])[0], 'Du har 2 steg att göra i närvarorutinen');
    assert.deepEqual(
      own([stepLine(0, { dueDay: MONDAY }), stepLine(1, { dueDay: MONDAY.subtract({ days: 3 }) })]).filter(
        (text) => /november/.test(text),
      ),
      [
        'Brev och utredning · senast måndag 23 november',
        'Brev och utredning · försenat, skulle ha varit klart fredag 20 november',
      ],
    );
  });
});

describe('the panel of a step', () => {
  const titles = (step: ToldLine) => actionsOf(stepPanel(step, offers, on, words)).map(({ title }) => title);
  const rest = ['Behövs inte', 'Ge mer tid', 'Lämna över', 'Tillbaka'];
  const taken = (...stages: readonly ('chosen' | 'approved' | 'sent')[]) => ({
    kind: 'guardianLetter' as const,
    stages: stages.map((stage) => ({ stage, by: 'Karin Koord', at: clockTime('09:00') })),
  });
  const offered: readonly (readonly [string, ToldLine, readonly string[]])[] = [
    ['a step', stepLine(), ['Klart i dag', 'Klart den dagen', ...rest]],
    ['a letter', stepLine(0, taken()), ['Brevet är valt', ...rest]],
    ['a letter that is chosen', stepLine(0, taken('chosen')), ['Brevet är godkänt', 'Ångra: valt', ...rest]],
    [
      'a letter that is approved',
      stepLine(0, taken('chosen', 'approved')),
      ['Brevet är skickat', 'Ångra: godkänt', 'Klart den dagen', ...rest],
    ],
    ['a contact person', stepLine(0, { kind: 'contactPerson' }), ['Utse', ...rest]],
    ['what is done', stepLine(0, DONE), ['Ångra', 'Tillbaka']],
    ['what is dropped', stepLine(0, { state: 'dropped' }), ['Tillbaka']],
  ];
  for (const [name, step, expected] of offered) {
    it(`offers of ${name} what can be said of it`, () => assert.deepEqual(titles(step), expected));
  }

  it('takes no day for done before the limit was crossed, nor after today', () => {
    const [date] = elementsOf(stepPanel(stepLine(), offers, on, words), 'Input.Date');

    assert.deepEqual([date?.min, date?.max], ['2026-11-20', '2026-11-23']);
  });

  it('offers nobody as a contact person of a protected pupil', () => {
    const step = stepLine(0, { kind: 'contactPerson', pupil: HIDDEN });

    const card = stepPanel(step, { ...offers, contactPersons: [], colleagues: [] }, on, words);

    assert.deepEqual(
      actionsOf(card).map(({ title }) => title),
      ['Klart i dag', 'Behövs inte', 'Ge mer tid', 'Tillbaka'],
    );
  });

  it('is sound with any names and as many colleagues as fit', () => {
    fc.assert(
      fc.property(anySteps, anyName, (steps, name) => {
        const many = Array.from({ length: 70 }, (_, number) => ({
          staffId: guid(3, number),
          name: `${name}${number}`,
        }));
        for (const step of steps.slice(0, 3))
          assertSound(
            stepPanel(
              step,
              {
                today: MONDAY,
                firstDay: MONDAY.subtract({ days: 3 }),
                colleagues: people,
                contactPersons: people,
              },
              on,
              words,
              'Välj.',
            ),
            ['**'],
          );
        const everyday = many.map((one, number) => ({ ...one, name: `Anna Andersson-Berg ${number}` }));
        assertSound(
          stepPanel(
            stepLine(0, { kind: 'contactPerson' }),
            {
              today: MONDAY,
              firstDay: MONDAY.subtract({ days: 3 }),
              colleagues: everyday,
              contactPersons: everyday,
            },
            on,
            words,
          ),
          ['**'],
        );
      }),
      BOUNDED,
    );
  });
});
