import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommanderError } from 'commander';
import { createProgram } from '../../bot/cli.ts';
import { exitCodeOf, tellingOf } from '../../bot/exit.ts';
import { UsageError } from '../../bot/usage-error.ts';
import { ConfigError } from '../../services/config/config-faults.ts';
import { SeddError } from '../../services/errors.ts';
import { type CommandResult, printed, runSedd } from '../support/sedd-command.ts';

const CREDENTIALS = {
  MicrosoftAppType: 'SingleTenant',
  MicrosoftAppId: '11111111-1111-4111-8111-111111111111',
  MicrosoftAppTenantId: '22222222-2222-4222-8222-222222222222',
  MicrosoftAppPassword: 'a-secret-of-the-bot',
};

describe('the command line', function () {
  this.timeout(60_000);
  let folder: string;
  let occupied: Server;
  let port: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sedd-cli-'));
    writeFileSync(join(folder, 'municipality.yaml'), FILE);
    occupied = createServer();
    await new Promise<void>((resolve) => occupied.listen(0, '127.0.0.1', resolve));
    port = String((occupied.address() as { readonly port: number }).port);
  });
  after(async () => {
    await new Promise((resolve) => occupied.close(resolve));
    rmSync(folder, { recursive: true });
  });

  const cases: readonly (readonly [string, readonly string[], Record<string, string>, number, RegExp])[] = [
    ['with nothing, tells what there is', [], {}, 2, /Usage: sedd \[options\] \[command\]/],
    ['asked for help, tells what there is', ['--help'], {}, 0, /serve +run Sedd/],
    ['with a misspelt command, proposes another', ['statu'], {}, 2, /Did you mean status\?/],
    ['with an option that there is not, says so', ['status', '--all'], {}, 2, /unknown option '--all'/],
    [
      'with a language that there is not, says which',
      ['demo', '--language', 'fi'],
      {},
      2,
      /Allowed choices are sv, en/,
    ],
    ['without the school of a morning, asks for it', ['morning'], {}, 2, /required option '--school <id>'/],
    [
      'with a day that is none, says how one is written',
      ['morning', '--school', 'norr', '--day', '2026-13-45'],
      {},
      2,
      /a date such as 2026-11-23/,
    ],
    [
      'with a time that is none, says how one is written',
      ['morning', '--school', 'norr', '--now', '8.45'],
      {},
      2,
      /a time of day such as 08:45/,
    ],
    [
      'with a misspelt school, proposes another',
      ['morning', '--school', 'nor', '--dry-run'],
      {},
      2,
      /There is no school "nor"\. Did you mean "norr"\?/,
    ],
    [
      'with another school, tells which there are',
      ['morning', '--school', 'kunskapsskolan', '--dry-run'],
      {},
      2,
      /The municipality file has: norr\./,
    ],
    [
      'with a day without school, says so',
      ['morning', '--school', 'norr', '--day', '2026-11-22', '--dry-run'],
      {},
      2,
      /2026-11-22 is no school day at Norrskolan/,
    ],
    [
      'with another day than today, posts nothing',
      ['morning', '--school', 'norr', '--day', '2026-08-19'],
      {},
      2,
      /Cards of another day are not posted\. With --dry-run/,
    ],
    [
      'without credentials, names each that is lacking',
      ['serve'],
      {},
      2,
      /MicrosoftAppType[\s\S]*MicrosoftAppId[\s\S]*MicrosoftAppTenantId/,
    ],
    [
      'without a municipality file, says which',
      ['serve'],
      { ...CREDENTIALS, SEDD_CONFIG: '/nowhere.yaml' },
      2,
      /\/nowhere\.yaml: 1 fault/,
    ],
    [
      'without its database, says what to check, and no password',
      ['status'],
      { DATABASE_URL: 'postgres://sedd:hunter2@127.0.0.1:1/sedd' },
      1,
      /127\.0\.0\.1:1\/sedd does not answer \(ECONNREFUSED\)\. Check DATABASE_URL/,
    ],
  ];

  for (const [name, args, env, code, told] of cases) {
    it(`${name}: exit code ${code}`, async () => {
      const result = await typed(args, env);

      assert.equal(result.code, code, result.err);
      assert.match(result.out + result.err, told);
      assert.doesNotMatch(result.out + result.err, /hunter2|a-secret-of-the-bot|^\s+at /m);
    });
  }

  const processes: readonly (readonly [string, readonly string[], Record<string, string>, number, RegExp])[] =
    [
      ['with wrong usage', ['statu'], {}, 2, /Did you mean status\?/],
      [
        'with nothing to look at',
        ['status'],
        {},
        0,
        /Nothing has run yet\.[\s\S]*Held mornings and readings: 0/,
      ],
      [
        'whose port is taken',
        ['serve'],
        { ...CREDENTIALS, PORT: 'taken' },
        1,
        /cannot be listened on: stop what uses it/,
      ],
    ];

  for (const [name, args, env, code, told] of processes) {
    it(`ends as a process ${name}: exit code ${code}`, async () => {
      const result = await runSedd(args, environment(env));

      assert.equal(result.code, code, result.err);
      assert.match(result.out + result.err, told);
    });
  }

  it('has in its exit code whose fault it was', () => {
    assert.equal(exitCodeOf(new CommanderError(0, 'commander.help', '')), 0);
    assert.equal(exitCodeOf(new CommanderError(1, 'commander.unknownCommand', '')), 2);
    assert.equal(exitCodeOf(new ConfigError('file', [])), 2);
    assert.equal(exitCodeOf(new UsageError('no such school')), 2);
    assert.equal(exitCodeOf(new SeddError('storage.locked', 'in use')), 1);
    assert.equal(exitCodeOf('thrown'), 1);
  });

  it('tells of what it does not know without the data it holds', () => {
    const error = Object.assign(new Error('new row violates check constraint'), {
      code: '23514',
      detail: 'Failing row contains (p1, Elev, Exempel).',
      params: ['Elev'],
    });

    assert.match(String(tellingOf(error)), /does not know: [\s\S]*violates check constraint[\s\S]*23514/);
    assert.doesNotMatch(String(tellingOf(error)), /Elev/);
    assert.equal(tellingOf(new CommanderError(1, 'commander.unknownCommand', 'said already')), undefined);
  });

  /** The same in this process: its exit code, and everything that was told. */
  async function typed(args: readonly string[], env: Record<string, string>): Promise<CommandResult> {
    let err = '';
    const write = (text: string) => {
      err += text;
    };
    let code: number | null = 0;
    const out = await printed(async () => {
      try {
        const program = createProgram(environment(env), { writeOut: write, writeErr: write });
        await program.parseAsync(args, { from: 'user' });
      } catch (error) {
        err += tellingOf(error) ?? '';
        code = exitCodeOf(error);
      }
    });
    return { code, out, err };
  }

  function environment({ PORT, ...env }: Record<string, string>): Record<string, string> {
    return {
      HOST: '127.0.0.1',
      SEDD_CONFIG: join(folder, 'municipality.yaml'),
      SEDD_DATA_DIR: join(folder, 'data'),
      ...(PORT === undefined ? {} : { PORT: port }),
      ...env,
    };
  }
});

const FILE = `
municipality: Testköping
teams: { tenants: [22222222-2222-4222-8222-222222222222] }
calendar:
  schoolYear: 2026/2027
  terms: [{ from: 2026-08-18, to: 2026-12-18 }]
sources:
  - { id: hub, kind: ss12000, url: "http://127.0.0.1:1/", gives: [roster, lessons, notices] }
schools:
  - { id: norr, name: Norrskolan, organisation: 00000009-0000-4000-8000-000000000001 }
`;
