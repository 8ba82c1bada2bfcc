import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { SHOWN_SCHOOL } from '../../demo/configuration.ts';
import type { DemoMunicipality, DemoPupil } from '../../demo/municipality.ts';
import { cardTexts, cardThatSays, press, says, textOf, type Viewer } from './viewer.ts';

/** What only EHT's own cards say. */
const ONLY_EHT = /EHT-checklista|Avsluta mötet|Kvar att följa upp|Kartlägg vidare/;
const GROUP_CHAT = 'EHT Torpaskolan Norr';
const TIMEOUT_MS = 180_000;

/** From the limit to the step: the demo stands between ten and two o'clock of its first day. */
export function asksForCases(viewerNow: () => Viewer): void {
  it('proposes cases to the coordinator, tells why, and asks for the steps when they are accepted', async function () {
    this.timeout(TIMEOUT_MS);
    const [coordinator, ownChat] = [
      await viewerNow().open('General'),
      await viewerNow().open('Personal Chat'),
    ];
    // Whatever it says: in a channel, newer cards push it down.
    const card = coordinator.locator('.ac-adaptiveCard', {
      hasText: /närvarorutinen väntar|Steg om du godtar/,
    });
    await card.getByText('ärenden i närvarorutinen väntar').waitFor();
    const proposed = await says(card);
    assert.match(
      proposed,
      /Brev, EHT och enkel utredning\n+\S+ \S+ · 8B\n+2\d,\d\u00a0% frånvaro på fyra veckor/,
    );
    assert.match(proposed, /Elev med skyddade uppgifter, ref\. \w+/);

    const own = proposed.indexOf(' · 8B', proposed.indexOf('Brev, EHT och enkel utredning'));
    await press(card, 'Öppna', (proposed.slice(0, own).match(/Öppna/g) ?? []).length);
    await card.getByText('Steg om du godtar').waitFor();
    assert.match(await says(card), /· 8B[\s\S]+gränsen är 20\u00a0%[\s\S]+Brev till vårdnadshavare: /);
    await press(card, 'Tillbaka');
    await press(card, /Godta alla \d/);

    await card.getByText('inget ärende i närvarorutinen väntar').waitFor();
    await ownChat.getByText(/Du har \d+ steg att göra i närvarorutinen/).waitFor();
  });

  it('has the coordinator take a letter on, step by step, and say that a step is done', async function () {
    this.timeout(TIMEOUT_MS);
    const page = await viewerNow().open('Personal Chat');
    const card = await cardThatSays(page, 'steg att göra i närvarorutinen');
    const open = await stepsToDo(card);

    for (const stage of ['Brevet är valt', 'Brevet är godkänt', 'Brevet är skickat']) {
      await press(card, 'Hantera', await placeOf(card, 'Brev till vårdnadshavare'));
      await press(card, stage);
      await card.getByText(/Du har \d+ steg att göra/).waitFor();
      // No person is so quick that the update of what they have just done takes the place of what they press next.
      await viewerNow().demo.delivered();
    }
    await page.getByText(`Du har ${open - 1} steg att göra i närvarorutinen`).waitFor();
    await press(card, 'Hantera', await placeOf(card, 'Eleven tas upp på EHT'));
    await press(card, 'Klart');

    await page.getByText(`Du har ${open - 2} steg att göra i närvarorutinen`).waitFor();
    assert.match(await says(card), /✓ [\s\S]+sparat av \S+ \S+/);
  });
}

export function listsPupils(viewerNow: () => Viewer): void {
  it('lists pupils over a limit, and shows one’s page with its course and pattern', async function () {
    this.timeout(TIMEOUT_MS);
    const page = await viewerNow().open('Personal Chat');

    await write(page, 'elever 8B');
    const card = await cardThatSays(page, 'elever i närvarorutinen');
    assert.match(await says(card), /8B · /);
    await press(card, 'Öppna');

    await card.getByText('Mönster den här terminen').waitFor();
    const text = await says(card);
    for (const part of [
      /8B/,
      /Kontaktperson/,
      /Frånvaro vecka för vecka\n[\s\S]+v\. 47: /,
      /Nivåer och steg/,
    ])
      assert.match(text, part);
  });

  it('tells of a pupil who gets lost between buildings that it is after a change of building', async function () {
    this.timeout(TIMEOUT_MS);
    const lost = whoIsLost(viewerNow().demo.municipality);
    const page = await viewerNow().open('Personal Chat');

    await write(page, `elever ${lost.className}`);
    const card = await cardThatSays(page, `Visar ${lost.className}`);
    await press(card, 'Öppna', placeIn(await says(card), `${lost.givenName} ${lost.familyName}`, 'Öppna'));

    await card.getByText('Mönster den här terminen').waitFor();
    assert.match(await says(card), /Oftare borta efter ett byte av hus: /);
  });
}

