import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { Temporal } from 'temporal-polyfill';
import { morning } from '../../../bot/commands/morning.ts';
import { openStorage } from '../../../services/storage/database.ts';
import { printed } from '../../support/sedd-command.ts';
import { MONDAY } from '../../support/small-school.ts';
import { openTestMunicipality, type TestMunicipality } from './municipality.ts';

describe('sedd morning', () => {
  let municipality: TestMunicipality;
  let text: string;

  before(async () => {
    municipality = await openTestMunicipality();
    text = await printed(() => dryRun('08:45'));
  });
  after(() => municipality.close());

  it('tells without Teams what a morning would show, in figures', () => {
    assert.match(
      text,
      /^Torpaskolan Norr \(torpaskolan-norr\), 2026-11-23, as of 08:45\nThe cards would go out\.\n/,
    );
    assert.match(text, /missing without notice +\d+\n/);
    assert.match(text, /lessons reported +\d+ of \d+\n/);
  });

  it('tells where the card of each mentor group would go', () => {
    assert.match(text, /\n {2}8A +\d+ missing, \d+ to contact +19:8a@thread\.tacv2\n/);
    assert.match(text, /\n {2}8B +\d+ missing, \d+ to contact +19:8b@thread\.tacv2\n/);
    assert.match(text, /\n {2}8C +\d+ missing, \d+ to contact +no channel\n/);
  });

  it('names nobody', () => {
    assert.ok(municipality.names.length > 100);
    for (const name of municipality.names) assert.ok(!text.includes(name), name);
  });

  it('keeps nothing of a dry run', () => {
    assert.ok(!existsSync(municipality.env.SEDD_DATA_DIR ?? ''));
  });

  it('tells why the cards would be held, at a time when they would be', async () => {
    const early = await printed(() => dryRun('07:00'));

    assert.match(
      early,
      /as of 07:00\nThe cards would be held until the coordinator says so: no lesson has begun\.\n/,
    );
  });

  describe('while Sedd runs with the data folder', () => {
    let close: () => Promise<void>;

    before(async () => {
      ({ close } = await openStorage({ dataDir: municipality.env.SEDD_DATA_DIR }));
    });
    after(() => close());

    it('may still be tried', async () => {
      assert.match(await printed(() => dryRun('08:45')), /The cards would go out/);
    });

    it('leaves the morning to the process that has it, and says what to do', async () => {
      const env = municipality.env;
      const today = Temporal.Now.plainDateISO('Europe/Stockholm');
      const options = { school: 'torpaskolan-norr' };
      const file = await withSchoolDay(today);

      await assert.rejects(morning({ ...env, SEDD_CONFIG: file }, options), {
        code: 'morning.locked',
        message: /does the morning itself at 08:45\. .* stop that process first; with --dry-run/,
      });
    });
  });

  async function dryRun(now: string): Promise<void> {
    await morning(municipality.env, {
      school: 'torpaskolan-norr',
      day: MONDAY,
      dryRun: true,
      now: Temporal.PlainTime.from(now),
    });
  }

  /** The same municipality, with school on the day that it really is. */
  async function withSchoolDay(day: Temporal.PlainDate): Promise<string> {
    const { readFile, writeFile } = await import('node:fs/promises');
    const text = await readFile(municipality.env.SEDD_CONFIG ?? '', 'utf8');
    const path = `${municipality.folder}/today.yaml`;
    await writeFile(path, `${text}    open: [{ from: ${day}, to: ${day} }]\n`);
    return path;
  }
});
