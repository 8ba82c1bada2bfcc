#!/usr/bin/env node
import { createProgram } from './cli.ts';
import { exitCodeOf, tellingOf } from './exit.ts';

try {
  await createProgram(process.env).parseAsync();
} catch (error) {
  const telling = tellingOf(error);
  if (telling !== undefined) console.error(telling);
  process.exitCode = exitCodeOf(error);
}
