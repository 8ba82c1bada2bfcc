import assert from 'node:assert/strict';
import { ehtDecisionCard } from '../../cards/eht-decision.ts';
import { ehtListCard, ehtListSummary } from '../../cards/eht-list.ts';
import { ehtNotHereCard, ehtNotHereSummary } from '../../cards/eht-not-here.ts';
import { ehtPupilCard } from '../../cards/eht-pupil.ts';
import { ehtReminderCard, ehtReminderSummary } from '../../cards/eht-reminder.ts';
import { ehtStepCard } from '../../cards/eht-step.ts';
import { ehtSummaryCard, ehtSummarySummary } from '../../cards/eht-summary.ts';
import { MOST_CARD_BYTES } from '../../cards/render.ts';
import { type Language, translator } from '../../locales/translator.ts';
import { actionsOf, textsOf } from '../support/card-text.ts';
import { clockTime, pupilId } from '../support/small-school.ts';
import { cardFaults } from './card-faults.ts';
import { ehtDecision, ehtLine, ehtList, ehtPupil, ehtReminder, ehtSummary, WEDNESDAY } from './eht-views.ts';

const words = (language: Language) => translator(language, 'Europe/Stockholm');
const sv = words('sv');
const text = (card: object) => textsOf(card).join('\n');
const bytes = (card: object) => Buffer.byteLength(JSON.stringify(card));
const on = { purpose: 'ehtList', subject: `norr/${WEDNESDAY}`, page: 0 };
const step = ehtPupil().steps[0];
const LONG = 'Åsa-Märta Öberg Ängström af Långnamn till Ännu Längre *_[]_* och Så Vidare i All Evighet Amen';
const unmet = { ...ehtReminder().owner, teamsId: undefined };
const LONG_NAME = LONG.slice(0, 80);

describe('EHT’s cards', () => {
  const cards: readonly (readonly [string, (language: Language) => object])[] = [
    ['the list', (language) => ehtListCard(ehtList(), words(language))],
    ['a list that is closed', (language) => ehtListCard(closed(), words(language))],
    ['a preview', (language) => ehtListCard(ehtList({ state: 'preview' }), words(language))],
    [
      'an empty list',
      (language) => ehtListCard(ehtList({ pupils: [], protectedPupils: 0 }), words(language)),
    ],
    ['a list that is replaced', (language) => ehtListCard(ehtList({ state: 'replaced' }), words(language))],
    ['a pupil', (language) => ehtPupilCard(ehtPupil(), on, words(language), 'Sparat.')],
    ['a step', (language) => ehtStepCard(ehtPupil(), stepOf(), on, words(language))],
    ['a new decision', (language) => ehtDecisionCard(ehtPupil(), on, words(language))],
    ['the summary', (language) => ehtSummaryCard(ehtSummary(), words(language))],
    ['a reminder', (language) => ehtReminderCard(ehtReminder({ owner: unmet }), words(language))],
    ['what stands elsewhere', (language) => ehtNotHereCard(words(language))],
  ];
  for (const [name, card] of cards) {
    for (const language of ['sv', 'en'] as const) {
      it(`are sound: ${name} (${language})`, () => {
        assert.deepEqual(cardFaults(card(language)), []);
      });
    }
  }

  it('have no name in their notifications', () => {
    const summaries = [
      ehtListSummary(ehtList(), sv),
      ehtSummarySummary(ehtSummary(), sv),
      ehtReminderSummary(ehtReminder(), sv),
      ehtNotHereSummary(sv),
    ];

    for (const summary of summaries) assert.doesNotMatch(summary, /Elev \d|Elev \*|Rut|Siv/);
  });
});

