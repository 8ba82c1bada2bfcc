import { Template } from 'adaptivecards-templating';
import sinon from 'sinon';
import template from '../cards/morning.json' with { type: 'json' };
import { morningCard } from '../cards/morning.ts';
import { familyNames, givenNames } from '../demo/names.ts';
import { translator } from '../locales/translator.ts';
import type { MorningView, PupilLine } from '../services/morning/morning-view.ts';
import { clockTime, guid, MONDAY } from '../test/support/small-school.ts';
import { aim, type Bench, type BenchRow } from './bench-row.ts';
import { pairedRates } from './measure.ts';

const LEAST_RATIO = 0.85;
const LEAST_PER_SECOND = 2_000;
/** The size of card that the rate is aimed at. */
const AIMED_PUPILS = 12;

/** A mentor group's card from its view, against the same template, reused, over the same data. */
export const cards: Bench = {
  title: 'Cards: view to checked card, against the bare template (reused) from its data to JSON',
  run: async ({ say }) => {
    say('cards of 3, 12 and 30 pupils');
    return [3, AIMED_PUPILS, 30].map(rowOf);
  },
};

function rowOf(pupils: number): BenchRow {
  const view = viewOf(pupils);
  const words = translator('sv', view.timeZone);
  const { data, json } = dataOf(() => morningCard(view, words));
  const bare = new Template(template);
  const { own, reference, ratio } = pairedRates(
    () => morningCard(view, words),
    // Both know what the card weighs: one that is too heavy is lost, and to be sent it has to be JSON.
    () => Buffer.byteLength(JSON.stringify(bare.expand(data))),
  );
  const unweighed = pairedRates(
    () => morningCard(view, words),
    () => bare.expand(data),
  );
  const rate: readonly (readonly [string, boolean])[] =
    pupils === AIMED_PUPILS ? [[`≥ ${LEAST_PER_SECOND}/s`, own >= LEAST_PER_SECOND]] : [];
  return {
    what: `${pupils} pupils to contact`,
    measured: `${own.toFixed(0)} cards/s, ${(Buffer.byteLength(json) / 1_000).toFixed(1)} KB`,
    reference: `${reference.toFixed(0)} cards/s (unweighed ${unweighed.reference.toFixed(0)}: ${unweighed.ratio.toFixed(2)})`,
    ratio,
    aim: aim([`≥ ${LEAST_RATIO} of the bare`, ratio >= LEAST_RATIO], ...rate),
  };
}

/** What a card's template is given, caught on its way, so that the yardstick binds the very same. */
function dataOf(make: () => object): { readonly data: { readonly $root: object }; readonly json: string } {
  const spy = sinon.spy(Template.prototype, 'expand');
  try {
    const json = JSON.stringify(make());
    return { data: spy.firstCall.args[0] as { readonly $root: object }, json };
  } finally {
    spy.restore();
  }
}

function viewOf(pupils: number): MorningView {
  return {
    schoolId: 'norr',
    schoolName: 'Norrskolan',
    groupId: guid(2, 1),
    groupName: '8B',
    day: MONDAY,
    timeZone: 'Europe/Stockholm',
    dataAt: clockTime('08:45'),
    missing: Array.from({ length: pupils }, (_, index) => pupilLine(index)),
    notSeenYet: [],
    reported: [],
    unreportedLessons: [],
    quality: { lessonsStarted: 2, lessonsReported: 2, lateArrivals: 1 },
  };
}

function pupilLine(index: number): PupilLine {
  return {
    pupilId: guid(1, index),
    name: `${givenNames[index % givenNames.length]} ${familyNames[index % familyNames.length]}`,
    notice: undefined,
    lessonsMissed: 1 + (index % 2),
    lateArrivals: 0,
    daysInRow: index % 4,
    isLongTerm: false,
    followUp: { id: guid(6, index), version: 0, state: 'open', dueAt: clockTime('10:00'), tried: undefined },
  };
}
