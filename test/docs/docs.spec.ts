import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseUtterance } from '../../bot/written/utterance.ts';

const root = join(import.meta.dirname, '../..');
const GUIDES = [
  'docs/mentorer.md',
  'docs/kontaktpersoner.md',
  'docs/narvarokoordinatorer.md',
  'docs/rektorer.md',
  'docs/eht.md',
];
const LARGEST_PICTURE = 40 * 1024;

describe('the documents', () => {
  const documents = [
    'README.md',
    'CONTRIBUTING.md',
    ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => join('docs', name)),
  ];

  for (const document of documents) {
    it(`lead and point only to what there is: ${document}`, () => {
      const text = readFileSync(join(root, document), 'utf8');

      const missing = [
        ...linksIn(text).map((link) => join(dirname(document), link)),
        ...pathsIn(text),
      ].filter((path) => !existsSync(join(root, path)));

      assert.deepEqual(missing, []);
    });
  }

  for (const guide of GUIDES) {
    it(`give only sentences that Sedd understands: ${guide}`, () => {
      const sentences = sentencesIn(readFileSync(join(root, guide), 'utf8'));

      const unknown = sentences.filter((sentence) => parseUtterance(sentence).kind === 'unknown');

      assert.ok(sentences.length >= 2);
      assert.deepEqual(unknown, []);
    });
  }

  it('have small pictures, and none that nobody sees', () => {
    const text = documents.map((document) => readFileSync(join(root, document), 'utf8')).join('\n');

    for (const picture of readdirSync(join(root, 'docs/pictures'))) {
      assert.ok(statSync(join(root, 'docs/pictures', picture)).size <= LARGEST_PICTURE, picture);
      assert.ok(text.includes(`pictures/${picture}`), picture);
    }
  });
});

/** Links and pictures that lead to a file of the project, as they stand. */
function linksIn(text: string): readonly string[] {
  const links = [...text.matchAll(/\]\(([^)\s]+)\)|<img src="([^"]+)"/g)].map(
    ([, link, picture]) => link ?? picture ?? '',
  );
  return links
    .filter((link) => !/^[a-z]+:/.test(link))
    .map((link) => link.replace(/#.*/, ''))
    .filter(Boolean);
}

/** Files and folders that are named from the root; one with a gap to fill in (`<name>`) is none. */
function pathsIn(text: string): readonly string[] {
  const folder = 'bot|cards|services|locales|config|manifest|demo|bench|docs|test';
  return [...text.matchAll(new RegExp(`\`((?:${folder})/[\\w./-]*)\``, 'g'))].map(([, path]) => path ?? '');
}

/** What a guide tells to write: code that begins with a letter and is nobody's name for a thing. */
function sentencesIn(text: string): readonly string[] {
  return [...text.matchAll(/`(\p{Ll}[^`]*)`/gu)].map(([, sentence]) => sentence ?? '');
}
