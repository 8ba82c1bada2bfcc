import type { Temporal } from 'temporal-polyfill';
import { ownListCard } from '../cards/own-list.ts';
import { reminderCard } from '../cards/reminder.ts';
import { asText } from '../cards/text.ts';
import { translator } from '../locales/translator.ts';
import { dayAt } from '../services/clock.ts';
import type { School } from '../services/config/municipality.ts';
import { readOpenView } from '../services/follow-up/open-view.ts';
import { readOwnListView } from '../services/follow-up/own-list-view.ts';
import { groupKey } from '../services/morning/morning-posts.ts';
import { readSchoolMorningView } from '../services/morning/read-school-morning-view.ts';
import { mayForAll } from '../services/people/whole-schools.ts';
import { readBoundTo } from '../services/posts/bind-conversation.ts';
import { answerHeard, hearMessage } from '../services/posts/heard-messages.ts';
import { readLedger } from '../services/schedule/ledger.ts';
import { type HandlerDeps, text, wordsIn } from './handlers/handler-deps.ts';
import { hear } from './handlers/hear.ts';
import { remindNow } from './handlers/remind-now.ts';
import {
  writtenContactPerson,
  writtenEndContactPerson,
  writtenEndStandIn,
  writtenStandIn,
} from './handlers/written/written-appointments.ts';
import { writtenBind, writtenUnbind } from './handlers/written/written-bindings.ts';
import { writtenReport, writtenUndo } from './handlers/written/written-contacts.ts';
import {
  isKnownAtSchool,
  mayWrite,
  readersHere,
  replyOn,
  type WrittenContext,
  writerOf,
  writtenContext,
} from './handlers/written/written-context.ts';
import { writtenEht } from './handlers/written/written-eht.ts';
import { writtenPupil } from './handlers/written/written-pupil.ts';
import { writtenPupils } from './handlers/written/written-pupils.ts';
import { notOnStaff, refuseStranger, refuseWriter } from './handlers/written/written-refusals.ts';
import { writtenCases, writtenSteps } from './handlers/written/written-routine.ts';
import type { Answer, Written } from './inbound.ts';
import { parseUtterance, type Utterance } from './written/utterance.ts';

/** Answers what somebody wrote, once; what is not understood gets help that fits whoever wrote it, never silence. */
export async function answerMessage(deps: HandlerDeps, message: Written): Promise<Answer> {
  const { messageId: activityId, conversation } = message;
  if (activityId === undefined) return await answer(deps, message);
  const heard = { conversationId: conversation.id, activityId };
  const hearing = await hearMessage(deps.db, heard, deps.wireClock.now());
  // Teams sends a message again that was not answered in time, also while it is being handled: a second "ångra" would take
  // back something else.
  if (hearing === 'known') return { kind: 'none' };
  try {
    return hearing === 'new' ? await answer(deps, message) : await interrupted(deps, message);
  } finally {
    // Where this fails it only means that the message is asked about once more.
    await answerHeard(deps.db, heard, deps.wireClock.now()).catch(() => undefined);
  }
}

/** Whether it was done before the process went down is on the cards, and nowhere else. */
async function interrupted(deps: HandlerDeps, { conversation }: Written): Promise<Answer> {
  return text((await wordsIn(deps, conversation.id)).t('reply.interrupted'));
}

async function answer(deps: HandlerDeps, message: Written): Promise<Answer> {
  await hear(deps, message.conversation);
  const said = parseUtterance(message.text);
  if (said.kind === 'bind') return await writtenBind(deps, message, said.targets);
  if (said.kind === 'unbind') return await writtenUnbind(deps, message, said.targets);
  if (said.kind === 'status') return await status(deps, message);
  if (said.kind === 'pupils') return await writtenPupils(deps, message, said.filters);
  if (said.kind === 'pupil') return await writtenPupil(deps, message, said.name);
  const context = await writtenContext(deps, message);
  if (said.kind === 'help' || said.kind === 'unknown') return await help(deps, message, context, said.kind);
  if (context === undefined) return await refuseStranger(deps, message, said.kind);
  return await answerKnown(deps, context, said);
}

async function answerKnown(deps: HandlerDeps, context: WrittenContext, said: Utterance): Promise<Answer> {
  switch (said.kind) {
    case 'contacted':
    case 'notReached':
      return await writtenReport(deps, context, said);
    case 'undo':
      return await writtenUndo(deps, context, said);
    case 'mine':
      return await mine(deps, context);
    case 'open':
      return await open(deps, context);
    case 'remindAll':
      return await remind(deps, context);
    case 'digest':
      return await status(deps, context.message, [context.school]);
    case 'contactPerson':
      return await writtenContactPerson(deps, context, said);
    case 'endContactPerson':
      return await writtenEndContactPerson(deps, context, said);
    case 'standIn':
      return await writtenStandIn(deps, context, said);
    case 'endStandIn':
      return await writtenEndStandIn(deps, context, said);
    case 'steps':
      return await writtenSteps(deps, context);
    case 'cases':
      return await writtenCases(deps, context);
    case 'eht':
      return await writtenEht(deps, context);
    default:
      return await help(deps, context.message, context, 'unknown');
  }
}

