import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import type { Demo } from '../../demo/start-demo.ts';

/** A machine that does much else at the same time takes its time. */
const PATIENCE_MS = 60_000;

/** Somebody who looks at a demo in a browser, and steps its clock. */
export interface Viewer {
  readonly demo: Demo;
  /** A page of its own at one of the channels or chats, until it is given back. */
  open(channel: string): Promise<Page>;
  /** Takes a page back, to be opened again: the local Teams takes seconds to load. */
  giveBack(page: Page): void;
  /** Presses a button of the clock's page. */
  step(title: string, times?: number): Promise<void>;
}

export async function viewerOf(demo: Demo, browser: Browser, onPage: (page: Page) => void): Promise<Viewer> {
  const idle: Page[] = [];
  const clockPage = await openClock(await browser.newContext({ locale: 'sv-SE', viewport: PHONE }), demo);
  return {
    demo,
    open: async (channel) => {
      const page = idle.pop() ?? (await openTeams(browser, demo));
      onPage(page);
      await page.getByText(channel, { exact: true }).first().click();
      return page;
    },
    giveBack: (page) => void idle.push(page),
    step: async (title, times = 1) => {
      const clock = clockPage.locator('[data-fact="time"]');
      for (let time = 0; time < times; time += 1) {
        const before = await clock.textContent();
        await clockPage.getByRole('button', { name: title }).click();
        await clockPage.locator('[data-fact="time"]', { hasNotText: before ?? '' }).waitFor();
      }
    },
  };
}

async function openTeams(browser: Browser, demo: Demo): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(demo.teamsUrl);
  return page;
}

const PHONE = { width: 360, height: 740 };

async function openClock(context: BrowserContext, demo: Demo): Promise<Page> {
  const page = await context.newPage();
  await page.goto(demo.controlsUrl);
  return page;
}

/** The newest card of a chat that says this, and goes on being it whatever it says next: what comes later stands below it. */
export async function cardThatSays(page: Page, text: string): Promise<Locator> {
  await page.locator('.ac-adaptiveCard', { hasText: text }).last().waitFor();
  const cards = page.locator('.ac-adaptiveCard');
  const texts = await cards.allInnerTexts();
  return cards.nth(texts.findLastIndex((one) => one.includes(text)));
}

export async function says(card: Locator): Promise<string> {
  return (await card.allInnerTexts()).join('\n');
}

export async function press(within: Locator, name: string | RegExp, place = 0): Promise<void> {
  await within.getByRole('button', { name }).nth(place).click();
}

export async function textOf(page: Page): Promise<string> {
  return (await page.locator('body').allInnerTexts()).join('\n');
}

/** What the cards on a page say: not what the local Teams writes beside them. */
export async function cardTexts(page: Page): Promise<string> {
  return (await page.locator('.ac-adaptiveCard').allInnerTexts()).join('\n');
}
