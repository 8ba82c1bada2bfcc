import assert from 'node:assert/strict';
import fc from 'fast-check';
import { casePanel } from '../../cards/case-panel.ts';
import { casesCard, casesSummary } from '../../cards/cases.ts';
import { verbs } from '../../cards/verbs.ts';
import { translator } from '../../locales/translator.ts';
import type { CaseLine } from '../../services/routine/cases-view.ts';
import { actionsOf, textsOf } from '../support/card-text.ts';
import { guid, MONDAY } from '../support/small-school.ts';
import { anyName, BOUNDED } from './names.ts';
import { assertSound } from './routine-faults.ts';
import { anyCases, caseDetail, caseLine, casesView, DONE, HIDDEN, stepLine } from './routine-views.ts';

const words = translator('sv', 'Europe/Stockholm');
const english = translator('en', 'Europe/Stockholm');
const on = { purpose: 'cases', subject: `norr/${MONDAY}`, page: 0 };

describe('the card of waiting cases', () => {
  it('says by level whom it is about, how far above the limit, and what is asked', () => {
    const cases = [
      caseLine(0),
      caseLine(1, { pupil: HIDDEN, asks: 'withdraw' }),
      caseLine(2, { level: 'notice', levelName: 'Mentorn ser över', asks: 'close', hasLeft: true }),
    ];

    const texts = textsOf(casesCard(casesView(cases), words));

    assert.deepEqual(texts.slice(0, 6), [
      'Norrskolan: 3 ärenden i närvarorutinen väntar',
      'Sedd föreslår, du bestämmer. Ingen ombeds göra något förrän ärendet är godtaget.',
      'Brev och utredning',
      'Elin Berg · 8B',
      '22,4\u00a0% frånvaro på fyra veckor, gränsen är 20\u00a0%',
      'Öppna',
    ]);
    assert.ok(texts.includes('Elev med skyddade uppgifter, ref. 3F2A91C4'));
    assert.ok(texts.includes('Eleven går inte längre på skolan. Ska ärendet avslutas?'));
    assert.match(
      textsOf(casesCard(casesView(cases), english)).join('\n'),
      /3 cases of the attendance routine are waiting/,
    );
  });

  it('accepts at once what it shows and nothing else: not what asks for something, not what is on another page', () => {
    const cases = Array.from({ length: 60 }, (_, number) =>
      caseLine(number, { asks: number % 10 === 0 ? 'withdraw' : 'accept' }),
    );
    const idsOn = (page: number) => {
      const card = casesCard(casesView(cases), words, { page, notice: '' });
      const all = actionsOf(card).find(({ verb }) => verb === 'routine.acceptAll');
      return verbs['routine.acceptAll'].parse(all?.data).cases;
    };
    const shownOn = (page: number) =>
      actionsOf(casesCard(casesView(cases), words, { page, notice: '' })).flatMap(
        ({ verb, data, fallback }) =>
          verb === 'routine.openCase' && fallback?.data.verb === 'routine.accept' ? [String(data.case)] : [],
      );

    assert.deepEqual(idsOn(0), shownOn(0));
    assert.deepEqual(idsOn(1), shownOn(1));
    assert.ok(!idsOn(0).includes(guid(8, 0)));
  });

  it('shows everybody on some page, once', () => {
    const cases = Array.from({ length: 60 }, (_, number) => caseLine(number));
    const seen: string[] = [];
    for (let page = 0, next = true; next; page += 1) {
      const card = casesCard(casesView(cases), words, { page, notice: '' });
      seen.push(
        ...actionsOf(card).flatMap(({ verb, data }) =>
          verb === 'routine.openCase' ? [String(data.case)] : [],
        ),
      );
      next = textsOf(card).includes('Visa fler');
    }

    assert.deepEqual(
      seen,
      cases.map(({ id }) => id),
    );
  });

  it('says in one line that nothing waits, or that there is a newer one', () => {
    const nothing = casesCard(casesView([]), words);
    const replaced = casesCard(casesView([], { isReplaced: true }), words);

    assert.deepEqual(textsOf(nothing), ['Norrskolan: inget ärende i närvarorutinen väntar']);
    assert.deepEqual(textsOf(replaced), ['Norrskolan: ett nyare kort med ärenden finns längre ner']);
  });

  const asking: readonly (readonly [Partial<CaseLine>, string])[] = [
    [
      { asks: 'close', belowSince: MONDAY.add({ days: 7 }) },
      'Inte över gränsen sedan måndag 30 november. Ska ärendet avslutas?',
    ],
    [
      { asks: 'close', belowSince: MONDAY, hasLeft: true },
      'Eleven går inte längre på skolan. Ska ärendet avslutas?',
    ],
    [
      { asks: 'withdraw' },
      'Uppgifterna har rättats, och eleven var inte över gränsen. Ska ärendet dras tillbaka?',
    ],
  ];
  for (const [more, expected] of asking) {
    it(`says when it was above, and why it asks: ${expected}`, () => {
      const texts = textsOf(casesCard(casesView([caseLine(0, more)]), words));

      assert.ok(
        texts.includes(
          'Över gränsen måndag 23 november: 22,4\u00a0% frånvaro på fyra veckor, gränsen är 20\u00a0%',
        ),
      );
      assert.ok(texts.includes(expected));
    });
  }

  it('does in an older client at once what a case asks for', () => {
    const cases = (['accept', 'close', 'withdraw'] as const).map((asks, number) =>
      caseLine(number, { asks }),
    );

    const fallbacks = actionsOf(casesCard(casesView(cases), words)).map(
      ({ fallback }) => fallback?.data.verb,
    );

    assert.deepEqual(fallbacks, ['routine.accept', 'routine.close', 'routine.withdraw']);
  });

  it('has no name in its notification', () => {
    assert.doesNotMatch(casesSummary(casesView([caseLine()]), words), /Elin|ref/);
  });

  it('is sound with 60 cases of any names, on every page', () => {
    fc.assert(
      fc.property(
        anyCases,
        anyName,
        fc.constantFrom(words, english),
        fc.nat(9),
        (cases, schoolName, said, page) => {
          assertSound(casesCard(casesView(cases, { schoolName }), said, { page, notice: 'Sparat.' }));
        },
      ),
      BOUNDED,
    );
  });
});