async function mine(deps: HandlerDeps, context: WrittenContext): Promise<Answer> {
  const { school, person, day, words } = context;
  if (person.staffId === undefined) return await notOnStaff(deps, context, 'mine');
  const readers = await readersHere(deps, context);
  if (readers === 'strangers') return text(words.t('written.inOwnChat'));
  const view = await readOwnListView(deps, school, person.staffId, day);
  const pupils =
    readers === 'mayAll'
      ? view.pupils
      : view.pupils.filter(({ groupName }) => readers.includes(groupKey(groupName)));
  const card = ownListCard({ ...view, pupils }, words, { page: 0, notice: '' }, replyOn(context));
  return { kind: 'card', card, isPrivate: true };
}

/** The open follow-ups: all of the school's for whoever may see them all, for others their own. */
async function open(deps: HandlerDeps, context: WrittenContext): Promise<Answer> {
  const { person, school } = context;
  if (!mayForAll(deps.municipality, person, school, 'listOpen')) return await mine(deps, context);
  if ((await readersHere(deps, context)) !== 'mayAll') return text(context.words.t('written.inOwnChat'));
  const view = await readOpenView(deps, school, context.day, deps.clock.now());
  const card = reminderCard(view, context.words, { page: 0, notice: '' }, replyOn(context));
  return { kind: 'card', card, isPrivate: true };
}

async function remind(deps: HandlerDeps, context: WrittenContext): Promise<Answer> {
  const { words, school, day } = context;
  if (!(await mayWrite(deps, context, 'remindAll'))) {
    const told = words.t('written.coordinatorOnly');
    return await refuseWriter(deps, context, 'remindAll', { code: 'notCoordinator', told });
  }
  return text(await remindNow(deps, school, day, writerOf(context)));
}

/** What fits who wrote: coordinators can do more, and a stranger is told whom to ask. */
async function help(
  deps: HandlerDeps,
  message: Written,
  context: WrittenContext | undefined,
  kind: 'help' | 'unknown',
): Promise<Answer> {
  const words = context?.words ?? (await wordsIn(deps, message.conversation.id));
  const isKnown = context !== undefined && isKnownAtSchool(deps, context);
  const isWhole = context !== undefined && (await mayWrite(deps, context, 'readWholeHelp'));
  const parts = [
    kind === 'unknown' ? words.t('reply.cannotUnderstand') : words.t('reply.help'),
    isKnown ? words.t('reply.helpMentor') : words.t('reply.helpStranger'),
    isWhole ? words.t('reply.helpCoordinator') : '',
  ];
  return text(parts.filter(Boolean).join('\n\n'));
}

async function status(deps: HandlerDeps, message: Written, known?: readonly School[]): Promise<Answer> {
  const schools = known ?? (await schoolsOf(deps, message));
  if (schools.length === 0) {
    return text(
      (await wordsIn(deps, message.conversation.id)).t(
        message.conversation.kind === 'personal' ? 'reply.statusPersonal' : 'reply.statusUnbound',
      ),
    );
  }
  const lines = await Promise.all(schools.map((school) => statusOf(deps, school)));
  return text(lines.join('\n\n'));
}

async function schoolsOf(deps: HandlerDeps, message: Written): Promise<readonly School[]> {
  const rows = await readBoundTo(deps.db, message.conversation.id);
  const ids = new Set(rows.map(({ schoolId }) => schoolId));
  const bound = [...ids].flatMap((id) => deps.schools.get(id) ?? []);
  if (bound.length > 0) return bound;
  const context = await writtenContext(deps, message);
  return context === undefined ? [] : [context.school];
}

/** Counts of the school, without names: a status may be asked for in any of its conversations. */
async function statusOf(deps: HandlerDeps, school: School): Promise<string> {
  const words = translator(school.language, school.timeZone);
  const day = dayAt(deps.clock.now(), school);
  const view = await readSchoolMorningView(deps, school, day);
  if (view === undefined) return await withoutMorning(deps, school, day);
  const common = { school: asText(school.name), date: words.date(day) };
  if (view.state === 'held') return words.t('reply.statusHeld', common);
  return words.t('reply.status', {
    ...common,
    time: words.time(view.dataAt),
    toContact: view.toContact,
    contacted: view.contacted,
    reported: view.lessonsReported,
    started: view.lessonsStarted,
  });
}

/** Why there is nothing to tell yet. */
async function withoutMorning(deps: HandlerDeps, school: School, day: Temporal.PlainDate): Promise<string> {
  const words = translator(school.language, school.timeZone);
  const name = asText(school.name);
  const ledgerOf = await readLedger(deps.db, [day]);
  const run = ledgerOf({ schoolId: school.id, day }).get('morning');
  if (run === 'failed') return words.t('reply.statusFailed', { school: name });
  if (run === 'skipped') return words.t('reply.statusSkipped', { school: name });
  return words.t('reply.statusNone', { school: name, time: school.times.morning });
}
