import assert from 'node:assert/strict';
import fc from 'fast-check';
import { morningCard, morningSummary } from '../../cards/morning.ts';
import { parseOn } from '../../cards/on.ts';
import { MOST_CARD_BYTES } from '../../cards/render.ts';
import { asLabel, asText } from '../../cards/text.ts';
import { type Verb, verbs } from '../../cards/verbs.ts';
import { translator } from '../../locales/translator.ts';
import type { MorningView, PupilLine } from '../../services/morning/morning-view.ts';
import { actionsOf, type CardAction } from '../support/card-text.ts';
import { clockTime, pupilId } from '../support/small-school.ts';
import { cardFaults } from './card-faults.ts';
import { elementsOf } from './elements.ts';
import { anyName, BOUNDED, liveSigns } from './names.ts';
import { CLOSED, contacted, morningView, OPEN, tried } from './views.ts';

const anyWords = fc
  .constantFrom('sv' as const, 'en' as const)
  .map((each) => translator(each, 'Europe/Stockholm'));

const anyLine: fc.Arbitrary<PupilLine> = fc.record({
  pupilId: fc.constant(''),
  name: anyName,
  notice: fc.constantFrom(undefined, 'reported', 'leave', 'valid'),
  lessonsMissed: fc.nat(12),
  lateArrivals: fc.nat(12),
  daysInRow: fc.nat(180),
  isLongTerm: fc.boolean(),
  followUp: fc.oneof(
    { weight: 3, arbitrary: fc.constant(OPEN) },
    fc.constantFrom(undefined, CLOSED),
    anyName.map((by) => tried(by, '08:55', '09:55')),
    anyName.map((by) => contacted(by, '09:12', { method: 'homeVisit', counterpart: 'guardian' })),
  ),
});

/** Groups of 0 to 120 pupils who are not seen, each with an id of their own. */
const anyView: fc.Arbitrary<MorningView> = fc
  .record({
    lines: fc.array(anyLine, { maxLength: 120, size: 'max' }),
    cuts: fc.tuple(fc.nat(120), fc.nat(120)),
    groupName: anyName,
    subjects: fc.array(anyName, { maxLength: 60 }),
    lateArrivals: fc.nat(3),
  })
  .map(({ lines, cuts, groupName, subjects, lateArrivals }) => {
    const pupils = lines.map((line, index) => ({
      ...line,
      pupilId: pupilId(index),
      followUp: line.followUp && { ...line.followUp, id: pupilId(index) },
    }));
    const [first, second] = [Math.min(...cuts), Math.max(...cuts)];
    return morningView({
      groupName,
      missing: pupils.slice(0, first),
      notSeenYet: pupils.slice(first, second),
      reported: pupils.slice(second),
      unreportedLessons: subjects.map((subject, index) => ({
        subject,
        startsAt: clockTime('08:10').add({ minutes: 10 * index }),
      })),
      quality: { lessonsStarted: subjects.length, lessonsReported: 0, lateArrivals },
    });
  });

/** Every page of a card, turned by its own button. */
function pagesOf(view: MorningView, words: Parameters<typeof morningCard>[1]): readonly object[] {
  const pages = [morningCard(view, words)];
  for (;;) {
    const next = actionsOf(pages.at(-1)).find(({ verb, data }) => verb === 'card.show' && pageOn(data) !== 0);
    if (next === undefined) return pages;
    assert.equal(pageOn(next.data), pages.length);
    pages.push(morningCard(view, words, { page: pages.length, notice: '' }));
  }
}

const pageOn = ({ on }: CardAction['data']) => parseOn(String(on))?.page;
const asks = (card: object) => actionsOf(card).filter(({ verb }) => verb === 'followUp.ask');

function forAnyCard(check: (pages: readonly object[], view: MorningView) => void): void {
  fc.assert(
    fc.property(anyView, anyWords, (view, words) => check(pagesOf(view, words), view)),
    BOUNDED,
  );
}

