import { Command, Option, type OutputConfiguration } from 'commander';
import type { DemoOptions } from '../demo/start-demo.ts';
import { embeddedCode } from '../services/storage/embedded-code.ts';
import type { MorningOptions } from './commands/morning.ts';
import type { ReportComplianceOptions } from './commands/report-compliance.ts';
import type { RoutineCheckOptions } from './commands/routine-check.ts';
import { calendarDay, numberWithin, timeOfDay, wholeNumberWithin } from './option-values.ts';

const asPort = wholeNumberWithin(0, 65_535);

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The command line: `sedd <command>`, each loaded when it is given. Help and wrong usage are told to the
 * terminal, or to `output`.
 */
export function createProgram(env: Variables, output: OutputConfiguration = {}): Command {
  const program = new Command('sedd')
    .description('Follows up absence in Microsoft Teams: whoever does not come is missed.')
    .configureOutput(output)
    .exitOverride()
    .showHelpAfterError()
    .showSuggestionAfterError();
  program
    .command('serve')
    .description('run Sedd: the morning cards, the follow-up, the bot')
    .action(() => loadAndServe(env));
  program
    .command('demo')
    .description('run a made-up municipality with a local Teams in the browser')
    .option('--speed <n>', 'minutes of the school day that pass in a minute', numberWithin(0.1, 1_000), 60)
    .option('--port <n>', 'port of the local Teams; 0 takes any (56150, or the next that is free)', asPort)
    .option('--seed <n>', 'which municipality is made up', wholeNumberWithin(0, 2 ** 31 - 1), 1)
    .option('--no-past', 'begin on the first day, without the weeks before: sooner there, and no cases yet')
    .addOption(
      new Option('--language <code>', 'what the cards are written in').choices(['sv', 'en']).default('sv'),
    )
    .action(async (options: DemoOptions) => {
      void embeddedCode();
      // The demo is for development: a server's installation has neither its data nor its browser client.
      const { runDemo } = await import('../demo/main.ts');
      await runDemo(options, env);
    });
  program
    .command('doctor')
    .description('try everything that Sedd depends on, and say what to do about what does not work')
    .action(async () => {
      const { doctor } = await import('./commands/doctor.ts');
      await doctor(env);
    });
  program
    .command('status')
    .description('what ran when, and what got through to Teams and what did not')
    .action(async () => {
      const { status } = await import('./commands/status.ts');
      await status(env);
    });
  program
    .command('audit')
    .description('who did what about a pupil, when and from where')
    .requiredOption('--pupil <id>', 'id of the pupil in the student system')
    .action(async (options: { pupil: string }) => {
      const { audit } = await import('./commands/audit.ts');
      await audit(env, options);
    });
  addRoutine(program, env);
  addReport(program, env);
  addMorning(program, env);
  return program;
}

function addMorning(program: Command, env: Variables): void {
  program
    .command('morning')
    .description("run a school's morning now")
    .requiredOption('--school <id>', 'id of the school in the municipality file')
    .option('--day <date>', 'school day, as 2026-11-23; today where left out', calendarDay)
    .option('--dry-run', 'only tell what would be shown, and post nothing')
    .option('--now <time>', 'time of that day, as 08:45; the current one where left out (dry run)', timeOfDay)
    .action(async (options: MorningOptions) => {
      const { morning } = await import('./commands/morning.ts');
      await morning(env, options);
    });
}

function addRoutine(program: Command, env: Variables): void {
  program
    .command('routine')
    .description('the attendance routine')
    .command('check')
    .description(
      'how many pupils each rule of the routine would catch, by the data as they are; figures only',
    )
    .option('--day <date>', 'as of this day, as 2026-11-23; today where left out', calendarDay)
    .option('--school <id>', 'only this school of the municipality file')
    .action(async (options: RoutineCheckOptions) => {
      const { routineCheck } = await import('./commands/routine-check.ts');
      await routineCheck(env, options);
    });
}

function addReport(program: Command, env: Variables): void {
  program
    .command('report')
    .description('reports for a spreadsheet')
    .command('compliance')
    .description('how the routine was followed, per school, level and kind of step')
    .option('--school <id>', 'only this school of the municipality file')
    .option(
      '--from <date>',
      'steps first due from this day, as 2026-08-18; this term where left out',
      calendarDay,
    )
    .option('--to <date>', 'and until this one', calendarDay)
    .option('--out <file>', 'where it is written; to the terminal where left out')
    .option('--within-school', 'show groups of fewer than 5 pupils too: for the school alone')
    .action(async (options: ReportComplianceOptions) => {
      const { reportCompliance } = await import('./commands/report-compliance.ts');
      await reportCompliance(env, options);
    });
}

/** A database in this process is made ready while the rest of the program is being loaded. */
async function loadAndServe(env: Variables): Promise<void> {
  if (!env.DATABASE_URL) void embeddedCode();
  const { serve } = await import('./commands/serve.ts');
  await serve(env);
}
