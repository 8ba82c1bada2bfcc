import assert from 'node:assert/strict';
import { CommanderError } from 'commander';
import { createProgram } from '../../bot/cli.ts';
import { exitCodeOf } from '../../bot/exit.ts';

describe('the options of the command line', () => {
  const wrong: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['a speed that is no number', ['demo', '--speed', 'fast'], /--speed.*number from 0\.1 to 1000/],
    ['a speed at which nothing would pass', ['demo', '--speed', '0'], /--speed/],
    ['a speed without end', ['demo', '--speed', 'Infinity'], /--speed/],
    ['a speed that is empty', ['demo', '--speed', ''], /--speed/],
    ['a port that is no number', ['demo', '--port', 'http'], /--port.*whole number from 0 to 65535/],
    ['a port that is none', ['demo', '--port', '65536'], /--port/],
    ['half a port', ['demo', '--port', '80.5'], /--port/],
    ['a negative port', ['demo', '--port=-1'], /--port/],
    ['a seed that is no number', ['demo', '--seed', '1e3'], /--seed.*whole number/],
    ['a day that is none', ['morning', '--school', 'norr', '--day', '2026-02-30'], /--day.*2026-11-23/],
    ['an option that there is not', ['demo', '--quick'], /unknown option/],
    ['a command that there is not', ['dmeo'], /unknown command.*\n.*demo/],
  ];
  for (const [name, args, told] of wrong) {
    it(`refuses ${name}, says why, and calls it wrong usage`, async () => {
      const { error, text } = await refusalOf(args);

      assert.ok(error instanceof CommanderError);
      assert.equal(exitCodeOf(error), 2);
      assert.match(text, told);
    });
  }
});

/** What the program says to a line that it does not take. */
async function refusalOf(args: readonly string[]): Promise<{ error: unknown; text: string }> {
  let text = '';
  const program = createProgram({});
  for (const command of [program, ...program.commands]) {
    command.configureOutput({
      writeErr: (part) => {
        text += part;
      },
    });
  }
  const error = await program.parseAsync([...args], { from: 'user' }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { error, text };
}
