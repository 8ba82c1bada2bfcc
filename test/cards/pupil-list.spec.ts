import assert from 'node:assert/strict';
import fc from 'fast-check';
import { pupilListCard } from '../../cards/pupil-list.ts';
import { MOST_CARD_BYTES } from '../../cards/render.ts';
import { verbs } from '../../cards/verbs.ts';
import { whichPupilCard } from '../../cards/which-pupil.ts';
import { type Language, translator } from '../../locales/translator.ts';
import { actionsOf, textsOf } from '../support/card-text.ts';
import { guid, MONDAY } from '../support/small-school.ts';
import { cardFaults } from './card-faults.ts';
import { elementsOf } from './elements.ts';
import { anyName, BOUNDED, liveSigns } from './names.ts';
import { pupilLine, pupilList } from './pupil-views.ts';

const words = (language: Language = 'sv') => translator(language, 'Europe/Stockholm');
const first = { page: 0, withReferences: true, hasDialogs: true };

describe('the list of the routine’s pupils', () => {
  it('says of each pupil group, percent with window, how much is reported, and who is the contact person', () => {
    const lines = [
      pupilLine('Elin Berg', { contactPerson: 'Eva Ek', overdue: 2 }),
      pupilLine('Nils Ek', { isProposed: true, absence: undefined }),
    ];

    const texts = textsOf(pupilListCard(pupilList(lines), words(), first));

    assert.deepEqual(texts.slice(0, 2), ['Norrskolan: 2 elever i närvarorutinen', 'Måndag 23 november']);
    const reported = '8B · 22,5\u00a0% frånvaro de senaste fyra veckorna · 97,4\u00a0% rapporterat';
    assert.ok(texts.includes(`${reported} · kontaktperson Eva Ek`), texts.join('\n'));
    assert.ok(texts.includes('2 försenade steg'));
    assert.ok(texts.includes('8B · väntar på beslut · ingen kontaktperson'));
  });

  it('says how it is narrowed, and that nobody is left', () => {
    const filter = { level: 'notice', grade: 8, group: '8B', isWithoutContactPerson: true, isOverdue: true };

    const texts = textsOf(pupilListCard(pupilList([], { filter }), words(), first));

    assert.ok(texts.includes('Visar Ser över · Åk 8 · 8B · saknar kontaktperson · har försenade steg'));
    assert.ok(texts.includes('Ingen elev stämmer med det du valde.'));
    assert.ok(
      textsOf(pupilListCard(pupilList([]), words(), first))
        .join('\n')
        .includes('över någon gräns'),
    );
  });

  it('keeps the filter in the buttons that turn its pages', () => {
    const lines = Array.from({ length: 45 }, (_, number) => pupilLine(`Elev${number}`));
    const filter = { level: 'investigation', isWithoutContactPerson: true, isOverdue: false };

    const card = pupilListCard(pupilList(lines, { filter }), words(), { ...first, page: 1 });

    const [more, back, show] = actionsOf(card);
    const kept = {
      level: 'investigation',
      grade: 'all',
      group: 'all',
      metric: 'all',
      only: 'withoutContactPerson',
    };
    assert.deepEqual(more?.data, { on: `pupils:norr/${MONDAY}:2`, ...kept });
    assert.equal(more?.associatedInputs, 'none');
    assert.deepEqual(back?.data, { on: `pupils:norr/${MONDAY}:0`, ...kept });
    assert.deepEqual(show?.data, { on: `pupils:norr/${MONDAY}:0` });
  });

  it('asks for a dialog with each pupil, and falls back on a press', () => {
    const card = pupilListCard(pupilList([pupilLine('Elin')]), words(), first);

    const [open] = elementsOf(card, 'Action.Submit');
    const data = { verb: 'pupil.open', pupil: guid(1, 1), on: `pupils:norr/${MONDAY}:0` };
    assert.deepEqual(open?.data, { msteams: { type: 'task/fetch' }, ...data });
    assert.ok(verbs['pupil.open'].safeParse(open?.data).success);
  });

  it('opens the page in its own place where the client has no dialogs, and knows the way back', () => {
    const filter = { grade: 8, isWithoutContactPerson: false, isOverdue: true };
    const list = pupilList([pupilLine('Elin')], { filter });

    const card = pupilListCard(list, words(), { ...first, hasDialogs: false });

    const [open] = actionsOf(card);
    assert.equal(open?.verb, 'pupil.open');
    assert.deepEqual(cardFaults(card), []);
    assert.deepEqual(verbs['pupil.open'].parse(open?.data), {
      pupil: guid(1, 1),
      on: { purpose: 'pupils', subject: `norr/${MONDAY}`, page: 0 },
      level: undefined,
      grade: '8',
      group: undefined,
      metric: undefined,
      only: 'overdue',
    });
  });

  it('has room for four hundred pupils, each of them once', () => {
    const lines = Array.from({ length: 400 }, (_, number) =>
      pupilLine(`Elev${number} Exempelsson`, {
        contactPerson: 'Eva Exempelsson',
        overdue: 1,
        isProposed: true,
      }),
    );
    const seen: string[] = [];

    for (let page = 0; page < 40; page += 1) {
      const card = pupilListCard(pupilList(lines), words(), { ...first, page });
      assert.ok(Buffer.byteLength(JSON.stringify(card)) <= MOST_CARD_BYTES);
      seen.push(...textsOf(card).filter((text) => /^Elev\d+ Exempelsson$/.test(text)));
      if (!textsOf(card).includes('Visa fler')) break;
    }

    assert.deepEqual(
      seen,
      lines.map(({ name }) => name),
    );
  });

  it('is a card that every client can show, of at most 25 KB, with nothing live in it', () => {
    const anyLine = fc
      .tuple(anyName, anyName, anyName, fc.nat(3))
      .map(([name, groupName, contactPerson, overdue]) =>
        pupilLine(name, { groupName, contactPerson, overdue }),
      );
    fc.assert(
      fc.property(
        fc.array(anyLine, { maxLength: 30, size: 'max' }),
        fc.array(anyName, { maxLength: 30, size: 'max' }),
        fc.nat(4),
        fc.constantFrom('sv' as const, 'en' as const),
        (lines, groups, page, language) => {
          const reference = { reference: '3F2A91C4', ...pupilLine('') };
          const view = pupilList(lines, {
            groups,
            schoolName: groups[0] ?? 'Norr',
            protectedPupils: [reference],
          });

          const card = pupilListCard(view, words(language), { ...first, page });

          assert.deepEqual(cardFaults(card), []);
          assert.ok(Buffer.byteLength(JSON.stringify(card)) <= MOST_CARD_BYTES);
          for (const { text } of elementsOf(card, 'TextBlock')) assert.deepEqual(liveSigns(String(text)), []);
          for (const { data } of actionsOf(card)) assert.ok(verbs['pupils.show'].safeParse(data).success);
        },
      ),
      BOUNDED,
    );
  });
});

describe('the question whom a name means', () => {
  it('has a button for each, that opens the page', () => {
    const card = whichPupilCard([{ id: 'p1', name: 'Elin Berg', subject: `norr/${MONDAY}` }], words());

    assert.deepEqual(cardFaults(card), []);
    const [button] = actionsOf(card);
    assert.ok(verbs['pupil.open'].safeParse(button?.data).success);
  });
});
