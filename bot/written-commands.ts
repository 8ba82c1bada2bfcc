import type { Temporal } from 'temporal-polyfill';
import type { TextKey } from '../locales/translator.ts';
import { translator } from '../locales/translator.ts';
import type { School } from '../services/config/municipality.ts';
import { readSchoolMorningView } from '../services/morning/read-school-morning-view.ts';
import { readLedger } from '../services/schedule/ledger.ts';
import { hear } from './handlers/hear.ts';
import { type HandlerDeps, text, wordsIn } from './handlers/press-context.ts';
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
  await hear(deps, message.conversation);
  const command = commands.get(nearestCommand(message.text));
  return command === undefined
    ? await say(deps, message, 'reply.cannotUnderstand')
    : await command(deps, message);
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

/** One letter missing, added or changed, or two that changed places. */
function isOneSlipAway(name: string, word: string): boolean {
  if (Math.abs(name.length - word.length) > 1 || word.length < 3) return false;
  let start = 0;
  while (start < name.length && name[start] === word[start]) start += 1;
  let end = 0;
  while (end < Math.min(name.length, word.length) - start && name.at(-1 - end) === word.at(-1 - end))
    end += 1;
  const [wanted, got] = [name.slice(start, name.length - end), word.slice(start, word.length - end)];
  return Math.max(wanted.length, got.length) <= 1 || (wanted.length === 2 && wanted === `${got[1]}${got[0]}`);
}

async function help(deps: HandlerDeps, message: Written): Promise<Answer> {
  return await say(deps, message, 'reply.help');
}

async function status(deps: HandlerDeps, message: Written): Promise<Answer> {
  const { id, kind } = message.conversation;
  const schools = await schoolsOf(deps, id);
  if (schools.length === 0)
    return await say(deps, message, kind === 'personal' ? 'reply.statusPersonal' : 'reply.statusUnbound');
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
  if (view === undefined) return await withoutMorning(deps, school, day);
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

/** Why there is nothing to tell yet. */
async function withoutMorning(deps: HandlerDeps, school: School, day: Temporal.PlainDate): Promise<string> {
  const words = translator(school.language, school.timeZone);
  const ledgerOf = await readLedger(deps.db, [day]);
  const run = ledgerOf({ schoolId: school.id, day }).get('morning');
  if (run === 'failed') return words.t('reply.statusFailed', { school: school.name });
  if (run === 'skipped') return words.t('reply.statusSkipped', { school: school.name });
  return words.t('reply.statusNone', { school: school.name, time: school.times.morning });
}

async function say(deps: HandlerDeps, { conversation }: Written, key: TextKey): Promise<Answer> {
  return text((await wordsIn(deps, conversation.id)).t(key));
}
