import assert from 'node:assert/strict';
import fc from 'fast-check';
import { classifyPupil } from '../../../services/attendance/classify.ts';
import { at, lesson, type Part } from './lesson-facts.ts';

describe('classifyPupil', () => {
  it('is moved by no lesson that is unknown, and by no order', () => {
    const part = fc.constantFrom<Part>('here', 'late', 'invalid', 'valid', 'mixed', 'cancelled');
    const known = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 8 }), part), {
      selector: ([hour]) => hour,
    });
    const hours = fc.uniqueArray(fc.integer({ min: 0, max: 8 }));

    fc.assert(
      fc.property(known, hours, (lessons, unknown) => {
        const reported = lessons.map(([hour, each]) => lesson(`0${hour}:00`, each));
        const unreported = unknown.map((hour) => lesson(`0${hour}:00`, 'unknown'));

        const { lessonsStarted, ...alone } = classifyPupil(reported, [], at('09:30'));
        const { lessonsStarted: more, ...together } = classifyPupil(
          [...unreported, ...reported].reverse(),
          [],
          at('09:30'),
        );

        assert.equal(more, lessonsStarted + unknown.length);
        if (alone.lessonsReported > 0) assert.deepEqual(together, alone);
        else assert.equal(together.status, more > 0 ? 'unknown' : 'noLessons');
      }),
    );
  });
});
