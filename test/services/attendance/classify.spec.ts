import assert from 'node:assert/strict';
import { classifyPupil, type NoticeFact, type PupilStatus } from '../../../services/attendance/classify.ts';
import { at, lesson, notice, type Part } from './lesson-facts.ts';

interface Case {
  readonly name: string;
  readonly parts: readonly (readonly [string, Part])[];
  readonly notices?: readonly NoticeFact[];
  readonly now?: string;
  readonly expected: Partial<PupilStatus>;
}

describe('classifyPupil', () => {
  const cases: readonly Case[] = [
    { name: 'has no lessons', parts: [], expected: { status: 'noLessons', lessonsStarted: 0 } },
    {
      name: 'has only a cancelled lesson',
      parts: [['08:00', 'cancelled']],
      expected: { status: 'noLessons' },
    },
    {
      name: 'has not started',
      parts: [['10:00', 'invalid']],
      expected: { status: 'noLessons', lessonsMissed: 0 },
    },
    {
      name: 'has not started, and is reported for the day',
      parts: [['10:00', 'unknown']],
      notices: [notice('00:00', '23:59')],
      expected: { status: 'noLessons' },
    },
    {
      name: 'has a lesson that starts this very moment',
      parts: [['09:30', 'unknown']],
      expected: { status: 'unknown', lessonsStarted: 1, lessonsReported: 0, isSeen: false },
    },
    {
      name: 'is here',
      parts: [['08:00', 'here']],
      expected: { status: 'present', isSeen: true, lateArrivals: 0 },
    },
    {
      name: 'is elsewhere, which is presence',
      parts: [['08:00', 'elsewhere']],
      expected: { status: 'present' },
    },
    {
      name: 'came late',
      parts: [['08:00', 'late']],
      expected: { status: 'present', lateArrivals: 1, lessonsMissed: 0 },
    },
    {
      name: 'left with leave',
      parts: [['08:00', 'leftWithLeave']],
      expected: { status: 'present', lateArrivals: 0 },
    },
    {
      name: 'is absent without notice',
      parts: [['08:00', 'invalid']],
      expected: { status: 'missing', notice: undefined, lessonsMissed: 1, isSeen: false },
    },
    {
      name: 'is absent, partly valid',
      parts: [['08:00', 'mixed']],
      expected: { status: 'missing', notice: undefined },
    },
    {
      name: 'is absent, all of it valid',
      parts: [['08:00', 'valid']],
      expected: { status: 'reported', notice: 'valid' },
    },
    {
      name: 'is absent and reported',
      parts: [['08:00', 'invalid']],
      notices: [notice('00:00', '23:59')],
      expected: { status: 'reported', notice: 'reported', lessonsMissed: 1 },
    },
    {
      name: 'is absent with leave that the teacher marked too',
      parts: [['08:00', 'valid']],
      notices: [notice('00:00', '23:59', 'leave')],
      expected: { status: 'reported', notice: 'leave' },
    },
    {
      name: 'is absent from a lesson after the notice ended',
      parts: [['08:00', 'invalid']],
      notices: [notice('07:00', '08:00')],
      expected: { status: 'missing' },
    },
    {
      name: 'is absent from a lesson before the notice began',
      parts: [['08:00', 'invalid']],
      notices: [notice('09:00', '12:00')],
      expected: { status: 'missing' },
    },
    {
      name: 'missed a lesson and is here now',
      parts: [
        ['07:00', 'invalid'],
        ['08:00', 'here'],
      ],
      expected: { status: 'present', lessonsMissed: 1, lateArrivals: 1, isSeen: true },
    },
    {
      name: 'missed two lessons and is here now: one arrival',
      parts: [
        ['06:00', 'invalid'],
        ['07:00', 'invalid'],
        ['08:00', 'here'],
      ],
      expected: { status: 'present', lessonsMissed: 2, lateArrivals: 1 },
    },
    {
      name: 'was excused first and is here now',
      parts: [
        ['07:00', 'invalid'],
        ['08:00', 'here'],
      ],
      notices: [notice('07:00', '08:00')],
      expected: { status: 'present', lessonsMissed: 1, lateArrivals: 0 },
    },
    {
      name: 'was here and is gone',
      parts: [
        ['07:00', 'here'],
        ['08:00', 'invalid'],
      ],
      expected: { status: 'missing', lessonsMissed: 1, isSeen: true },
    },
    {
      name: 'was here, and the lesson now is not reported',
      parts: [
        ['08:00', 'here'],
        ['09:00', 'unknown'],
      ],
      expected: { status: 'present', lessonsStarted: 2, lessonsReported: 1 },
    },
    {
      name: 'was missed, and the lesson now is not reported',
      parts: [
        ['08:00', 'invalid'],
        ['09:00', 'unknown'],
      ],
      expected: { status: 'missing' },
    },
    {
      name: 'is absent, whatever is said of a lesson to come',
      parts: [
        ['08:00', 'invalid'],
        ['10:00', 'here'],
      ],
      expected: { status: 'missing', lessonsStarted: 1, isSeen: false },
    },
    {
      name: 'is in one of two lessons that start together',
      parts: [
        ['08:00', 'here'],
        ['08:00', 'invalid'],
      ],
      expected: { status: 'present' },
    },
    { name: 'is unknown', parts: [['08:00', 'unknown']], expected: { status: 'unknown', isSeen: false } },
    {
      name: 'is unknown to the teacher and reported by the guardian',
      parts: [['09:00', 'unknown']],
      notices: [notice('00:00', '23:59', 'leave')],
      expected: { status: 'reported', notice: 'leave', lessonsMissed: 0 },
    },
    {
      name: 'is unknown, with a notice for later',
      parts: [['08:00', 'unknown']],
      notices: [notice('13:00', '15:00')],
      expected: { status: 'unknown' },
    },
    {
      name: 'is unknown, with a notice for a lesson before',
      parts: [
        ['07:00', 'unknown'],
        ['08:00', 'unknown'],
      ],
      notices: [notice('07:00', '08:00')],
      expected: { status: 'unknown' },
    },
    {
      name: 'is here although reported',
      parts: [['08:00', 'here']],
      notices: [notice('00:00', '23:59')],
      expected: { status: 'present', notice: undefined },
    },
  ];
  for (const { name, parts, notices = [], now = '09:30', expected } of cases) {
    it(`finds a pupil who ${name} ${expected.status}`, () => {
      const lessons = parts.map(([from, part]) => lesson(from, part));

      const status = classifyPupil(lessons, notices, at(now));

      for (const [key, value] of Object.entries(expected))
        assert.equal(status[key as keyof PupilStatus], value, key);
    });
  }
});