describe('EHT’s list', () => {
  const said = {
    sv: [
      /^Elevhälsoträff onsdag 25 november: 2 elever på listan\nNorrskolan · 13:00/,
      /Rutinföljsamhet sedan förra mötet: 12 av 15 steg i tid \(80\u00a0%\) · 2 försenade/,
      /Rutinföljsamhet den här terminen: 30 av 40 steg i tid \(75\u00a0%\) · 10 försenade/,
      /Frånvaron är total och räknas på fyra veckor till och med tis 24\/11/,
      /Elev \\\*1\\\*\n8A · Enkel utredning · 22,5\u00a0% frånvaro, 97\u00a0% rapporterat · kontaktperson Anna Berg/,
      /nytt: Fördjupad utredning · 1 steg klart sedan sist · frånvaron har upphört · 1 steg klart · 2 steg kvar · 1 steg försenat · 2 beslut kvar · 1 beslut försenat/,
      /1 ärende hanteras enligt särskild rutin/,
    ],
    en: [
      /^Pupil-health meeting Wednesday 25 November: 2 pupils on the list/,
      /Routine followed since the last meeting: 12 of 15 steps on time \(80%\) · 2 late/,
      /22\.5% absence, 97% reported · contact person Anna Berg/,
      /2 steps left · 1 step overdue · 2 decisions left · 1 decision overdue/,
    ],
  };
  for (const language of ['sv', 'en'] as const) {
    it(`says who, how grave, how much, and what is to be done (${language})`, () => {
      const shown = text(ehtListCard(ehtList(), words(language)));

      for (const each of said[language]) assert.match(shown, each);
    });
  }

  it('has what is unresolved first, then what is new, then the others', () => {
    const pupils = (['other', 'new', 'carried'] as const).map((section) =>
      ehtLine({ section, name: section }),
    );

    assert.match(
      text(ehtListCard(ehtList({ pupils }), sv)),
      /Kvar att lösa \(1\)\ncarried[\s\S]*Nya sedan förra mötet \(1\)\nnew[\s\S]*Övriga \(1\)\nother/,
    );
    assert.match(text(ehtListCard(ehtList({ pupils, previousDay: undefined }), sv)), /\nNya \(1\)/);
  });

  it('says of a pupil of whom little is known no more than that', () => {
    const line = ehtLine({ fourWeeks: undefined, level: undefined, contactPerson: undefined, groupName: '' });

    assert.match(
      text(ehtListCard(ehtList({ pupils: [line] }), sv)),
      /inget pågående ärende · frånvaron är inte känd · ingen kontaktperson/,
    );
  });

  it('is closed by a press where it is open, and never before or after', () => {
    const verbs = (state: 'preview' | 'open' | 'closed' | 'replaced') =>
      actionsOf(ehtListCard(ehtList({ state }), sv)).map(({ verb }) => verb);

    assert.deepEqual(verbs('open'), ['eht.open', 'eht.close']);
    assert.deepEqual(verbs('preview'), ['eht.open']);
    assert.deepEqual(verbs('closed'), ['eht.open']);
    assert.deepEqual(verbs('replaced'), []);
  });

  it('tells who closed it', () => {
    assert.match(text(ehtListCard(closed(), sv)), /Mötet avslutades av Siv Kurator 13:55/);
    assert.match(text(ehtListCard({ ...closed(), closedBy: undefined }, sv)), /Mötet är avslutat 13:55/);
  });

  it('keeps within a card with eighty pupils of long names, and has each of them on some page', () => {
    const pupils = Array.from({ length: 80 }, (_, index) =>
      ehtLine({
        pupilId: pupilId(index),
        name: `${index} ${LONG}`,
        level: LONG_NAME,
        contactPerson: LONG,
        section: index < 40 ? 'carried' : 'new',
        news: { levels: [LONG_NAME, LONG_NAME], stepsDone: 3, asksToClose: true },
      }),
    );
    const view = ehtList({ pupils });
    const seen = new Set<unknown>();
    let pages = 0;
    let more = true;
    while (more) {
      const card = ehtListCard(view, sv, { page: pages, notice: LONG });
      assert.ok(bytes(card) <= MOST_CARD_BYTES, `${bytes(card)} bytes on page ${pages}`);
      assert.deepEqual(cardFaults(card), []);
      for (const { verb, data } of actionsOf(card)) if (verb === 'eht.open') seen.add(data.pupil);
      more = actionsOf(card).some(({ title }) => title === 'Visa fler');
      pages += 1;
    }

    assert.equal(seen.size, 80);
    assert.ok(pages > 3);
    assert.deepEqual(
      ehtListCard(view, sv, { page: 99, notice: '' }),
      ehtListCard(view, sv, { page: pages - 1, notice: '' }),
    );
  });
});