describe('the morning card, whatever it has to show', () => {
  it('is a card that every client of Teams can show, of at most 25 KB a page', () => {
    forAnyCard((pages) => {
      for (const card of pages) {
        assert.deepEqual(cardFaults(card), []);
        assert.ok(Buffer.byteLength(JSON.stringify(card)) <= MOST_CARD_BYTES);
      }
    });
  });

  it('has every pupil on exactly one page, with a button where there is something to press', () => {
    forAnyCard((pages, { missing, notSeenYet, reported }) => {
      const everyone = [...missing, ...notSeenYet, ...reported];
      const isActive = ({ followUp }: PupilLine) => ['open', 'contacted'].includes(followUp?.state ?? '');
      const active = everyone.filter(isActive);
      const others = everyone.filter((line) => !isActive(line));

      const buttons = pages.flatMap((card) => asks(card).map(({ data }) => data.followUp));
      const lines = pages.flatMap((card) => elementsOf(card, 'RichTextBlock'));

      assert.deepEqual(
        buttons,
        active.map((line) => line.pupilId),
      );
      assert.equal(lines.length, others.length);
      const names = lines.map(({ inlines }) =>
        (inlines as { readonly text: string }[])[0]?.text.replace(/^✓ /u, ''),
      );
      assert.deepEqual(
        names.toSorted(),
        others.map((line) => asLabel(line.name).replace(/^✓ /u, '')).toSorted(),
      );
    });
  });

  it('names the pupil beside the button, and in it', () => {
    forAnyCard((pages, view) => {
      const nameOf = new Map(
        [...view.missing, ...view.notSeenYet, ...view.reported].map((line) => [line.pupilId, line.name]),
      );
      for (const row of pages.flatMap((card) => elementsOf(card, 'ColumnSet'))) {
        const [button] = asks(row);
        const name = nameOf.get(String(button?.data.followUp)) ?? '';
        const shown = String(elementsOf(row, 'TextBlock')[0]?.text);
        assert.ok([asText(name), `✓ ${asText(name)}`].includes(shown));
        assert.ok(button?.tooltip?.includes(asLabel(name)));
      }
    });
  });

  it('has no binding, no function and no formatting that came with a name', () => {
    forAnyCard((pages) => {
      for (const card of pages) {
        assert.doesNotMatch(JSON.stringify(card), /\$\{|\{\{/);
        for (const { text } of elementsOf(card, 'TextBlock')) assert.deepEqual(liveSigns(String(text)), []);
      }
    });
  });

  it('sends what its handlers take, from older clients too', () => {
    forAnyCard((pages) => {
      for (const { verb, data, fallback } of pages.flatMap<CardAction>(actionsOf)) {
        const { success } = verbs[verb as Verb].safeParse(data);

        assert.ok(success, verb);
        const { verb: instead, ...rest } = fallback?.data ?? {};
        assert.ok(verbs[instead as Verb].safeParse(rest).success, String(instead));
      }
    });
  });

  it('knows in every button on which page it stands', () => {
    forAnyCard((pages) => {
      for (const [page, card] of pages.entries()) {
        assert.deepEqual(
          [...new Set(asks(card).map(({ data }) => pageOn(data)))],
          asks(card).length > 0 ? [page] : [],
        );
      }
    });
  });

  it('tells no names in its notification', () => {
    const nobody = (lines: readonly PupilLine[]) => lines.map((line) => ({ ...line, name: 'x' }));

    fc.assert(
      fc.property(anyView, anyWords, (view, words) => {
        const { missing, notSeenYet, reported } = view;
        const nameless = {
          ...view,
          missing: nobody(missing),
          notSeenYet: nobody(notSeenYet),
          reported: nobody(reported),
        };

        assert.equal(morningSummary(view, words), morningSummary(nameless, words));
      }),
      BOUNDED,
    );
  });
});
