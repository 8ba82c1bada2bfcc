import assert from 'node:assert/strict';
import { readSources } from './sources.ts';

const TABLES =
  /(?:selectFrom|insertInto|updateTable|deleteFrom|innerJoin|leftJoin)\('eht(?!Meeting)|\beht_(?:decision|point|pupil|step|reminder)\b/;

/** What the clock and the settings call: it answers nothing of EHT's, and opens its rooms itself. */
const ANSWER_NOTHING = /\): Promise<(?:void|boolean|number|'noEhtRoom' \| 'noMeeting' \| undefined)>/;

describe('the room of EHT', () => {
  it('is made in one file alone', async () => {
    const files = await readSources(['services', 'bot', 'cards', 'demo']);

    const makers = files.filter(({ text }) => /as (?:unknown as )?(?:readonly )?EhtRoom\b/.test(text));

    assert.deepEqual(
      makers.map(({ file }) => file),
      ['services/eht/room.ts'],
    );
  });

  it('is asked for by everything that answers something of EHT’s', async () => {
    const files = await readSources(['services/eht']);

    const faults = files.flatMap(({ file, text }) => faultsOf(file, text));

    assert.ok(files.length > 15);
    assert.deepEqual(faults, []);
  });

  it('finds what answers without one', () => {
    const planted = 'export async function readAll(db: Db, schoolId: string): Promise<readonly string[]> {';

    assert.equal(faultsOf('services/eht/a.ts', `${planted}\n  db.selectFrom('ehtDecision')`).length, 1);
  });

  it('is where all that EHT keeps is read', async () => {
    const files = await readSources(['services', 'bot', 'cards', 'demo']);
    const own = /^services\/(?:eht|storage)\//;

    const strangers = files.filter(({ file, text }) => !own.test(file) && TABLES.test(text));

    assert.deepEqual(
      strangers.map(({ file }) => file),
      [],
    );
  });
});

/** Of a file that reads what EHT keeps, the exported functions that ask for no room and still answer something. */
function faultsOf(file: string, text: string): readonly string[] {
  if (file.endsWith('/room.ts') || !TABLES.test(text)) return [];
  const heads = [
    ...text.matchAll(/export async function (\w+)(?:<[^>]*>)?\(([\s\S]*?)\n?\)(: Promise<[\s\S]*?>) \{/g),
  ];
  return heads
    .filter(
      ([, , parameters = '', answer = '']) =>
        !/EhtRoom/.test(parameters) && !ANSWER_NOTHING.test(`)${answer}`),
    )
    .map(([, name]) => `${file}: ${name} answers without a room`);
}