/** The list of tomorrow's meeting, at two o'clock. */
export function ehtGetsItsList(viewerNow: () => Viewer): void {
  it('posts EHT’s list the day before, where steps and points are ticked and decisions made', async function () {
    this.timeout(TIMEOUT_MS);
    const page = await viewerNow().open(GROUP_CHAT);
    await viewerNow().step('Till EHT');
    const card = await cardThatSays(page, 'Elevhälsoträff tisdag 24 november');
    const list = await says(card);
    for (const part of [/Kvar att följa upp \(\d+\)/, /Nya sedan förra mötet \(\d+\)/, /särskild rutin/])
      assert.match(list, part);
    const before = stepsInTime(list);

    await press(card, 'Öppna', placeIn(list, 'Nya sedan förra mötet', 'Öppna'));
    await card.getByText('EHT-checklista').waitFor();
    const place = await untilStepOfToday(card);
    const name = (await says(card)).split('\n')[0] ?? '';
    await press(card, 'Klart', place);
    await card.getByText('Sparat').waitFor();
    await card.getByRole('button', { name: 'Klart', exact: true }).last().click();
    await card.getByRole('button', { name: 'Ångra', exact: true }).first().waitFor();
    await press(card, 'Nytt beslut');
    await choose(page, card, 'Vad beslutar EHT?', 'Kartlägg vidare');
    await choose(page, card, 'Vem ansvarar?', /./);
    await card.getByRole('button', { name: 'Besluta', exact: true }).click();
    await card.getByText(/Beslutat\. Ska vara klart/).waitFor();
    await press(card, 'Till listan');

    await card.getByText(/Kvar att följa upp/).waitFor();
    const after = await says(card);
    assert.ok(after.includes(name.split(' · ')[0] ?? 'nobody'), name);
    assert.match(after, /1 beslut kvar/);
    assert.ok(stepsInTime(after) > before, `${before} ${stepsInTime(after)}`);
  });
}

/** The second day, from its morning on. */
export function ehtMeets(viewerNow: () => Viewer): void {
  it('closes EHT’s meeting with a summary of who was taken up and what was decided', async function () {
    this.timeout(TIMEOUT_MS);
    const page = await viewerNow().open(GROUP_CHAT);
    await viewerNow().step('Till EHT');
    const card = await cardThatSays(page, 'Elevhälsoträff tisdag 24 november');

    await press(card, 'Avsluta mötet');

    const summary = await cardThatSays(page, 'Sammanfattning av elevhälsoträffen');
    assert.match(await says(summary), /1 elev togs upp[\s\S]+Kartlägg vidare/);
  });

  it('says nothing of EHT’s anywhere else', async function () {
    this.timeout(TIMEOUT_MS);
    for (const channel of ['General', 'Mentorer åk 8', 'Personal Chat']) {
      const page = await viewerNow().open(channel);
      await page.locator('.ac-adaptiveCard').first().waitFor();

      assert.doesNotMatch(await cardTexts(page), ONLY_EHT, channel);
    }
    assert.match(await textOf(await viewerNow().open(GROUP_CHAT)), /Elevhälsoträff/);
  });
}

async function choose(page: Page, card: Locator, label: string, option: string | RegExp): Promise<void> {
  await card.getByLabel(label).first().click();
  await page.getByRole('option', { name: option }).first().click();
}

async function stepsToDo(card: Locator): Promise<number> {
  return Number(/Du har (\d+) steg/.exec(await says(card))?.[1]);
}

/** Which of the buttons belongs to the first row that says this. */
async function placeOf(card: Locator, text: string): Promise<number> {
  return placeIn(await says(card), text, 'Hantera');
}

function placeIn(all: string, text: string, button: string): number {
  return (all.split(text)[0]?.match(new RegExp(`^${button}$`, 'gm')) ?? []).length;
}

/** Goes from pupil to pupil until one has a step that counts as in time if it is done now; answers which "Klart" is its. */
async function untilStepOfToday(card: Locator): Promise<number> {
  for (let looked = 0; looked < MOST_PUPILS; looked += 1) {
    const pupil = await says(card);
    const place = placeOfStep(pupil, 'ska vara klart mån 23/11');
    if (place >= 0) return place;
    const number = Number(/^(\d+) av \d+ ·/m.exec(pupil)?.[1]);
    await press(card, 'Nästa');
    await card.getByText(new RegExp(`^${number + 1} av`)).waitFor();
  }
  return assert.fail('no step is due today');
}

const MOST_PUPILS = 25;

/** Which "Klart" is of a step that is due so and that nothing else has to come before, as something has before a letter is sent. */
function placeOfStep(pupil: string, due: string): number {
  const lines = pupil.split('\n').filter(Boolean);
  const step = lines.findIndex(
    (line, at) => lines[at + 1]?.startsWith(due) && !/^(?:Brev|Kontaktperson|Eleven tas upp)/.test(line),
  );
  return step < 0 ? step : lines.slice(0, step).filter((line) => line === 'Klart').length;
}

/** Of the term, as the list's head says. */
function stepsInTime(list: string): number {
  return Number(/den här terminen: (\d+) av \d+ steg i tid/.exec(list)?.[1]);
}

async function write(page: Page, text: string): Promise<void> {
  const field = page.getByRole('textbox').last();
  await field.click();
  await field.pressSequentially(text);
  await field.press('Enter');
}

/** One of the pupils who get lost on their way to another building. */
function whoIsLost({ schools }: DemoMunicipality): DemoPupil {
  const shown = schools.find(({ id }) => id === SHOWN_SCHOOL);
  const found = shown?.groups.flatMap(({ pupils }) => pupils).find((pupil) => pupil.isLostOnTheWay);
  assert.ok(found !== undefined);
  return found;
}
