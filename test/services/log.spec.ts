import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { SeddError } from '../../services/errors.ts';
import { createLog } from '../../services/log.ts';
import type { Storage } from '../../services/storage/database.ts';
import { forEachEngine } from '../support/databases.ts';

function recordedLog(level = 'info') {
  const lines: string[] = [];
  return { log: createLog(level, { write: (line) => lines.push(line) }), lines };
}

function only(lines: readonly string[]) {
  const [line, ...others] = lines;
  assert.deepEqual(others, []);
  return JSON.parse(line ?? '');
}

describe('the log', () => {
  it('writes one line of JSON: level, time, data, and a message that never changes', () => {
    const { log, lines } = recordedLog();

    log.warn({ school: 'norr', waiting: 3 }, 'Cards wait');

    const { time, ...rest } = only(lines);
    assert.deepEqual(rest, { level: 40, school: 'norr', waiting: 3, msg: 'Cards wait' });
    assert.match(time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it('leaves out what is below its level', () => {
    const { log, lines } = recordedLog('warn');

    log.info({}, 'A morning is out');
    log.error({}, 'The disk is full');

    assert.equal(only(lines).msg, 'The disk is full');
  });

  it('tells of an error its code, its facts, where it arose, and what caused it', () => {
    const { log, lines } = recordedLog();
    const cause = Object.assign(new Error('connect refused'), { code: 'ECONNREFUSED' });

    log.error({ err: new SeddError('source.down', 'No answer', { source: 'hub' }, cause) }, 'A job failed');

    const { err } = only(lines);
    assert.deepEqual(
      [err.type, err.code, err.message, err.facts],
      ['SeddError', 'source.down', 'No answer', { source: 'hub' }],
    );
    assert.deepEqual([err.cause.code, err.cause.message], ['ECONNREFUSED', 'connect refused']);
    assert.match(err.stack[0], /log\.spec\.ts/);
  });

  it('ends at a few causes, even where they go in a circle', () => {
    const { log, lines } = recordedLog();
    const error = new Error('round');
    error.cause = error;

    log.error({ err: error }, 'A job failed');

    assert.equal(only(lines).err.message, 'round');
  });

  it('tells nothing of what is thrown and is no error but its type', () => {
    const { log, lines } = recordedLog();

    log.error({ err: 'Elev0 Exempel' }, 'A job failed');

    assert.deepEqual(only(lines).err, { type: 'string' });
  });

  it('does not repeat the data that broken JSON was made of', () => {
    const { log, lines } = recordedLog();

    for (const text of ['Elev0', '{"givenName":Elev0}', '{"givenName":"Elev0']) {
      try {
        JSON.parse(text);
      } catch (error) {
        log.error({ err: error }, 'A job failed');
      }
    }

    assert.equal(lines.length, 3);
    assert.doesNotMatch(lines.join(), /Elev/);
  });
});

forEachEngine('the log of a database error', (engine) => {
  let storage: Storage;
  before(async () => {
    storage = await engine.open();
  });
  after(async () => await storage.close());

  async function told(act: () => Promise<unknown>): Promise<string> {
    const { log, lines } = recordedLog();
    await assert.rejects(act, (error) => {
      log.error({ err: error }, 'A job failed');
      return true;
    });
    return lines.join();
  }

  it('names the constraint and not the pupil', async () => {
    const pupil = { id: 'p1', schoolId: 'norr', givenName: 'Hemlig', familyName: 'Skyddsson', grade: 8 };

    const line = await told(() =>
      storage.db
        .insertInto('pupil')
        .values({ ...pupil, isProtected: true, removedAt: null })
        .execute(),
    );

    assert.match(line, /pupil_check/);
    assert.match(line, /23514/);
    assert.doesNotMatch(line, /Hemlig|Skyddsson/);
  });

  it('names the key that stands twice and not its row', async () => {
    const row = { id: 's1', givenName: 'Maja', familyName: 'Mentor' };
    const add = () =>
      storage.db
        .insertInto('staff')
        .values({ ...row, email: null, principalName: null, entraId: null, removedAt: null })
        .execute();
    await add();

    const line = await told(add);

    assert.match(line, /staff_pkey/);
    assert.doesNotMatch(line, /Maja|Mentor/);
  });

  it('does not repeat a value that has the wrong form', async () => {
    const line = await told(() => sql`select ${'Hemlig Skyddsson'}::text::integer`.execute(storage.db));

    assert.match(line, /22P02/);
    assert.doesNotMatch(line, /Hemlig/);
  });
});
