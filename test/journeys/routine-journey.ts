import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { routinesFrom } from '../services/routine/routines.ts';
import { startTestApp, type TestApp, type TestAppOptions } from '../support/app.ts';
import { actionsOf, textsOf } from '../support/card-text.ts';
import { absentDays, writeDaySums } from '../support/day-sums.ts';
import { coordinator, textsIn } from '../support/morning-cards.ts';
import { MONDAY, pupilId } from '../support/small-school.ts';
import { type CardInHand, type Choices, inHand, newestCard, tap } from '../support/taps.ts';
import type { TeamsPlace, TeamsResponse, TeamsUser } from '../support/teams-user.ts';
import { personal } from './personal.ts';

export const TUESDAY = '2026-11-24';
export const WEDNESDAY = '2026-11-25';

/** Below 10 % nothing, above it Anna looks, above 20 % a letter, a contact person and an investigation. */
const ROUTINE = `routines:
  - validFrom: 2026-08-01
    name: Rutin
    ceasedAfterSchoolDays: 2
    levels:
      - key: notice
        name: Mentorn ser över
        when: [{ metric: totalAbsence, window: fourWeeks, over: 0.1 }]
        steps:
          - { key: look, name: Se över frånvaron, nameEn: Look into the absence, role: mentor, dueInSchoolDays: 1, followUpInDays: 14 }
      - key: investigation
        name: Brev och utredning
        when: [{ metric: totalAbsence, window: fourWeeks, over: 0.2 }]
        steps:
          - { key: letter, name: Brev till vårdnadshavare, role: attendanceCoordinator, dueInSchoolDays: 2, kind: guardianLetter }
          - { key: contact, name: Kontaktperson utses, role: attendanceCoordinator, dueInSchoolDays: 2, kind: contactPerson }
          - { key: investigate, name: Enkel utredning, role: mentor, dueInSchoolDays: 2, legalWeight: investigationOpened }
`;

/** The whole of Sedd with a routine, in a school whose pupils are as absent as a test says. */
export interface RoutineApp extends TestApp {
  readonly anna: TeamsUser;
  readonly karin: TeamsUser;
  /** Gives a pupil this percentage of absence on each weekday of the four weeks before a day, that day with it. */
  absent(pupil: number, percent: number, lastDay?: string): Promise<void>;
  /** Has the evening's sums judged, as the close of the day does. */
  judge(day?: string): Promise<void>;
  /** Every text of the newest message there, and all of them. */
  newest(place: TeamsPlace): string;
  all(place: TeamsPlace): readonly string[];
}

export async function startRoutineApp(options: TestAppOptions = {}): Promise<RoutineApp> {
  const app = await startTestApp({
    groups: 1,
    perGroup: 8,
    ...options,
    // Without lessons there is no morning, whose cards would stand among those of the routine.
    parts: { routines: routinesFrom(ROUTINE), attendance: [], ...options.parts },
  });
  // One mentor, so that it is plain whose a step is.
  app.school.staff = app.school.staff.map((one) => (one.name === 'Bo Ek' ? { ...one, groups: [] } : one));
  await app.run('roster');
  const [anna, karin] = [app.user('Anna Berg'), app.user('Karin Koord')];
  for (const [who, name] of [
    [anna, 'Anna Berg'],
    [karin, 'Karin Koord'],
  ] as const)
    await who.write(personal(name), 'hjälp');
  const all = (place: TeamsPlace) => textsIn(app, place);
  return {
    ...app,
    anna,
    karin,
    all,
    newest: (place) => all(place).at(-1) ?? '',
    absent: async (pupil, percent, lastDay = MONDAY.toString()) =>
      await writeDaySums(
        app.storage.db,
        absentDays(pupilId(pupil), percent, Temporal.PlainDate.from(lastDay)),
      ),
    judge: async (day = MONDAY.toString()) => {
      app.clock.set('17:00', day);
      await app.run('dayClose');
    },
  };
}

/** What a round of the journey begins with: the case is judged in the evening, and stands on the card at ten next day. */
export async function proposed(app: RoutineApp, percents: Readonly<Record<number, number>>): Promise<void> {
  for (const [pupil, percent] of Object.entries(percents)) await app.absent(Number(pupil), percent);
  await app.judge();
  await app.until('10:00', TUESDAY);
}

/** The same, accepted, and its steps with whoever has them. */
export async function accepted(
  app: RoutineApp,
  percents: Readonly<Record<number, number>>,
  count: number,
): Promise<void> {
  await proposed(app, percents);
  if (count === 1) await openAndTap(app, app.karin, coordinator, /./, 'Godta');
  else await tap(app.karin, coordinator, newestCard(app, coordinator), `Godta alla ${count}`);
  await app.until('10:01', TUESDAY);
}

/** Presses the row's button on a card: the one whose case or step it is. */
export async function open(
  app: RoutineApp,
  who: TeamsUser,
  place: TeamsPlace,
  tooltip: RegExp,
  hand: CardInHand = newestCard(app, place),
): Promise<TeamsResponse> {
  const button = actionsOf(hand.card).find((one) => tooltip.test(one.tooltip ?? ''));
  assert.ok(button !== undefined, `no button ${tooltip} in: ${textsOf(hand.card).join(' | ')}`);
  return await who.pressExecute(place, hand.messageId, button.verb, button.data);
}

/** Opens a row and presses a button of its panel. */
export async function openAndTap(
  app: RoutineApp,
  who: TeamsUser,
  place: TeamsPlace,
  tooltip: RegExp,
  title: string,
  choices: Choices = {},
): Promise<TeamsResponse> {
  const hand = newestCard(app, place);
  const panel = inHand(await open(app, who, place, tooltip, hand), hand);
  const answer = await tap(who, place, panel, title, choices);
  await app.settled();
  return answer;
}
