import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { type DemoClock, demoClock } from '../../demo/clock.ts';
import { type Controls, startControls } from '../../demo/controls.ts';
import { type EhtTimes, nextEhtMoment } from '../../demo/eht-moments.ts';

const meeting: EhtTimes = {
  listAt: Temporal.Instant.from('2026-11-23T14:00:00+01:00'),
  startsAt: Temporal.Instant.from('2026-11-24T13:00:00+01:00'),
  endsAt: Temporal.Instant.from('2026-11-24T14:00:00+01:00'),
};

describe('the page of the demo’s clock', () => {
  let clock: DemoClock;
  let controls: Controls;
  let meetings: readonly EhtTimes[];

  beforeEach(async () => {
    const startsAt = Temporal.Instant.from('2026-11-23T08:40:00+01:00');
    clock = demoClock({ startsAt, speed: 60, elapsedMs: () => 0 });
    meetings = [meeting];
    controls = await start(0);
  });
  afterEach(() => controls.close());

  async function start(port: number): Promise<Controls> {
    const calendar = { terms: [{ from: '2026-08-18', to: '2026-12-18' }], closed: [], open: [] };
    const times = { calendar, nextEht: (now: Temporal.Instant) => nextEhtMoment(meetings, now) };
    return await startControls({ clock, times, teamsUrl: 'http://127.0.0.1:1/teams', port });
  }

  it('finds another port where a second demo is started beside the first', async () => {
    const taken = Number(new URL(controls.url).port);

    const second = await start(taken);
    await second.close();

    assert.ok(Number(new URL(second.url).port) > taken);
  });

  it('shows the school’s time and what can be done, and leads to the channels', async () => {
    const page = await textOf('/');

    for (const text of ['08:40', 'måndag 23 november', 'Stanna klockan', 'Fem minuter', 'En timme'])
      assert.ok(page.includes(text), text);
    assert.match(page, /Nästa skolmorgon 08:40/);
    assert.match(page, /href="http:\/\/127\.0\.0\.1:1\/teams"/);
    assert.match(page, /påhittade/);
  });

  it('is made for a phone', async () => {
    assert.match(await textOf('/'), /<meta name="viewport" content="width=device-width/);
  });

  const languages: readonly (readonly [string, string, Record<string, string>, string, RegExp])[] = [
    [
      'as the page was asked for',
      '/?lang=en',
      { 'accept-language': 'sv' },
      'en',
      /Monday, 23 November|Monday 23 November/,
    ],
    ['as the browser prefers', '/', { 'accept-language': 'en-GB,sv;q=0.5' }, 'en', /Next school morning/],
    ['Swedish to everyone else', '/', { 'accept-language': 'de' }, 'sv', /Låt klockan|Stanna klockan/],
  ];
  for (const [name, path, headers, language, text] of languages) {
    it(`speaks ${name}`, async () => {
      const page = await textOf(path, headers);

      assert.match(page, new RegExp(`<html lang="${language}">`));
      assert.match(page, text);
    });
  }

  it('moves the clock when it is told to, and comes back to the page in its language', async () => {
    const response = await fetch(`${controls.url}/an-hour?lang=en`, { method: 'POST', redirect: 'manual' });

    assert.equal(response.status, 303);
    assert.equal(response.headers.get('location'), '/?lang=en');
    assert.equal(clock.now().toString(), '2026-11-23T08:40:00Z');
  });

  it('says how the clock stands, for the page to show', async () => {
    clock.hold();

    const facts = JSON.parse(await textOf('/clock'));

    assert.equal(facts.time, '08:40');
    assert.equal(facts.state, 'Klockan står stilla.');
    assert.equal(facts.hold, 'Låt klockan gå');
  });

  it('says where going on to EHT leads, and goes there', async () => {
    const told: string[] = [JSON.parse(await textOf('/clock')).eht];

    for (let times = 0; times < 2; times += 1) {
      await fetch(`${controls.url}/eht`, { method: 'POST', redirect: 'manual' });
      told.push(JSON.parse(await textOf('/clock')).eht);
    }

    assert.deepEqual(told, [
      'Till EHT-listan, måndag 14:00',
      'Till EHT-mötet, tisdag 13:00',
      'Till EHT-mötets slut, tisdag 14:00',
    ]);
    assert.equal(clock.now().toString(), '2026-11-24T12:00:00Z');
    assert.match(await textOf('/?lang=en'), />To the end of EHT’s meeting, Tuesday 14:00</);
  });

  it('offers nothing of EHT where no meeting is to come', async () => {
    meetings = [];

    assert.ok(!(await textOf('/')).includes('EHT'));
  });

  it('knows no other address, and moves nothing when it is only looked at', async () => {
    const unknown = await fetch(`${controls.url}/a-year`, { method: 'POST' });
    const looked = await fetch(`${controls.url}/an-hour`);

    assert.deepEqual([unknown.status, looked.status], [404, 404]);
    assert.equal(clock.now().toString(), '2026-11-23T07:40:00Z');
  });

  async function textOf(path: string, headers: Record<string, string> = {}): Promise<string> {
    return await (await fetch(`${controls.url}${path}`, { headers })).text();
  }
});
