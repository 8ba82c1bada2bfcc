import assert from 'node:assert/strict';
import { routinesFrom } from '../services/routine/routines.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { cardOf } from '../support/card-text.ts';
import { absentDays, writeDaySums } from '../support/day-sums.ts';
import { messagesIn } from '../support/morning-cards.ts';
import { clockTime, MONDAY, pupilId } from '../support/small-school.ts';
import { EVA, emailOf, KARIN } from '../support/small-staff.ts';
import type { TeamsPlace, TeamsResponse } from '../support/teams-user.ts';
import { personal } from './personal.ts';

export const KARINS = personal('Karin Koord');
/** What the list’s buttons carry. */
export const LIST = `pupils:norr/${MONDAY}:0`;
/** Of Elev0 to Elev4 in 7A and Elev5 to Elev9 in 8A; Elev4 is protected. */
export const PROTECTED = 4;
const ABSENCE = [30, 15, 0, 0, 25, 12, 0, 0, 0, 0];

/** A school in the evening, with pupils in the routine, of whom Eva is the contact person of one. */
export interface PupilsApp extends TestApp {
  /** Writes to Sedd, and has the card of the answer; in one's own chat where no place is named. */
  shown(name: string, said: string, place?: TeamsPlace): Promise<object>;
  /** The same where the answer is a text. */
  told(name: string, place: TeamsPlace, said: string): Promise<string>;
  lastText(place: TeamsPlace): string;
  /** Presses a pupil's button on the list, in a client that opens dialogs. */
  open(name: string, place: TeamsPlace, pupil: string): Promise<TeamsResponse>;
  auditOf(action: string): ReturnType<typeof auditOf>;
  /** All that the audit and the log hold. */
  kept(): Promise<string>;
}

export async function startPupilsApp(): Promise<PupilsApp> {
  const app = await startTestApp({
    groups: 2,
    perGroup: 5,
    withProtected: true,
    municipality: { roles: { mobileSchoolTeam: [emailOf('Moa Team')] } },
    parts: { routines: routinesFrom() },
  });
  await app.run('roster');
  const sums = ABSENCE.flatMap((percent, pupil) => absentDays(pupilId(pupil), percent));
  await writeDaySums(app.storage.db, sums);
  await app.storage.db
    .insertInto('contactPerson')
    .values({
      pupilId: pupilId(1),
      schoolId: 'norr',
      staffId: EVA,
      since: clockTime('08:00'),
      appointedById: KARIN,
      appointedByName: 'Karin Koord',
    })
    .execute();
  app.school.days = [];
  app.clock.set('17:05');
  await app.run('dayClose');

  const last = (place: TeamsPlace) => messagesIn(app, place).at(-1)?.activity ?? {};
  const lastText = (place: TeamsPlace) => String(last(place).text);
  return Object.assign(app, {
    shown: async (name: string, said: string, place = personal(name)) => {
      const response = await app.user(name).write(place, said);
      assert.equal(response.status, 200);
      return cardOf(last(place));
    },
    told: async (name: string, place: TeamsPlace, said: string) => {
      await app.user(name).write(place, said);
      return lastText(place);
    },
    lastText,
    open: async (name: string, place: TeamsPlace, pupil: string) => {
      const data = { msteams: { type: 'task/fetch' }, verb: 'pupil.open', pupil, on: LIST };
      return await app.user(name).send(place, {
        type: 'invoke',
        name: 'task/fetch',
        replyToId: 'm1',
        value: { data, context: { theme: 'default' } },
      });
    },
    auditOf: (action: string) => auditOf(app, action),
    kept: async () => {
      const audit = await app.storage.db.selectFrom('audit').select(['objectId', 'details']).execute();
      return JSON.stringify(audit) + app.log.join('');
    },
  });
}

async function auditOf({ storage }: TestApp, action: string) {
  return await storage.db
    .selectFrom('audit')
    .select(['action', 'actorId', 'objectId', 'schoolId', 'conversationId', 'details'])
    .where('action', '=', action)
    .orderBy('id')
    .execute();
}