describe('a pupil of EHT’s list', () => {
  it('has each step, point and decision with its button, and says who has ticked', () => {
    const card = ehtPupilCard(ehtPupil(), on, sv);

    assert.match(text(card), /Brev hem\nskulle ha varit klart mån 23\/11 · Karin Koord · enligt skollagen/);
    assert.match(text(card), /✓ Uppföljning: Samtal\nklart sön 22\/11/);
    assert.match(text(card), /✓ Eleven har fått berätta\nSiv Kurator ons 25\/11/);
    assert.match(text(card), /☐ Kartläggning gjord/);
    assert.match(text(card), /Handlingsplan\nRut Rektor, till mån 30\/11/);
    assert.deepEqual(
      actionsOf(card).map(({ verb }) => verb),
      [
        'eht.stepDone',
        'eht.askStep',
        'eht.untick',
        'eht.tick',
        'eht.decisionDone',
        'eht.decisionWithdrawn',
        'eht.takeUp',
        'eht.askDecision',
        'eht.open',
        'eht.open',
        'card.show',
      ],
    );
  });

  it('has nothing to tick before the list has been posted', () => {
    const card = ehtPupilCard(ehtPupil({ list: ehtList({ state: 'preview' }) }), on, sv);

    assert.deepEqual(
      actionsOf(card).map(({ verb }) => verb),
      ['eht.open', 'eht.open', 'card.show'],
    );
  });

  it('lets nobody take back what an earlier meeting has decided', () => {
    const view = ehtPupil({
      steps: [],
      points: [],
      decisions: [ehtDecision({ isEarlier: true, state: 'overdue' })],
    });

    const verbs = actionsOf(ehtPupilCard(view, on, sv)).map(({ verb }) => verb);

    assert.equal(verbs[0], 'eht.decisionDone');
    assert.ok(!verbs.includes('eht.decisionWithdrawn'));
  });

  it('keeps within a card with everything there can be, and counts what is not shown', () => {
    const view = ehtPupil({
      line: ehtLine({ name: LONG, groupName: LONG_NAME, contactPerson: LONG }),
      levels: Array.from({ length: 4 }, () => ({ name: LONG_NAME, since: WEDNESDAY })),
      steps: [
        ...Array.from({ length: 14 }, (_, index) => ({
          ...stepOf(),
          id: pupilId(index),
          name: LONG_NAME,
          owner: LONG,
        })),
        ...Array.from({ length: 14 }, () => ({ ...stepOf(), state: 'done' as const, name: LONG_NAME })),
      ],
      points: Array.from({ length: 12 }, (_, index) => ({
        key: `point${'x'.repeat(30)}${index}`,
        name: LONG_NAME,
        ticked: { by: LONG, day: WEDNESDAY },
      })),
      decisions: Array.from({ length: 20 }, (_, index) =>
        ehtDecision({ id: pupilId(index), name: LONG_NAME, owner: LONG }),
      ),
    });
    const card = ehtPupilCard(view, { ...on, page: 12 }, sv, LONG);

    assert.ok(bytes(card) <= MOST_CARD_BYTES, `${bytes(card)} bytes`);
    assert.deepEqual(cardFaults(card), []);
    assert.match(text(card), /\d+ steg till\. De visas när andra är klara\./);
    assert.match(text(card), /\d+ beslut till/);
  });

  it('keeps within a card when it is decided, with every decision and everybody there can be', () => {
    const view = ehtPupil({
      offered: Array.from({ length: 20 }, (_, index) => ({ key: `key${index}`, name: LONG_NAME })),
      people: Array.from({ length: 90 }, (_, index) => ({
        address: `${index}${'x'.repeat(40)}@utbildning.vanersborg.example`,
        name: `${index} ${LONG_NAME}`,
        teamsId: undefined,
      })),
    });
    const card = ehtDecisionCard(view, on, sv, LONG);

    assert.ok(bytes(card) <= MOST_CARD_BYTES, `${bytes(card)} bytes`);
    assert.deepEqual(cardFaults(card), []);
  });
});

