import type { TextKey } from '../locales/translator.ts';
import { translator } from '../locales/translator.ts';
import type { School } from '../services/config/municipality.ts';
import { readSchoolMorningView } from '../services/morning/read-school-morning-view.ts';
import { type HandlerDeps, text, wordsOf } from './handlers/press-context.ts';
import type { Answer, Written } from './inbound.ts';

type Command = (deps: HandlerDeps, message: Written) => Promise<Answer>;

/** What can be written, in both languages, and who answers it. */
const commands: ReadonlyMap<string, Command> = new Map([
  ['hjälp', help],
  ['help', help],
  ['status', status],
]);

/** Answers what somebody wrote; what is not understood gets a pointer to help, never silence. */
export async function answerMessage(deps: HandlerDeps, message: Written): Promise<Answer> {
  const command = commands.get(nearestCommand(message.text));
  return command === undefined ? say(deps, 'reply.cannotUnderstand') : await command(deps, message);
}

/** Tolerates case, accents and a slip of the finger. */
function nearestCommand(written: string): string {
  const word = plain(written);
  const exact = [...commands.keys()].find((name) => plain(name) === word);
  return exact ?? [...commands.keys()].find((name) => isOneSlipAway(plain(name), word)) ?? word;
}

function plain(word: string): string {
  return word
    .normalize('NFD')
    .replaceAll(/\p{M}|[^\p{L}\p{N} ]/gu, '')
    .toLowerCase()
    .trim();
}

/** One letter missing, added or changed. */
function isOneSlipAway(name: string, word: string): boolean {
  if (Math.abs(name.length - word.length) > 1 || word.length < 3) return false;
  let start = 0;
  while (start < name.length && name[start] === word[start]) start += 1;
  let end = 0;
  while (end < Math.min(name.length, word.length) - start && name.at(-1 - end) === word.at(-1 - end))
    end += 1;
  return Math.max(name.length, word.length) - start - end <= 1;
}

async function help(deps: HandlerDeps): Promise<Answer> {
  return say(deps, 'reply.help');
}

async function status(deps: HandlerDeps, message: Written): Promise<Answer> {
  const schools = await schoolsOf(deps, message.conversation.id);
  if (schools.length === 0) return say(deps, 'reply.statusUnbound');
  const lines = await Promise.all(schools.map((school) => statusOf(deps, school)));
  return text(lines.join('\n\n'));
}

async function schoolsOf(deps: HandlerDeps, conversationId: string): Promise<readonly School[]> {
  const rows = await deps.db
    .selectFrom('binding')
    .select('schoolId')
    .distinct()
    .where('conversationId', '=', conversationId)
    .execute();
  return rows.flatMap(({ schoolId }) => deps.schools.get(schoolId) ?? []);
}

/** Counts of the school, without names: a status may be asked for in any of its conversations. */
async function statusOf(deps: HandlerDeps, school: School): Promise<string> {
  const words = translator(school.language, school.timeZone);
  const day = deps.clock.now().toZonedDateTimeISO(school.timeZone).toPlainDate();
  const view = await readSchoolMorningView(deps, school, day);
  if (view === undefined)
    return words.t('reply.statusNone', { school: school.name, time: school.times.morning });
  const common = { school: school.name, date: words.date(day) };
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

function say(deps: HandlerDeps, key: TextKey): Answer {
  return text(wordsOf(deps.municipality).t(key));
}
