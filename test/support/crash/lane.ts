import assert from 'node:assert/strict';
import type { ConnectorCall, ConnectorMessage } from '../connector-record.ts';
import type { ConnectorBehaviour, LoopbackConnector } from '../loopback-connector.ts';
import { channelId, memberOf } from '../small-school.ts';
import type { LifeCalls } from './calls.ts';
import { checkDay, conversations, postIn } from './checks.ts';
import { type Day, type DayWorld, goOn, look, personNamed, press, timeOf } from './day.ts';
import { type Life, LifeEnded, startLife } from './life.ts';
import { type DayPlan, type DaySize, type Ending, planDay, type Random, tell } from './plan.ts';
import type { ChildSetup, DayReport, PostReport } from './protocol.ts';
import { at, crashStaff, GROUPS, schoolDays } from './school.ts';
import { noTally, type Tally } from './tally.ts';

export interface LaneDeps {
  readonly script: string;
  readonly storage: ChildSetup['storage'];
  readonly connector: LoopbackConnector;
  readonly random: Random;
  /** How many kills are left, for all the lanes that share them. */
  readonly kills: { left: number };
  /** What has to happen before the work of a killed process can be taken up. */
  readonly afterKill: () => Promise<void>;
}

/** More than any day of these is made of. */
const NEVER = 1_000_000_000;

/** One database, one connector, and one process after the other that works with them, day after day, and is killed. */
export class Lane {
  readonly tally: Tally = noTally();
  private readonly deps: LaneDeps;
  private life: Life;
  private lives: LifeCalls[] = [];
  private today: Day = { day: schoolDays[0] ?? '', parts: 0, answered: new Set() };
  private firstMessage = 0;
  private calls = 0;
  private ending: Ending | undefined;
  private faults = new Map<string, ConnectorBehaviour>();

  constructor(deps: LaneDeps) {
    this.deps = deps;
    this.life = this.newLife();
    for (const { name } of crashStaff) deps.connector.know(memberOf(personNamed(name)));
    deps.connector.script((call) => this.behave(call));
  }

  /** Lives through days, and ends its process in each, as long as there are kills left. */
  async run(): Promise<Tally> {
    try {
      const size = await this.measureDay();
      while (this.deps.kills.left > 0) {
        this.begin();
        await this.survive(planDay(this.deps.random, size));
      }
      await this.end(() => this.life.terminate());
      return this.tally;
    } finally {
      this.life.kill();
      await this.life.gone;
    }
  }

  private async survive(plan: DayPlan): Promise<void> {
    try {
      await this.liveThrough(plan);
    } catch (error) {
      const cause = error instanceof Error ? error : new Error(String(error));
      throw new Error(`${this.today.day} with ${tell(plan)}: ${cause.message}`, { cause });
    }
  }

  /** A day on which nothing goes wrong: what later days are ended in the middle of. */
  private async measureDay(): Promise<DaySize> {
    this.begin();
    await this.life.up;
    const before = Number(await this.life.ask({ do: 'killAt', statement: NEVER, when: 'after' }));
    const start = performance.now();
    await goOn(this.life, this.today, this.world());
    const ms = performance.now() - start;
    const statements =
      Number(await this.life.ask({ do: 'killAt', statement: NEVER, when: 'after' })) - before;
    const requests = this.calls;
    assert.equal(await this.check(), 0, 'copies on a day on which nothing went wrong');
    return { requests, statements, ms };
  }

  private begin(): void {
    const day = schoolDays[this.tally.days];
    if (day === undefined) throw new Error('The school year is over: fewer kills, or more lanes');
    this.tally.days += 1;
    this.today = { day, parts: 0, answered: new Set() };
    this.firstMessage = this.deps.connector.messages().length;
    this.lives = [
      { from: this.deps.connector.requests().length, to: Number.POSITIVE_INFINITY, isKilled: false },
    ];
    this.calls = 0;
  }

  private async liveThrough(plan: DayPlan): Promise<void> {
    await this.untilTheEnd(plan);
    this.life = this.newLife();
    if (plan.recoveryMs !== undefined && this.deps.kills.left > 0) {
      this.deps.kills.left -= 1;
      const { life } = this;
      await this.end(() => setTimeout(() => life.kill(), plan.recoveryMs));
      this.life = this.newLife();
    }
    await this.life.up;
    if (plan.isPressedAtOnce) await this.pressAtOnce();
    await goOn(this.life, this.today, this.world());
    this.tally.copies += await this.check();
    await this.healTwins();
  }

