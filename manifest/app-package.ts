import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppManifestUtils, type TeamsManifest } from '@microsoft/app-manifest';
import { zipSync } from 'fflate';

/** What the package holds beside the manifest. */
const FILES = ['en.json', 'color.png', 'outline.png'];
const NO_ID = '00000000-0000-0000-0000-000000000000';
const ICON_SIZES: Readonly<Record<string, number>> = { 'color.png': 192, 'outline.png': 32 };

export interface AppPackage {
  readonly zip: Uint8Array;
  /** What Teams would refuse, one sentence each; empty where it is good. */
  readonly faults: readonly string[];
}

/**
 * Makes the package that is uploaded to Teams. The bot's id comes from `MicrosoftAppId`, the app's own from
 * `TEAMS_APP_ID` where it differs. Checked offline against Microsoft's schema, and for what the schema does not see.
 */
export async function buildAppPackage(
  env: Readonly<Record<string, string | undefined>>,
): Promise<AppPackage> {
  const folder = import.meta.dirname;
  const template = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as TeamsManifest;
  const botId = env.MicrosoftAppId || NO_ID;
  const text = JSON.stringify(template, undefined, 2)
    .replace(`"id": "${NO_ID}"`, `"id": "${env.TEAMS_APP_ID || botId}"`)
    .replaceAll(`"botId": "${NO_ID}"`, `"botId": "${botId}"`);
  const files: Record<string, Uint8Array> = { 'manifest.json': new TextEncoder().encode(text) };
  for (const file of FILES) files[file] = await readFile(join(folder, file));
  const manifest = JSON.parse(text) as TeamsManifest;
  const faults = [...(await schemaFaults(manifest)), ...scopeFaults(manifest), ...iconFaults(files)];
  return { zip: zipSync(files), faults };
}

async function schemaFaults(manifest: TeamsManifest): Promise<readonly string[]> {
  return await AppManifestUtils.validateAgainstSchema(manifest);
}

/** From 1.25 on an app in team scope has to say so at the root; the schema does not ask for it. */
function scopeFaults(manifest: TeamsManifest): readonly string[] {
  const isInTeams = JSON.stringify(manifest).includes('"team"');
  const says = 'supportsChannelFeatures' in manifest && manifest.supportsChannelFeatures === 'tier1';
  return isInTeams && !says ? ['/ needs "supportsChannelFeatures": "tier1" for the team scope'] : [];
}

function iconFaults(files: Readonly<Record<string, Uint8Array>>): readonly string[] {
  return Object.entries(ICON_SIZES).flatMap(([file, size]) => {
    const png = files[file];
    if (png === undefined) return [`${file} is missing`];
    const header = new DataView(png.buffer, png.byteOffset);
    const [width, height] = [header.getUint32(16), header.getUint32(20)];
    return width === size && height === size
      ? []
      : [`${file} is ${width}×${height}, and has to be ${size}×${size}`];
  });
}
