import assert from 'node:assert/strict';
import { guid } from '../../../support/small-school.ts';
import { type StudentSystem, startStudentSystem } from '../../../support/student-system.ts';
import { calendarEvent, MONDAY, organisation, SCHOOL, sourceOf } from './source-data.ts';

const EVENT = guid(4, 1);
const buildings = [{ name: 'A-huset', rooms: ['A'] }];
const schools = [{ id: 'norr', organisation: SCHOOL, buildings }];

describe('lessons from SS 12000 in a room', () => {
  let system: StudentSystem;
  const roomOf = async (...rooms: readonly number[]) => {
    system.lists.calendarEvents = [
      calendarEvent(EVENT, { rooms: rooms.map((number) => ({ id: guid(5, number) })) }),
    ];
    const found = await sourceOf(system, { schools }).attendance?.readDay('norr', MONDAY);
    assert.deepEqual(found?.rejected, []);
    return found?.lessons[0]?.room;
  };

  beforeEach(async () => {
    system = await startStudentSystem();
    system.lists = {
      organisations: [organisation()],
      calendarEvents: [],
      absences: [],
      rooms: [
        { id: guid(5, 1), displayName: 'A201', owner: { id: SCHOOL } },
        { id: guid(5, 2), displayName: 'B104 slöjd', owner: { id: SCHOOL } },
        { id: guid(5, 3), owner: { id: SCHOOL } },
      ],
    };
  });
  afterEach(() => system.close());

  it('have its name, where the source knows the one that it is in', async () => {
    assert.deepEqual(
      [await roomOf(2), await roomOf(), await roomOf(1, 2), await roomOf(3), await roomOf(9)],
      ['B104 slöjd', undefined, undefined, undefined, undefined],
    );
  });

  it('are read all the same where there is no list of rooms', async () => {
    system.script = ({ path }) => (path === 'rooms' ? { kind: 'status', status: 404 } : undefined);

    assert.equal(await roomOf(1), undefined);
  });

  it('are read whatever stands for a room', async () => {
    system.lists.calendarEvents = [calendarEvent(EVENT, { rooms: 'A201' })];

    const found = await sourceOf(system, { schools }).attendance?.readDay('norr', MONDAY);

    assert.equal(found?.lessons.length, 1);
  });

  it('are not asked for it where nobody has said which building it is in', async () => {
    const found = await sourceOf(system).attendance?.readDay('norr', MONDAY);

    assert.ok(found !== undefined);
    assert.equal(system.calls('rooms').length, 0);
  });
});
