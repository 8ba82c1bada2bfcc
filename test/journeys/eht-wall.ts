import { Temporal } from 'temporal-polyfill';
import { verbs } from '../../cards/verbs.ts';
import { EHT_PURPOSES } from '../../services/posts/eht-purposes.ts';
import type { TestEngine } from '../support/databases.ts';
import { coordinator, mentors, messagesIn } from '../support/morning-cards.ts';
import { COORDINATOR_CHANNEL, clockTime, guid, pupilId } from '../support/small-school.ts';
import type { TeamsPlace } from '../support/teams-user.ts';
import { type EhtHands, startEht } from './eht-hands.ts';
import { EHT_CHAT, type EhtApp, ehtChat, WEDNESDAY } from './eht-school.ts';
import { personal } from './personal.ts';

/** What only EHT talks about: who is on its list, what it ticks and what it decides. */
export const CONTENT =
  /Handlingsplan|Möte med vårdnadshavare|fått berätta|Kartläggning gjord|EHT-checklista|Kvar att följa upp/;
/** A name, or what was decided on it: what no log holds. */
export const NAMED = /Elev\d|Handlingsplan/;

export const OTHER_CHAT: TeamsPlace = { id: '19:other-eht@thread.v2', kind: 'groupChat' };
/** Where EHT’s work is shown to nobody. */
export const ELSEWHERE: readonly (readonly [string, TeamsPlace])[] = [
  ['a mentors’ channel', mentors(0)],
  ['the coordinator’s channel', coordinator],
  ['a chat of one’s own', personal('Siv Kurator')],
  ['another school’s EHT', OTHER_CHAT],
];

const SIV = 'siv.kurator@skola.example';

/** A meeting of EHT’s with something decided, and whoever tries to see it. */
export interface EhtWallApp extends EhtApp {
  readonly eht: EhtHands;
  /** Every verb of EHT's, and the one that shows a card again, with all that it could ask for. */
  everyPress(on: string): readonly (readonly [string, object])[];
  /** How many presses were refused so far. */
  refusals(): Promise<number>;
  /** As if EHT had been there before: its cards stand there, and can be found when they are pressed. */
  leaveCards(place: TeamsPlace): Promise<void>;
  /** The message of the list. */
  listId(): string;
}

export async function startEhtWall(engine: TestEngine): Promise<EhtWallApp> {
  const { app, eht } = await startEht({
    engine,
    municipality: {
      schools: [
        school('norr', 1, {
          eht: EHT_CHAT,
          coordinator: COORDINATOR_CHANNEL,
          mentorGroups: { '7A': mentors(0).id },
        }),
        // Another school's EHT, with the same people in it.
        school('syd', 2, { eht: OTHER_CHAT.id }),
      ],
    },
  });
  await app.untilMeeting();
  await eht.decide(await eht.open('Elev0 Exempel'), 'plan');
  await app.settled();
  const decision = await app.storage.db.selectFrom('ehtDecision').select('id').executeTakeFirstOrThrow();
  return Object.assign(app, {
    eht,
    everyPress: (on: string) => everyPress(on, decision.id),
    refusals: async () => {
      const refused = app.storage.db.selectFrom('audit').select('id').where('action', '=', 'press.refused');
      return (await refused.execute()).length;
    },
    leaveCards: async (place: TeamsPlace) => {
      await eht.siv().write(place, 'hej');
      await app.storage.db.insertInto('post').values(postsIn(place)).execute();
    },
    listId: () => messagesIn(app, ehtChat)[0]?.id ?? '',
  });
}

function school(id: string, number: number, channels: object) {
  return {
    id,
    name: id,
    organisation: guid(9, number),
    roles: { attendanceCoordinators: ['karin.koord@skola.example'], ehtMembers: [SIV] },
    channels,
    eht: { weekday: 'wednesday', time: '13:00', from: '2026-08-26' },
  };
}

function everyPress(on: string, decision: string): readonly (readonly [string, object])[] {
  const all = Object.keys(verbs).filter((verb) => verb.startsWith('eht.') || verb === 'card.show');
  const data = {
    on,
    pupil: pupilId(0),
    step: guid(7, 1),
    version: 1,
    point: 'heard',
    decision,
    choice: 'meet',
    owner: SIV,
    reason: 'alreadyDone',
    time: '5',
  };
  return all.map((verb) => [verb, data]);
}

function postsIn({ id }: TeamsPlace) {
  return EHT_PURPOSES.map((purpose) => ({
    purpose,
    subject: `norr/${WEDNESDAY}`,
    conversationId: id,
    schoolId: 'norr',
    day: Temporal.PlainDate.from(WEDNESDAY),
    threadId: null,
    wantedVersion: 1,
    shownVersion: 1,
    shownDigest: null,
    activityId: 'some-message',
    state: 'posted' as const,
    createdAt: clockTime('08:00'),
  }));
}
