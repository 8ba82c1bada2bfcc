/**
 * Who answers for the follow-up of a group's pupils: of several mentors always the same one, whatever order the roster
 * gives them in. Undefined where the pupil has no group or the group no mentor.
 */
export function firstResponsible(
  group: { readonly mentorIds: readonly string[] } | undefined,
): string | undefined {
  return group?.mentorIds.toSorted()[0];
}
