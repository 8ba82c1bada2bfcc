import assert from 'node:assert/strict';
import { parseUtterance } from '../../bot/written/utterance.ts';
import en from '../../manifest/en.json' with { type: 'json' };
import manifest from '../../manifest/manifest.json' with { type: 'json' };

describe('the commands of the manifest', () => {
  const english: Readonly<Record<string, string>> = en;
  const lists = manifest.bots.flatMap((bot) => bot.commandLists);
  const commands = lists.flatMap((list, number) =>
    list.commands.map((command, index) => ({
      ...command,
      key: `bots[0].commandLists[${number}].commands[${index}]`,
    })),
  );
  const titles = new Set(commands.flatMap(({ title, key }) => [title, english[`${key}.title`] ?? '']));

  it('are no more than Teams takes, and described in both languages', () => {
    for (const list of lists) assert.ok(list.commands.length <= 12);
    for (const { description, key } of commands) {
      assert.ok(description.length > 0 && description.length <= 128);
      assert.ok(english[`${key}.description`]);
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
