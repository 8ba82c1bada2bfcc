import assert from 'node:assert/strict';
import { parseUtterance } from '../../bot/written/utterance.ts';
import en from '../../manifest/en.json' with { type: 'json' };
import manifest from '../../manifest/manifest.json' with { type: 'json' };

describe('the commands of the manifest', () => {
  const english: Readonly<Record<string, string>> = en;
  const commands = manifest.bots.flatMap((bot) => bot.commandLists.flatMap((list) => list.commands));
  const titles = commands.flatMap(({ title }, index) => [
    title,
    english[`bots[0].commandLists[0].commands[${index}].title`] ?? '',
  ]);

  it('are no more than Teams takes, and described in both languages', () => {
    assert.ok(commands.length <= 12);
    for (const [index, { description }] of commands.entries()) {
      assert.ok(description.length > 0 && description.length <= 128);
      assert.ok(english[`bots[0].commandLists[0].commands[${index}].description`]);
    }
  });

  /** Chosen from the list a command may be followed by a name: Teams puts the title in the box, and the person goes on. */
  for (const title of titles) {
    it(`are understood: "${title}"`, () => {
      const alone = parseUtterance(title);
      const named = parseUtterance(`${title} Oscar Larsson`);

      assert.ok(alone.kind !== 'unknown' || named.kind !== 'unknown', `${title}: ${JSON.stringify(alone)}`);
    });
  }
});
