import assert from 'node:assert/strict';
import fc from 'fast-check';
import { guid } from '../../../support/small-school.ts';
import { type StudentSystem, startStudentSystem } from '../../../support/student-system.ts';
import {
  absence,
  attendance,
  calendarEvent,
  enrolled,
  group,
  groupId,
  MONDAY,
  mentorDuty,
  organisation,
  pupilId,
  sourceOf,
  staffId,
} from './source-data.ts';

/** A good record of each list, beside which a spoilt copy is put. */
const good: Readonly<Record<string, object>> = {
  organisations: organisation(),
  persons: enrolled(pupilId(1)),
  groups: group(groupId(1), [pupilId(1)]),
  duties: mentorDuty(staffId(1), [groupId(1)]),
  calendarEvents: calendarEvent(
    guid(4, 1),
    { studentExceptions: [{ student: { id: pupilId(1) }, participates: true }] },
    { attendance: [attendance(pupilId(1))] },
  ),
  absences: absence(guid(5, 1), pupilId(1)),
  aggregatedAttendance: { student: { id: pupilId(1) }, attendanceSum: 60, offeredSum: 60 },
};

/** A copy under an id of its own in which one part, however deep, is something else. */
const spoilt = fc
  .record({
    list: fc.constantFrom(...Object.keys(good)),
    at: fc.nat(),
    value: fc.oneof(fc.jsonValue(), fc.constantFrom('\u0000', '0000-01-01T00:00:00Z', -1, 1e300, 0.5, '')),
  })
  .map(({ list, at, value }) => {
    const copy: unknown = JSON.parse(JSON.stringify({ ...good[list], id: guid(6, 6) }));
    const places = placesIn(copy);
    const place = places[at % places.length];
    if (place !== undefined) Object.assign(place.owner, { [place.name]: value });
    return { list, record: copy as object };
  });

function placesIn(value: unknown): readonly { readonly owner: object; readonly name: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => [{ owner: value, name }, ...placesIn(part)]);
}

describe('any bad record from SS 12000', () => {
  let system: StudentSystem;

  before(async () => {
    system = await startStudentSystem();
  });
  after(() => system.close());

  it('takes nothing away from the good one beside it', async () => {
    await fc.assert(
      fc.asyncProperty(spoilt, async ({ list, record }) => {
        system.lists = Object.fromEntries(Object.entries(good).map(([path, one]) => [path, [one]]));
        system.lists[list] = [record, ...(system.lists[list] ?? [])];

        const { roster, attendance } = sourceOf(system);
        const change = await roster?.readRoster(undefined);
        const day = await attendance?.readDay('norr', MONDAY);
        const sums = await attendance?.readSums('norr', MONDAY, MONDAY);

        assert.ok(change !== undefined && day !== undefined && sums !== undefined);
        assert.ok(change.pupils.some(({ id }) => id === pupilId(1)));
        const mentored = change.groups.find(({ id }) => id === groupId(1));
        assert.deepEqual([mentored?.pupilIds, mentored?.mentorIds], [[pupilId(1)], [staffId(1)]]);
        const lesson = day.lessons.find(({ id }) => id === guid(4, 1));
        assert.equal(lesson?.attendances[0]?.presentMinutes, 60);
        assert.ok(day.notices.some(({ id }) => id === guid(5, 1)));
        assert.ok((sums.sums.find((one) => one.pupilId === pupilId(1))?.offeredMinutes ?? 0) >= 60);
      }),
      { numRuns: 100, endOnFailure: true },
    );
  });
});
