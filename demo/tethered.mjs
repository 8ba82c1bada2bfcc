import { rmSync } from 'node:fs';

// Given to the local Teams' process with --import: it does not outlive whoever started it, however that one ends, and
// leaves no files behind.
const folder = process.env.SEDD_DEMO_FOLDER;

function leave() {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  process.exit();
}

process.once('disconnect', leave);
if (!process.connected) leave();
