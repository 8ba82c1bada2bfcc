import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where Chromium is in the distributions that have it. */
const KNOWN = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** A browser that asks nobody but the pages it is given; as root it runs without its sandbox only. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const path = process.env.SEDD_CHROMIUM ?? KNOWN.find((one) => existsSync(one));
const isRequired = (process.env.SEDD_REQUIRE ?? '').split(',').includes('browser');

/** Specs in a browser: where Chromium is, or `SEDD_CHROMIUM` names it. */
export function withBrowser(title: string, specs: (launch: () => Promise<Browser>) => void): void {
  if (path === undefined && isRequired) throw new Error('SEDD_REQUIRE asks for a browser: set SEDD_CHROMIUM');
  if (path === undefined)
    console.log('  Without Chromium (SEDD_CHROMIUM) the tests in a browser are skipped.');
  else describe(title, () => specs(() => chromium.launch({ executablePath: path, args: FLAGS })));
}
