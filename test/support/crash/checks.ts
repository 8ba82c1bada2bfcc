import assert from 'node:assert/strict';
import { cardOf, textsOf } from '../card-text.ts';
import type { ConnectorMessage, ConnectorRequest } from '../connector-record.ts';
import { COORDINATOR_CHANNEL, channelId } from '../small-school.ts';
import { type LifeCalls, postingCalls } from './calls.ts';
import type { DayReport, PostReport } from './protocol.ts';
import { GROUPS, missingId, missingPupil } from './school.ts';

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
];

/** Nothing of a day was lost, and nothing was done twice. Answers how many copies were posted beside the cards. */
export function checkDay(facts: DayFacts): number {
  assert.deepEqual(facts.report.runs, { roster: 'done', morning: 'done', refresh: 'done' });
  checkFollowUps(facts);
  checkCards(facts);
  return conversations.map((id) => checkCopies(facts, id)).reduce((sum, copies) => sum + copies, 0);
}

/** Each missing pupil is followed up once; contact counts once, however often it was pressed. */
function checkFollowUps({ day, report }: DayFacts): void {
  assert.equal(report.followUps.length, GROUPS, 'follow-ups');
  const expected = [
    ['contacted', /^Anna Berg$/, ['followUp.opened', 'followUp.contacted']],
    ['contacted', /^(Bo Ek|Cilla Dahl)$/, ['followUp.opened', 'followUp.contacted']],
    ['closed', /^$/, ['followUp.opened', 'followUp.closed']],
  ] as const;
  for (const [group, [state, by, audit]] of expected.entries()) {
    const followUp = report.followUps.find(({ pupilId }) => pupilId === missingId(day, group));
    assert.ok(followUp !== undefined, `no follow-up in group ${group}`);
    assert.deepEqual([followUp.state, followUp.audit], [state, audit]);
    assert.match(followUp.contactedBy ?? '', by);
  }
}

/** Every conversation has its card, and the card says what is so. */
function checkCards(facts: DayFacts): void {
  const read = (id: string) => {
    const { activityId, state } = postIn(facts.report, id);
    const message = facts.messages.find((one) => one.id === activityId);
    assert.ok(message !== undefined && message.deletedAt === undefined, `the card in ${id} is not there`);
    assert.equal(state, 'posted');
    return textsOf(cardOf(message.activity)).join('\n');
  };
  for (let group = 0; group < GROUPS; group += 1) {
    const text = read(channelId(group));
    assert.match(text, /10:00/);
    const name = `Elev${missingPupil(facts.day, group)} Exempel`;
    if (group < GROUPS - 1) assert.ok(text.includes(name) && /Kontaktad av .* 09:12/.test(text), text);
    else assert.ok(!text.includes(name), text);
  }
  assert.match(read(COORDINATOR_CHANNEL), new RegExp(`${GROUPS} av ${GROUPS}`));
}

/** No more copies than calls that stayed in doubt, and each of them counted. */
function checkCopies({ report, requests, lives }: DayFacts, id: string): number {
  const own = requests.filter((request) => request.conversationId === id);
  const { stored, certain } = postingCalls(own, lives);
  const post = postIn(report, id);
  assert.ok(certain <= 1, `${certain} postings in ${id} where one was certain`);
  const copies = stored - 1;
  const counted = post.suspectedTwins + post.foundTwins;
  assert.ok(copies <= counted, `${copies} copies in ${id}, and ${counted} counted`);
  return copies;
}

export function postIn(report: DayReport, conversationId: string): PostReport {
  const [post, ...others] = report.posts.filter((one) => one.conversationId === conversationId);
  assert.ok(post !== undefined && others.length === 0, `${others.length + 1} posts in ${conversationId}`);
  return post;
}