  /** Goes on with the day until the process is ended, as planned; at the latest when the day is over. */
  private async untilTheEnd({ ending, faults }: DayPlan): Promise<void> {
    const { life } = this;
    if (ending.kind !== 'drained') this.deps.kills.left -= 1;
    this.faults = new Map(faults);
    this.ending = ending;
    if (ending.kind === 'statement') await life.ask({ do: 'killAt', statement: ending.n, when: ending.when });
    let isStopping = false;
    const stop = () => {
      isStopping = true;
      if (ending.kind === 'drained') life.terminate();
      else life.kill();
    };
    const timer = 'ms' in ending ? setTimeout(stop, ending.ms) : undefined;
    try {
      await goOn(life, this.today, this.world());
    } catch (error) {
      // A process that is coming to its end may say so to whoever still asks.
      if (!(error instanceof LifeEnded) && !isStopping) throw error;
    }
    clearTimeout(timer);
    await this.end(stop);
    this.ending = undefined;
  }

  /** Ends the process, and waits until nothing more is heard of it. */
  private async end(stop: () => void): Promise<void> {
    stop();
    const code = await this.life.gone;
    // What it sent just before it was killed arrives a moment after it is gone.
    await this.deps.connector.heardOut();
    const ended = this.lives.at(-1);
    if (ended !== undefined) {
      ended.to = this.deps.connector.requests().length;
      ended.isKilled = code === null;
    }
    if (code === null) this.tally.kills += 1;
    else this.tally.drained += 1;
    assert.ok(code === null || code === 0, `the process ended with ${code}`);
    if (code === null) await this.deps.afterKill();
  }

  private newLife(): Life {
    const { script, storage, connector } = this.deps;
    this.lives.push({ from: connector.requests().length, to: Number.POSITIVE_INFINITY, isKilled: false });
    return startLife(script, { storage, serviceUrl: connector.url, at: timeOf(this.today) });
  }

  /** Somebody sees the first group's card and presses it before Sedd has come to itself. */
  private async pressAtOnce(): Promise<void> {
    const id = channelId(0);
    const message = this.standing(id)[0];
    if (message === undefined || this.today.parts > 1) return;
    const isCard = (post: PostReport) => post.conversationId === id && post.purpose === 'morning';
    const before = (await this.report()).posts.find(isCard);
    await this.life.ask({ do: 'clock', at: at(this.today.day, '09:12').toString() });
    await press(this.life, this.today, this.world(), { who: 'Anna Berg', group: 0, message });
    this.today.answered.add('Anna Berg');
    const after = postIn(await this.report(), id, 'morning');
    if (before?.activityId === null && after.activityId === message.id) this.tally.adopted += 1;
  }

  private async check(): Promise<number> {
    return checkDay({
      day: this.today.day,
      report: await this.report(),
      requests: this.deps.connector.requests().filter(({ n }) => n > (this.lives[0]?.from ?? 0)),
      lives: this.lives,
      messages: this.deps.connector.messages().slice(this.firstMessage),
    });
  }

  /** A press on any copy deletes it, and leaves the card. */
  private async healTwins(): Promise<void> {
    const report = await this.report();
    for (let group = 0; group < GROUPS; group += 1) {
      const { activityId } = postIn(report, channelId(group), 'morning');
      const twins = this.standing(channelId(group)).filter((message) => message.id !== activityId);
      if (twins.length === 0) continue;
      for (const message of twins) {
        await look(this.life, this.today, this.world(), { who: 'Doris Fors', group, message });
      }
      await this.life.ask({ do: 'settle' });
      const left = this.standing(channelId(group)).map((message) => message.id);
      assert.deepEqual(left, [activityId], `in the channel of group ${group}`);
      this.tally.healed += twins.length;
    }
    await this.check();
  }

  private async report(): Promise<DayReport> {
    return (await this.life.ask({ do: 'report', day: this.today.day })) as DayReport;
  }

  private world(): DayWorld {
    return { serviceUrl: this.deps.connector.url, standing: (id) => this.standing(id) };
  }

  private standing(conversationId: string): readonly ConnectorMessage[] {
    return this.deps.connector
      .messages()
      .slice(this.firstMessage)
      .filter((one) => one.conversationId === conversationId && one.deletedAt === undefined);
  }

  /** What the connector does with a call; the process may be killed by it. */
  private behave(call: ConnectorCall): ConnectorBehaviour | undefined {
    if (call.op === 'unknown') return undefined;
    this.calls += 1;
    const { ending, life, deps } = this;
    if (ending?.kind === 'request' && ending.n === this.calls) {
      if (ending.when === 'before') life.kill();
      // By then the message is stored, and the answer sent where one is given.
      else void deps.connector.until(isOver(call)).then(() => life.kill());
      if (ending.when !== 'answered') return { kind: 'silent', stored: ending.when === 'stored' };
    }
    const key = `${conversations.indexOf(call.conversationId)} ${call.method}`;
    const fault = this.faults.get(key);
    this.faults.delete(key);
    return fault;
  }
}

function isOver({ n }: ConnectorCall) {
  return (connector: LoopbackConnector) => connector.requests()[n - 1]?.outcome !== 'pending';
}
