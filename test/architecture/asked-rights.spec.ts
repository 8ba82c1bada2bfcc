import assert from 'node:assert/strict';
import { actions } from '../../services/people/permissions.ts';
import { readSources } from './sources.ts';

describe('the table of what may be done', () => {
  it('has no action that no code asks for', async () => {
    const sources = await readSources(['bot', 'services']);

    const asked = new Set(sources.flatMap(({ text }) => askedIn(text)));

    assert.deepEqual(
      actions.filter((action) => !asked.has(action)),
      [],
    );
  });

  const questions: readonly (readonly [string, readonly string[]])[] = [
    ["if (!(await may(deps, context, 'undo', undefined)))", ['undo']],
    ["if (!may('undo')) return;", ['undo']],
    ["mayWrite(\n  deps,\n  context,\n  isOwn ? 'undo' : 'undoOthers',\n)", ['undo', 'undoOthers']],
    ["mayDo(deps, person, { action: 'undo', school })", ['undo', 'undo']],
    ["const request = { action: 'undo' };", ['undo']],
    ["wholeSchools(municipality, person, 'undo')", ['undo']],
    ["says: { kind: 'remindAll' }", []],
    ["case 'remindAll':", []],
  ];
  for (const [source, actionsAsked] of questions) {
    it(`is asked ${actionsAsked.length === 0 ? 'nothing' : 'of a right'} by ${source}`, () => {
      assert.deepEqual(askedIn(source), actionsAsked);
    });
  }
});

/** Every name that stands in a question for a right; the table and the names of commands are none. */
function askedIn(source: string): readonly string[] {
  const questions = [...source.matchAll(/\b(?:may|mayWrite|mayDo|mayForAll|wholeSchools)\(([^()]*)\)/g)];
  const requests = [...source.matchAll(/\baction: ('\w+')/g)];
  return [...questions, ...requests].flatMap(([, text = '']) =>
    [...text.matchAll(/'(\w+)'/g)].map(([, name = '']) => name),
  );
}
