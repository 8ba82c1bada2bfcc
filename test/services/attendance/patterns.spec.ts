import assert from 'node:assert/strict';
import { importDay } from '../../../services/attendance/import-attendance.ts';
import { readPattern } from '../../../services/attendance/patterns.ts';
import type { Building } from '../../../services/config/buildings.ts';
import { importRoster } from '../../../services/people/import-roster.ts';
import type { Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { pupil, roster } from '../people/roster-data.ts';
import { attendance, lesson, MONDAY, report } from './day-data.ts';

const buildings: readonly Building[] = [
  { name: 'A-huset', rooms: ['A', 'Sal 1'] },
  { name: 'B-huset', rooms: ['B', 'a9'] },
];
const span = { firstDay: MONDAY, lastDay: MONDAY };

forEachEngine('a change of building', (engine) => {
  let storage: Storage;
  before(async () => {
    storage = await engine.open();
    await importRoster({ db: storage.db }, 'hub', roster({ pupils: [pupil('p1')] }));
  });
  after(async () => await storage.close());

  const days: readonly (readonly [string, readonly (string | undefined)[], readonly string[]])[] = [
    ['is where the room before was in another', ['A1', 'B1', 'B2'], ['first', 'otherBuilding', 'straightOn']],
    [
      'is told of rather than the break that was there for it',
      ['A1', 'break', 'B1'],
      ['first', 'otherBuilding'],
    ],
    [
      'is none where the rooms are in the same',
      ['A1', 'Sal 12', 'break', 'A2'],
      ['first', 'straightOn', 'afterBreak'],
    ],
    [
      'is not known of a room that nobody has placed',
      ['A1', 'Aulan?', 'C3', 'B1'],
      ['first', 'straightOn', 'straightOn', 'straightOn'],
    ],
    ['is not known without a room', ['A1', undefined, 'B1'], ['first', 'straightOn', 'straightOn']],
    [
      'goes by the longest beginning, large or small',
      ['A1', 'A91', 'b7'],
      ['first', 'otherBuilding', 'straightOn'],
    ],
  ];
  for (const [name, rooms, expected] of days) {
    it(name, async () => {
      await importDay({ db: storage.db }, 'north', MONDAY, attendance(dayIn(rooms)));

      const cells = await readPattern(storage.db, { pupilIds: ['p1'], span, buildings });

      assert.deepEqual(
        cells.map(({ transition }) => transition),
        expected,
      );
    });
  }

  it('is nowhere where nobody has said what is where', async () => {
    await importDay({ db: storage.db }, 'north', MONDAY, attendance(dayIn(['A1', 'B1'])));

    const cells = await readPattern(storage.db, { pupilIds: ['p1'], span, buildings: [] });

    assert.deepEqual(
      cells.map(({ transition }) => transition),
      ['first', 'straightOn'],
    );
  });

  it('follows a lesson that is moved to another room', async () => {
    await importDay({ db: storage.db }, 'north', MONDAY, attendance(dayIn(['A1', 'A2'])));
    await importDay({ db: storage.db }, 'north', MONDAY, attendance(dayIn(['A1', 'B2'])));

    const cells = await readPattern(storage.db, { pupilIds: ['p1'], span, buildings });

    assert.equal(cells[1]?.transition, 'otherBuilding');
  });

  /** Lessons of an hour, straight on from each other but for the breaks. */
  function dayIn(rooms: readonly (string | undefined)[]) {
    const exceptions = [{ pupilId: 'p1', offeredMinutes: 60 }];
    const attendances = [report.here('p1')];
    return rooms.flatMap((room, hour) =>
      room === 'break'
        ? []
        : [lesson(`l${hour}`, `${String(8 + hour).padStart(2, '0')}:00`, { room, exceptions, attendances })],
    );
  }
});
