import type { Temporal } from 'temporal-polyfill';
import type { School } from '../../services/config/municipality.ts';
import { readWaiting } from '../../services/morning/held-readings.ts';
import { channelsByGroup, groupKey } from '../../services/morning/morning-posts.ts';
import type { MorningView } from '../../services/morning/morning-view.ts';
import { readMorningViews } from '../../services/morning/read-morning-view.ts';
import { readSchoolMorningView } from '../../services/morning/read-school-morning-view.ts';
import type { SchoolMorningView } from '../../services/morning/school-morning-view.ts';
import { mentorGroups } from '../../services/people/mentor-groups.ts';
import { readBindings } from '../../services/posts/conversations.ts';
import type { Db } from '../../services/storage/database.ts';
import type { HoldReason } from '../../services/storage/tables/morning.ts';

/** What a school's morning shows, or would show, in figures: nobody's name. */
export async function morningText(
  db: Db,
  school: School,
  day: Temporal.PlainDate,
  { isDryRun }: { readonly isDryRun: boolean },
): Promise<string> {
  const view = await readSchoolMorningView({ db }, school, day);
  if (view === undefined) return `There is no morning of ${school.name} on ${day}: no source gives lessons.`;
  const at = view.dataAt
    .toZonedDateTimeISO(school.timeZone)
    .toPlainTime()
    .toString({ smallestUnit: 'minute' });
  return [
    `${school.name} (${school.id}), ${day}, as of ${at}`,
    stateText(view, isDryRun),
    ...waitingText(await readWaiting(db, { schoolId: school.id, day })),
    ...figures(view),
    'Mentor groups',
    ...(await groupLines(db, school, day)),
  ].join('\n');
}

function stateText({ state, heldFor, delivery }: SchoolMorningView, isDryRun: boolean): string {
  if (state === 'held')
    return `The cards ${isDryRun ? 'would be' : 'are'} held until the coordinator says so: ${heldFor.map(reasonText).join('; ')}.`;
  if (isDryRun) return 'The cards would go out.';
  const failed = delivery.failed.map(({ groupName, code }) => `\n  ${groupName} was not reached: ${code}`);
  return `The cards are out: ${delivery.delivered} of ${delivery.groups} in their channels.${failed.join('')}`;
}

function waitingText(heldFor: readonly HoldReason[]): readonly string[] {
  if (heldFor.length === 0) return [];
  const reasons = heldFor.map(reasonText).join('; ');
  return [
    `The last reading is held until the coordinator says so, and the cards stay as they were: ${reasons}.`,
  ];
}

function reasonText(reason: HoldReason): string {
  switch (reason.kind) {
    case 'fewLessonsReported':
      return `${reason.reported} of ${reason.started} lessons reported, at least ${Math.round(100 * reason.least)} % needed`;
    case 'manyAbsent':
      return `${reason.absent} of ${reason.pupils} pupils missing, about ${reason.usual} are usual`;
    case 'noLessons':
      return 'no lesson has begun';
  }
}

function figures(view: SchoolMorningView): readonly string[] {
  const lines: readonly (readonly [string, string | number])[] = [
    ['missing without notice', view.missing],
    ['absence reported', view.reported],
    ['to contact', view.toContact],
    ['contacted', view.contacted],
    ['by the special routine', view.protectedFollowUps],
    ['to contact, in no group', view.withoutGroup ?? 0],
    ['lessons reported', `${view.lessonsReported} of ${view.lessonsStarted}`],
  ];
  return lines.map(([what, figure]) => `  ${what.padEnd(24)}  ${figure}`);
}

async function groupLines(db: Db, school: School, day: Temporal.PlainDate): Promise<readonly string[]> {
  const channels = channelsByGroup(await readBindings(db, school.id));
  const viewOf = await readMorningViews({ db }, school, day);
  const lines: string[] = [];
  for (const { id, name } of await mentorGroups({ db }, school.id)) {
    const view = viewOf(id);
    const places = channels.get(groupKey(name)) ?? ['no channel'];
    const figures = `${view?.missing.length ?? 0} missing, ${toContact(view)} to contact`;
    lines.push(`  ${name.padEnd(8)}  ${figures.padEnd(26)}  ${places.join(', ')}`);
  }
  return lines;
}

function toContact(view: MorningView | undefined): number {
  const pupils = view === undefined ? [] : [...view.missing, ...view.notSeenYet, ...view.reported];
  return pupils.filter(({ followUp }) => followUp?.state === 'open').length;
}
