import { mkdir, writeFile } from 'node:fs/promises';
import { buildAppPackage } from './app-package.ts';

/** `npm run manifest`: packs dist/sedd-teams.zip; with `--check` only says whether it would be accepted. */
const isCheck = process.argv.includes('--check');
const { zip, faults } = await buildAppPackage(process.env);

if (!isCheck && (process.env.MicrosoftAppId ?? '') === '') {
  console.error('Set MicrosoftAppId to the id of the bot that you registered in Azure, and run this again.');
  process.exit(2);
}
if (faults.length > 0) {
  console.error(`The manifest would be refused:\n${faults.map((fault) => `- ${fault}`).join('\n')}`);
  process.exit(1);
}
if (isCheck) {
  console.log('The manifest is valid.');
} else {
  await mkdir('dist', { recursive: true });
  await writeFile('dist/sedd-teams.zip', zip);
  console.log('dist/sedd-teams.zip is ready: upload it in the Teams admin centre under "Manage apps".');
}
