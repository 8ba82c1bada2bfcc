import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';

let compiled: Promise<WebAssembly.Module> | undefined;

/**
 * The database's machine code, compiled once in a process, by other threads: whoever asks for it early has it ready when the
 * rest of the program has been loaded.
 */
export function embeddedCode(): Promise<WebAssembly.Module> {
  if (compiled !== undefined) return compiled;
  compiled = compile();
  // Whoever asked early does not wait for it; whoever opens the database is told.
  compiled.catch(() => {});
  return compiled;
}

async function compile(): Promise<WebAssembly.Module> {
  // V8 sweeps away code that it has made faster; now and then it loses count, and ends the process (nodejs/node#64500).
  setFlagsFromString('--no-wasm-code-gc');
  const file = new URL('pglite.wasm', import.meta.resolve('@electric-sql/pglite'));
  // At once: while the rest of the program is loaded, a reading piece by piece would hardly get a turn.
  return await WebAssembly.compile(readFileSync(file));
}
