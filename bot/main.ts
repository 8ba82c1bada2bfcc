#!/usr/bin/env node
import { createProgram } from './cli.ts';
import { exitCodeOf, tellError } from './exit.ts';

try {
  await createProgram(process.env).parseAsync();
} catch (error) {
  tellError(error);
  process.exitCode = exitCodeOf(error);
}