describe('EHT’s summary', () => {
  it('has who was taken up with what was decided, and whom the next meeting begins with', () => {
    const shown = text(ehtSummaryCard(ehtSummary(), sv));

    assert.match(shown, /^Sammanfattning av elevhälsoträffen onsdag 25 november/);
    assert.match(shown, /Avslutat av Siv Kurator 13:55/);
    assert.match(
      shown,
      /Elev \\\*1\\\* · 8A\nsteg klart: Brev hem\nHandlingsplan\nRut Rektor, till mån 30\/11/,
    );
    assert.match(shown, /✓ Handlingsplan\nklart, Rut Rektor ons 25\/11/);
    assert.match(shown, /Togs inte upp, kommer först nästa gång \(1\)\nElev 2/);
  });

  it('keeps within a card with eighty pupils and their decisions', () => {
    const view = ehtSummary({
      takenUp: Array.from({ length: 60 }, (_, index) => ({
        pupilId: pupilId(index),
        name: `${index} ${LONG}`,
        groupName: LONG_NAME,
        steps: Array.from({ length: 4 }, () => ({ name: LONG_NAME, state: 'done' as const })),
        decisions: Array.from({ length: 3 }, () => ehtDecision({ name: LONG_NAME, owner: LONG })),
      })),
      passedOver: Array.from({ length: 20 }, () => ({ name: LONG, groupName: LONG_NAME })),
    });
    let more = true;
    for (let page = 0; more; page += 1) {
      const card = ehtSummaryCard(view, sv, { page, notice: LONG });
      assert.ok(bytes(card) <= MOST_CARD_BYTES, `${bytes(card)} bytes on page ${page}`);
      more = actionsOf(card).some(({ title }) => title === 'Visa fler');
    }
  });
});

describe('a reminder of EHT’s', () => {
  it('mentions the owner whom Teams knows, and names others', () => {
    const met = ehtReminderCard(ehtReminder(), sv) as { msteams?: object };
    const other = ehtReminderCard(ehtReminder({ owner: unmet }), sv) as { msteams?: object };

    assert.match(text(met), /<at>Rut Rektor<\/at> Du ansvarar/);
    assert.ok(met.msteams !== undefined);
    assert.match(text(other), /Rut Rektor Du ansvarar/);
    assert.equal(other.msteams, undefined);
  });

  it('keeps within a card with forty decisions, those first that are not done', () => {
    const lines = Array.from({ length: 40 }, (_, index) => ({
      pupilName: LONG,
      groupName: LONG_NAME,
      decision: ehtDecision({
        name: LONG_NAME,
        state: index < 30 ? 'done' : 'overdue',
        owner: LONG,
        doneBy: LONG,
      }),
    }));
    const card = ehtReminderCard(ehtReminder({ lines }), sv);

    assert.ok(bytes(card) <= MOST_CARD_BYTES, `${bytes(card)} bytes`);
    assert.equal(actionsOf(card).length, 10);
  });
});

function closed() {
  return ehtList({ state: 'closed', closedAt: clockTime('13:55', WEDNESDAY), closedBy: 'Siv Kurator' });
}

function stepOf() {
  assert.ok(step !== undefined);
  return step;
}
