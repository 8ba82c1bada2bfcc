import assert from 'node:assert/strict';
import { DIGEST } from '../../../services/digest/digest-posts.ts';
import { REMINDER } from '../../../services/follow-up/follow-up-posts.ts';
import { MORNING, SCHOOL_MORNING } from '../../../services/morning/morning-posts.ts';
import { cardOf, textsOf } from '../card-text.ts';
import type { ConnectorMessage, ConnectorRequest } from '../connector-record.ts';
import { COORDINATOR_CHANNEL, channelId, pupilId } from '../small-school.ts';
import { type LifeCalls, postingCalls } from './calls.ts';
import { ownChat } from './day.ts';
import type { DayReport, FollowUpReport, PostReport } from './protocol.ts';
import { forgottenPupil, GROUPS, missingId, missingPupil, RESPONSIBLE } from './school.ts';

/** What is known of a day that is over. */
export interface DayFacts {
  readonly day: string;
  readonly report: DayReport;
  readonly requests: readonly ConnectorRequest[];
  readonly lives: readonly LifeCalls[];
  /** Every message of the day, also those that were deleted. */
  readonly messages: readonly ConnectorMessage[];
}

export const conversations: readonly string[] = [
  ...Array.from({ length: GROUPS }, (_, group) => channelId(group)),
  COORDINATOR_CHANNEL,
  ownChat(RESPONSIBLE),
];

/** Nothing of a day was lost, and nothing was done twice. Answers how many copies were posted beside the cards. */
export function checkDay(facts: DayFacts): number {
  assert.deepEqual(facts.report.runs, {
    roster: 'done',
    meetStaff: 'done',
    morning: 'done',
    refresh: 'done',
    cases: 'done',
    digestNoon: 'done',
    'reread/12:00': 'done',
  });
  checkFollowUps(facts);
  checkReminders(facts);
  checkCards(facts);
  return conversations.map((id) => checkCopies(facts, id)).reduce((sum, copies) => sum + copies, 0);
}

/** Each missing pupil is followed up once; contact counts once, however often it was pressed. */
function checkFollowUps({ day, report }: DayFacts): void {
  assert.equal(report.followUps.length, GROUPS + 1, 'follow-ups');
  const expected = [
    ['contacted', /^Anna Berg$/, ['followUp.opened', 'followUp.contacted']],
    ['contacted', /^(Bo Ek|Cilla Dahl)$/, ['followUp.opened', 'followUp.contacted']],
    ['closed', /^$/, ['followUp.opened', 'followUp.closed']],
  ] as const;
  for (const [group, [state, by, audit]] of expected.entries()) {
    const followUp = followUpOf(report, missingId(day, group));
    assert.deepEqual([followUp.state, followUp.audit], [state, audit]);
    assert.match(followUp.contactedBy ?? '', by);
  }
  const forgotten = followUpOf(report, pupilId(forgottenPupil(day)));
  assert.deepEqual([forgotten.state, forgotten.audit], ['open', ['followUp.opened']]);
}

function followUpOf({ followUps }: DayReport, pupil: string): FollowUpReport {
  const followUp = followUps.find((one) => one.pupilId === pupil);
  assert.ok(followUp !== undefined, `no follow-up of ${pupil}`);
  return followUp;
}

/** Of the pupil whom nobody contacts, and of no other, the mentor is reminded once, and the coordinators once. */
function checkReminders(facts: DayFacts): void {
  const { day, report } = facts;
  const forgotten = pupilId(forgottenPupil(day));
  assert.deepEqual(report.reminders, [
    { pupilId: forgotten, rung: 'due', conversationId: ownChat(RESPONSIBLE) },
    { pupilId: forgotten, rung: 'escalated', conversationId: COORDINATOR_CHANNEL },
  ]);
  for (const { conversationId } of report.reminders) {
    const text = shown(facts, postIn(report, conversationId, REMINDER));
    assert.ok(text.includes(`Elev${forgottenPupil(day)} Exempel`), text);
  }
}

/** Every conversation has its card, and the card says what is so. */
function checkCards(facts: DayFacts): void {
  const read = (id: string, purpose: string) => shown(facts, postIn(facts.report, id, purpose));
  for (let group = 0; group < GROUPS; group += 1) {
    const text = read(channelId(group), MORNING);
    assert.match(text, /Läget 12:00/);
    const name = `Elev${missingPupil(facts.day, group)} Exempel`;
    if (group < GROUPS - 1) assert.ok(text.includes(name) && /Kontaktad av .* 09:12/.test(text), text);
    else assert.ok(!text.includes(name), text);
  }
  assert.match(read(COORDINATOR_CHANNEL, SCHOOL_MORNING), new RegExp(`${GROUPS} av ${GROUPS}`));
  for (const edition of ['refresh', 'noon']) {
    const isDigest = ({ purpose, subject }: PostReport) => purpose === DIGEST && subject.endsWith(edition);
    const digest = facts.report.posts.find(isDigest) ?? assert.fail(`no digest ${edition}`);
    assert.match(shown(facts, digest), edition === 'noon' ? /1 kvar att kontakta/ : /nyare sammanställning/);
  }
}

function shown({ messages }: DayFacts, { activityId, state, purpose, conversationId }: PostReport): string {
  const message = messages.find((one) => one.id === activityId);
  const isThere = state === 'posted' && message !== undefined && message.deletedAt === undefined;
  assert.ok(isThere, `${purpose} in ${conversationId} is ${state}, and not there`);
  return textsOf(cardOf(message.activity)).join('\n');
}

/** No more copies than calls that stayed in doubt, and each of them counted: cards, digests and reminders alike. */
function checkCopies({ report, requests, lives }: DayFacts, id: string): number {
  const own = requests.filter((request) => request.conversationId === id);
  const { stored, certain } = postingCalls(own, lives);
  const posts = report.posts.filter((post) => post.conversationId === id);
  const told = `${certain} postings in ${id} that were certain, of ${posts.length}`;
  assert.ok(certain <= posts.length, `${told}\n${tellCalls(own, lives)}`);
  const copies = stored - posts.length;
  const counted = posts.reduce((sum, post) => sum + post.suspectedTwins + post.foundTwins, 0);
  assert.ok(copies <= counted, `${copies} copies in ${id}, and ${counted} counted`);
  return copies;
}

/** Every call to a conversation in a line, and which process made it, for whoever reads of a fault. */
function tellCalls(requests: readonly ConnectorRequest[], lives: readonly LifeCalls[]): string {
  const lifeOf = ({ n }: ConnectorRequest) => lives.findIndex(({ from, to }) => n > from && n <= to);
  const lines = requests.map(
    (one) =>
      `${one.n} of process ${lifeOf(one)}: ${one.op} ${one.outcome} ${one.stored ?? ''} at ${one.at % 1_000_000} ms, answered at ${(one.answeredAt ?? Number.NaN) % 1_000_000}`,
  );
  return [...lines, JSON.stringify(lives)].join('\n');
}

export function postIn(report: DayReport, conversationId: string, purpose: string): PostReport {
  const [post, ...others] = report.posts.filter(
    (one) => one.conversationId === conversationId && one.purpose === purpose,
  );
  assert.ok(
    post !== undefined && others.length === 0,
    `${report.posts.map((one) => `${one.purpose} in ${one.conversationId}`)}`,
  );
  return post;
}
