import assert from 'node:assert/strict';
import type { Browser, Locator, Page } from 'playwright-core';
import { type Demo, startDemo } from '../../demo/start-demo.ts';
import { silentLog } from '../../services/log.ts';
import { withBrowser } from './chromium.ts';
import { asksForCases, ehtGetsItsList, ehtMeets, listsPupils } from './routine-in-browser.ts';
import { textOf, type Viewer, viewerOf } from './viewer.ts';

const GROUPS = ['8A', '8B', '8C'];

withBrowser('a school morning in a browser', (launch) => {
  let demo: Demo;
  let browser: Browser;
  let viewer: Viewer;
  let pages: Page[];
  /** Everything that stood on a page at some time. */
  const seen: string[] = [];

  before(async function () {
    this.timeout(180_000);
    demo = await startDemo({ speed: 1, port: 0, seed: 1, past: true, language: 'sv' }, silentLog);
    browser = await launch();
    viewer = await viewerOf(demo, browser, (page) => pages.push(page));
  });
  after(async () => {
    await browser?.close();
    await demo?.stop();
  });
  const open = (channel: string) => viewer.open(channel);
  const step = (title: string, times?: number) => viewer.step(title, times);
  beforeEach(() => {
    pages = [];
  });
  afterEach(async function () {
    for (const [index, page] of pages.entries()) {
      seen.push(await page.content());
      const name = this.currentTest?.title.replaceAll(/\W+/g, '-');
      if (this.currentTest?.state === 'failed')
        await page.screenshot({ path: `coverage/${name}-${index}.png` });
      viewer.giveBack(page);
    }
  });

  it('gives the mentors a card for each group, section by section', async function () {
    this.timeout(180_000);
    const page = await open('Mentorer åk 8');
    await step('Fem minuter framåt');

    await page
      .getByText('Läget 08:45')
      .nth(GROUPS.length - 1)
      .waitFor();
    const text = await textOf(page);

    for (const part of [/Hej! Jag är Sedd/, /Måndag 23 november/, /Saknas \(\d+\)/, /Anmälda \(\d+\)/])
      assert.match(text, part);
    for (const group of GROUPS) assert.ok(text.includes(`${group}: `), group);
  });

  it('asks how contact was made, and shows it to whoever pressed, to every other viewer, and to the coordinator', async function () {
    this.timeout(180_000);
    const [pressing, watching] = [await open('Mentorer åk 8'), await open('Mentorer åk 8')];
    const coordinator = await open('General');
    for (const page of [pressing, watching])
      await page
        .getByText('Läget 08:45')
        .nth(GROUPS.length - 1)
        .waitFor();
    await coordinator.getByText(/Torpaskolan Norr: \d+ att kontakta/).waitFor();
    const [toContact, inSchool] = [await contactButtons(pressing).count(), await leftInSchool(coordinator)];

    await contactButtons(cardOf8A(pressing)).first().click();
    await pressing.getByText('Inte sparat än. Hur gick det?').waitFor();
    assert.equal(await contactButtons(watching).count(), toContact);
    await pressing.getByRole('button', { name: 'Telefon', exact: true }).click();

    for (const page of [pressing, watching]) {
      await page.getByText(/Kontaktad av \S+ \S+ 08:4\d \(telefon, vårdnadshavare\)/).waitFor();
      assert.equal(await contactButtons(page).count(), toContact - 1);
    }
    await coordinator.getByText(`Torpaskolan Norr: ${inSchool - 1} att kontakta`).waitFor();
  });

  it('keeps a try that reached nobody open, and takes it back', async function () {
    this.timeout(180_000);
    const [page, watching] = [await open('Mentorer åk 8'), await open('Mentorer åk 8')];
    const tried = (on: Page) => on.getByText(/Ej nådd av \S+ \S+ 08:4/).first();

    await contactButtons(cardOf8A(page)).first().click();
    await page.getByRole('button', { name: 'Ej nådd', exact: true }).click();
    for (const on of [page, watching]) await tried(on).waitFor();
    await contactButtons(cardOf8A(page)).first().click();
    await page.getByRole('button', { name: 'Ångra', exact: true }).click();

    await page.getByText('Ångrat.').first().waitFor();
    for (const on of [page, watching]) await tried(on).waitFor({ state: 'detached' });
  });

  it('introduces itself once, however often the page is opened', async function () {
    this.timeout(180_000);
    const page = await open('Mentorer åk 8');
    await page
      .getByText('Läget 08:45')
      .nth(GROUPS.length - 1)
      .waitFor();

    assert.equal(await page.getByText('Hej! Jag är Sedd').count(), 1);
  });

  it('brings the same cards up to date at ten, reminds whoever answers for the others, and sums up for the coordinator', async function () {
    this.timeout(180_000);
    const [mentors, own, coordinator] = [
      await open('Mentorer åk 8'),
      await open('Personal Chat'),
      await open('General'),
    ];

    await step('En timme framåt');
    await step('Fem minuter framåt', 4);

    await mentors
      .getByText(/Läget 10:0\d/)
      .nth(GROUPS.length - 1)
      .waitFor();
    assert.equal(await mentors.getByText('Måndag 23 november').count(), GROUPS.length);
    await own.getByText(/Påminnelse: \d+ elev/).waitFor();
    await coordinator.getByText(/Torpaskolan Norr: \d+ kvar att kontakta/).waitFor();
  });

  it('corrects the card when a guardian reports late, and tells whoever had called', async function () {
    this.timeout(180_000);
    const [mentors, own] = [await open('Mentorer åk 8'), await open('Personal Chat')];
    await mentors
      .getByText(/Läget 10:0\d/)
      .nth(GROUPS.length - 1)
      .waitFor();
    await contactButtons(cardOf8A(mentors)).first().click();
    await mentors.getByRole('button', { name: 'SMS', exact: true }).click();
    await mentors.getByText(/Kontaktad av \S+ \S+ 10:0/).waitFor();

    await step('En timme framåt');
    await step('Fem minuter framåt', 6);

    await mentors
      .getByText(/Läget 11:3/)
      .first()
      .waitFor();
    // Both whom 8A missed have been contacted, and both are reported before half past eleven.
    await own
      .getByText(/Vårdnadshavare har anmält \S+ \S+ efter att du hörde av dig/)
      .nth(1)
      .waitFor();
  });

  it('tells the coordinator at noon who has not been contacted', async function () {
    this.timeout(180_000);
    const coordinator = await open('General');

    await step('En timme framåt');

    await coordinator.getByText(/Torpaskolan Norr \d\d:\d\d: \d+ elever är inte kontaktade/).waitFor();
  });

  asksForCases(() => viewer);
  listsPupils(() => viewer);
  ehtGetsItsList(() => viewer);

  it('gives new cards on the next school morning', async function () {
    this.timeout(180_000);
    const page = await open('Mentorer åk 8');
    const last = GROUPS.length - 1;

    await step('Nästa skolmorgon 08:40');
    await step('Fem minuter framåt');
    await page.getByText('Tisdag 24 november').nth(last).waitFor();
    assert.equal(await page.getByText('Måndag 23 november').count(), GROUPS.length);
  });

  ehtMeets(() => viewer);

  it('never shows a protected pupil anywhere', () => {
    const hidden = demo.municipality.schools.flatMap(({ pupils }) =>
      pupils.filter((pupil) => pupil.isProtected),
    );

    assert.ok(hidden.some((pupil) => pupil.className === '8B'));
    for (const { givenName, familyName } of hidden) {
      assert.ok(
        !seen.some((text) => text.includes(`${givenName} ${familyName}`)),
        `${givenName} ${familyName}`,
      );
    }
    assert.ok(seen.join().includes('Kontaktad av'));
  });

  /** Both whom 8A misses are contacted here; their guardians report at 11:12 and 11:20. */
  function cardOf8A(page: Page): Locator {
    return page.locator('.ac-adaptiveCard', { hasText: /8A: / });
  }

  function contactButtons(within: Page | Locator): Locator {
    return within.getByRole('button', { name: 'Kontaktad', exact: true });
  }

  async function leftInSchool(page: Page): Promise<number> {
    return Number(/Torpaskolan Norr: (\d+) att kontakta/.exec(await textOf(page))?.[1]);
  }
});
