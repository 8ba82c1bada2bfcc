import type { Browser, Locator, Page } from 'playwright-core';
import type { Demo } from '../../demo/start-demo.ts';

/** A machine that does much else at the same time takes its time. */
const PATIENCE_MS = 60_000;

/** Somebody who looks at a demo in a browser, and steps its clock. */
export interface Viewer {
  readonly demo: Demo;
  /** A page of its own at one of the channels or chats. */
  open(channel: string): Promise<Page>;
  /** Presses a button of the clock's page. */
  step(title: string, times?: number): Promise<void>;
}

export function viewerOf(demo: Demo, browser: Browser, onPage: (page: Page) => void): Viewer {
  return {
    demo,
    open: async (channel) => {
      const page = await browser.newPage();
      page.setDefaultTimeout(PATIENCE_MS);
      onPage(page);
      await page.goto(demo.teamsUrl);
      await page.getByText(channel, { exact: true }).first().click();
      return page;
    },
    step: async (title, times = 1) => {
      const page = await browser.newPage({ locale: 'sv-SE', viewport: { width: 360, height: 740 } });
      await page.goto(demo.controlsUrl);
      const clock = page.locator('[data-fact="time"]');
      for (let time = 0; time < times; time += 1) {
        const before = await clock.textContent();
        await page.getByRole('button', { name: title }).click();
        await page.locator('[data-fact="time"]', { hasNotText: before ?? '' }).waitFor();
      }
      await page.close();
    },
  };
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
