import type { SourceLesson } from './attendance-source.ts';
import { type LessonMinutes, lessonMinutes } from './lesson-minutes.ts';

/** One pupil's part of one lesson, as it is stored. */
export interface PupilPart extends LessonMinutes {
  readonly lessonId: string;
  readonly pupilId: string;
}

/**
 * Everybody a lesson concerns, once each: the members of its groups, whoever is added by an exception, and whoever a teacher
 * has reported. An exception says how much is offered to one pupil; a cancelled lesson offers nothing to anybody.
 */
export function expectedPupils(
  lesson: SourceLesson,
  membersOf: (groupId: string) => Iterable<string>,
): readonly PupilPart[] {
  const exceptions = new Map(lesson.exceptions.map((each) => [each.pupilId, each.offeredMinutes]));
  const reported = new Map(lesson.attendances.map((each) => [each.pupilId, each]));
  const members = lesson.groupIds.flatMap((groupId) => [...membersOf(groupId)]);
  const pupilIds = new Set([...members, ...exceptions.keys(), ...reported.keys()]);
  return Array.from(pupilIds, (pupilId) => {
    const offered = lesson.isCancelled ? 0 : (exceptions.get(pupilId) ?? lesson.offeredMinutes);
    return { lessonId: lesson.id, pupilId, ...lessonMinutes(offered, reported.get(pupilId)) };
  });
}
