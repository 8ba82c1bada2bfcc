import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { buildAppPackage } from '../../manifest/app-package.ts';

const ids = {
  MicrosoftAppId: '11111111-2222-4333-8444-555555555555',
  TEAMS_APP_ID: '66666666-7777-4888-9999-000000000000',
};

describe('the Teams app package', () => {
  it('is what Teams accepts', async () => {
    const { faults } = await buildAppPackage(ids);

    assert.deepEqual(faults, []);
  });

  it('carries the ids of the environment, the texts and the icons', async () => {
    const files = unzipSync((await buildAppPackage(ids)).zip);

    assert.deepEqual(Object.keys(files).sort(), ['color.png', 'en.json', 'manifest.json', 'outline.png']);
    const manifest = JSON.parse(new TextDecoder().decode(files['manifest.json']));
    assert.equal(manifest.id, ids.TEAMS_APP_ID);
    assert.equal(manifest.bots[0].botId, ids.MicrosoftAppId);
  });

  it('takes an empty variable for one that is not set', async () => {
    const { zip, faults } = await buildAppPackage({ ...ids, TEAMS_APP_ID: '' });

    assert.deepEqual(faults, []);
    const manifest = JSON.parse(new TextDecoder().decode(unzipSync(zip)['manifest.json']));
    assert.equal(manifest.id, ids.MicrosoftAppId);
  });

  it('has the version of the project', async () => {
    const files = unzipSync((await buildAppPackage(ids)).zip);

    const { version } = JSON.parse(await readFile(join(import.meta.dirname, '../../package.json'), 'utf8'));
    assert.equal(JSON.parse(new TextDecoder().decode(files['manifest.json'])).version, version);
  });

  it('is refused with an id that is none', async () => {
    const { faults } = await buildAppPackage({ MicrosoftAppId: 'not-an-id' });

    assert.notDeepEqual(faults, []);
  });
});
