import type { Temporal } from 'temporal-polyfill';
import type { DemoClock } from './clock.ts';
import type { EhtMomentKind } from './eht-moments.ts';
import { holdOrResume, type Order, orders, type SchoolTimes, tillEht } from './orders.ts';
import { TIME_ZONE } from './timetable.ts';

export type PageLanguage = 'sv' | 'en';

/** What the page shows of the clock, and asks for every second. */
export interface ClockFacts {
  readonly time: string;
  readonly day: string;
  readonly state: string;
  /** What holding or letting go is called now. */
  readonly hold: string;
  /** Where going on to EHT leads now. */
  readonly eht: string;
}

export interface ClockAndTimes {
  readonly clock: DemoClock;
  readonly times: SchoolTimes;
}

const words = {
  sv: {
    locale: 'sv-SE',
    title: 'Skolklockan',
    held: 'Klockan står stilla.',
    runs: (speed: number) => `Klockan går ${speed} gånger så fort.`,
    hold: 'Stanna klockan',
    resume: 'Låt klockan gå',
    eht: { list: 'Till EHT-listan', begins: 'Till EHT-mötet', over: 'Till EHT-mötets slut' },
    open: 'Till kanalerna',
    invented: 'Sedd, demo. Alla elever, lärare och siffror är påhittade.',
    other: { lang: 'en', name: 'In English' },
  },
  en: {
    locale: 'en-GB',
    title: 'The school’s clock',
    held: 'The clock is held.',
    runs: (speed: number) => `The clock runs ${speed} times as fast.`,
    hold: 'Hold the clock',
    resume: 'Let the clock go',
    eht: { list: 'To EHT’s list', begins: 'To EHT’s meeting', over: 'To the end of EHT’s meeting' },
    open: 'To the channels',
    invented: 'Sedd, demo. All pupils, teachers and figures are invented.',
    other: { lang: 'sv', name: 'På svenska' },
  },
} as const;

/** The demo's time as the school reads it. */
export function clockFacts({ clock, times }: ClockAndTimes, language: PageLanguage): ClockFacts {
  const now = clock.now().toZonedDateTimeISO(TIME_ZONE);
  const { locale, held, runs, hold, resume } = words[language];
  return {
    time: now.toPlainTime().toString({ smallestUnit: 'minute' }),
    day: now.toLocaleString(locale, { weekday: 'long', day: 'numeric', month: 'long' }),
    state: clock.isHeld ? held : runs(clock.speed),
    hold: clock.isHeld ? resume : hold,
    eht: ehtFact(times, clock.now(), language) ?? tillEht.title[language],
  };
}

function ehtFact(
  { nextEht }: SchoolTimes,
  now: Temporal.Instant,
  language: PageLanguage,
): string | undefined {
  const next = nextEht(now);
  if (next === undefined) return undefined;
  const { locale, eht } = words[language];
  const names: Readonly<Record<EhtMomentKind, string>> = eht;
  const at = next.at.toZonedDateTimeISO(TIME_ZONE);
  const day = at.toLocaleString(locale, { weekday: 'long' });
  return `${names[next.kind]}, ${day} ${at.toPlainTime().toString({ smallestUnit: 'minute' })}`;
}

/** The page: works by touch on a narrow screen, and without scripts. */
export function controlsPage(
  deps: ClockAndTimes & { readonly teamsUrl: string },
  language: PageLanguage,
): string {
  const { teamsUrl } = deps;
  const { title, open, invented, other } = words[language];
  const facts = clockFacts(deps, language);
  // Where the school has no meeting to come, there is nothing to go on to.
  const offered = orders.filter(
    (order) => order !== tillEht || deps.times.nextEht(deps.clock.now()) !== undefined,
  );
  const buttons = offered.map((order) => {
    const fact = factOf(order);
    const text = fact === undefined ? order.title[language] : facts[fact];
    const data = fact === undefined ? '' : ` data-fact="${fact}"`;
    return `<form method="post" action="/${order.path}?lang=${language}"><button${data}>${text}</button></form>`;
  });
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Sedd – ${title}</title>
<style>${STYLE}</style>
<main>
<h1>${title}</h1>
<p class="time" data-fact="time">${facts.time}</p>
<p><span data-fact="day">${facts.day}</span><br><span data-fact="state">${facts.state}</span></p>
${buttons.join('\n')}
<p><a href="${teamsUrl}">${open}</a> · <a href="/?lang=${other.lang}" lang="${other.lang}">${other.name}</a></p>
<p><small>${invented}</small></p>
</main>
<script>${SCRIPT}</script>
</html>`;
}

/** What an order is called changes for some. */
function factOf(order: Order): 'hold' | 'eht' | undefined {
  if (order === holdOrResume) return 'hold';
  return order === tillEht ? 'eht' : undefined;
}

const STYLE = `
body{font:1.1rem/1.5 system-ui,sans-serif;margin:0}
main{max-width:24rem;margin:0 auto;padding:1.5rem 1rem;text-align:center}
h1{font-size:1.1rem;font-weight:600;margin:0}
.time{font-size:4.5rem;line-height:1.1;font-variant-numeric:tabular-nums;margin:.5rem 0}
button{font:inherit;width:100%;min-height:3.2rem;margin:.3rem 0;border:0;border-radius:.6rem;background:#1d5c63;color:#fff}
button:focus-visible{outline:3px solid #fbc658;outline-offset:2px}
a{color:inherit}`;

/** Keeps the page up to date and its place: a reload would jump back to the top of a small screen. */
const SCRIPT = `
const query = '?lang=' + document.documentElement.lang;
async function show() {
  const facts = await (await fetch('/clock' + query)).json();
  for (const place of document.querySelectorAll('[data-fact]')) place.textContent = facts[place.dataset.fact];
}
setInterval(() => show().catch(() => {}), 1000);
document.addEventListener('submit', (event) => {
  event.preventDefault();
  fetch(event.target.action, { method: 'POST' }).then(show);
});`;