describe('the panel of a case', () => {
  it('says what accepting it would ask of whom, until when', () => {
    const steps = [
      stepLine(0, { state: 'proposed', hasLegalWeight: true }),
      stepLine(1, { state: 'proposed', owner: { staffId: undefined, address: undefined, name: undefined } }),
    ];

    const texts = textsOf(casePanel(caseDetail(steps), on, words));

    assert.ok(texts.includes('Steg om du godtar'));
    assert.ok(
      texts.includes('Enkel utredning: Anna Berg, senast fredag 27 november · krävs enligt skollagen'),
    );
    assert.ok(texts.includes('Enkel utredning: ingen ansvarig, senast fredag 27 november'));
    assert.ok(
      texts.includes(
        'Över gränsen måndag 23 november: 22,4\u00a0% frånvaro på fyra veckor, gränsen är 20\u00a0%',
      ),
    );
    for (const button of ['Godta', 'Avböj', 'Tillbaka']) assert.ok(texts.includes(button), button);
  });

  const shares: readonly (readonly [number, string | undefined])[] = [
    [0.224, undefined],
    [0.25, 'Nu: 25\u00a0% frånvaro på fyra veckor, gränsen är 20\u00a0%'],
    [0.098, 'Nu: 9,8\u00a0% frånvaro på fyra veckor, gränsen är 20\u00a0%'],
    [0.19999, 'Nu: 20\u00a0% frånvaro på fyra veckor, gränsen är 20\u00a0%'],
    [0.20001, 'Nu: strax över 20\u00a0% frånvaro på fyra veckor, gränsen är 20\u00a0%'],
  ];
  for (const [value, expected] of shares) {
    it(`says how it is now, where that has changed: ${value}`, () => {
      const now = { ...caseLine().crossing, value };

      const texts = textsOf(casePanel(caseDetail([], { now }), on, words));

      assert.equal(
        texts.find((text) => text.startsWith('Nu: ')),
        expected,
      );
    });
  }

  const asked: readonly (readonly [string, 'close' | 'withdraw', readonly string[]])[] = [
    ['to be closed', 'close', ['Avsluta', 'Fortsätt', 'Tillbaka']],
    ['to be withdrawn', 'withdraw', ['Dra tillbaka', 'Behåll', 'Tillbaka']],
  ];
  for (const [name, asks, buttons] of asked) {
    it(`offers what an open case can be answered that asks ${name}`, () => {
      const row = { state: 'open', asks, askedDay: MONDAY, acceptedAt: null } as const;

      const card = casePanel(caseDetail([stepLine(0, DONE)], { asks }, row), on, words);

      assert.deepEqual(
        actionsOf(card).map(({ title }) => title),
        buttons,
      );
      assert.ok(textsOf(card).some((text) => text.startsWith('✓ Enkel utredning · klart mån 23/11')));
    });
  }

  it('is sound with any names', () => {
    fc.assert(
      fc.property(anyName, anyName, anyName, (name, levelName, by) => {
        const pupil = { name, groupName: name, reference: undefined };
        const owner = { staffId: undefined, address: undefined, name: by };
        const steps = Array.from({ length: 20 }, (_, number) => stepLine(number, { name: levelName, owner }));
        assertSound(casePanel(caseDetail(steps, { pupil, levelName }), on, words, 'Välj.'), ['**']);
      }),
      BOUNDED,
    );
  });
});
