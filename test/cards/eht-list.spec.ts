import assert from 'node:assert/strict';
import { ehtListCard } from '../../cards/eht-list.ts';
import { MOST_CARD_BYTES } from '../../cards/render.ts';
import { type Language, translator } from '../../locales/translator.ts';
import { actionsOf, textsOf } from '../support/card-text.ts';
import { pupilId } from '../support/small-school.ts';
import { cardFaults } from './card-faults.ts';
import { closedList, ehtLine, ehtList, LONG, LONG_NAME } from './eht-views.ts';

const words = (language: Language) => translator(language, 'Europe/Stockholm');
const sv = words('sv');
const text = (card: object) => textsOf(card).join('\n');
const bytes = (card: object) => Buffer.byteLength(JSON.stringify(card));

describe('EHT’s list', () => {
  const said = {
    sv: [
      /^Elevhälsoträff onsdag 25 november: 2 elever på listan\nNorrskolan · 13:00/,
      /Rutinföljsamhet sedan förra mötet: 12 av 15 steg i tid \(80\u00a0%\) · 2 inte i tid/,
      /Rutinföljsamhet den här terminen: 30 av 40 steg i tid \(75\u00a0%\) · 10 inte i tid/,
      /Frånvaron är total och räknas på fyra veckor till och med tis 24\/11/,
      /Elev \\\*1\\\*\n8A · Enkel utredning · 22,5\u00a0% frånvaro, 97\u00a0% rapporterat · kontaktperson Anna Berg/,
      /nytt: Fördjupad utredning · 1 steg klart sedan sist · inte längre över gränsen · 1 steg klart · 2 steg kvar · 1 steg försenat · 2 beslut kvar · 1 beslut försenat/,
      /1 ärende hanteras enligt särskild rutin/,
    ],
    en: [
      /^Pupil-health meeting Wednesday 25 November: 2 pupils on the list/,
      /Routine followed since the last meeting: 12 of 15 steps on time \(80%\) · 2 not on time/,
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
      /Kvar att följa upp \(1\)\ncarried[\s\S]*Nya sedan förra mötet \(1\)\nnew[\s\S]*Övriga \(1\)\nother/,
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
    assert.match(text(ehtListCard(closedList(), sv)), /Mötet avslutades av Siv Kurator 13:55/);
    assert.match(text(ehtListCard({ ...closedList(), closedBy: undefined }, sv)), /Mötet är avslutat 13:55/);
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
