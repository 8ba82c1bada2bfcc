import type { Translator } from '../locales/translator.ts';
import type { PupilName } from '../services/people/pupil-names.ts';
import { asLabel, asText } from './text.ts';

/** "Elin Berg · 8B"; a protected pupil by the reference that a coordinator finds them by. Reads as Markdown. */
export function pupilTitle(pupil: PupilName, words: Translator): string {
  const group = pupil.groupName === '' ? '' : ` · ${asText(pupil.groupName)}`;
  return `${pupilText(pupil, words)}${group}`;
}

/** "Elin Berg", for the middle of a sentence. Reads as Markdown. */
export function pupilText({ name, reference }: PupilName, words: Translator): string {
  return reference === undefined ? asText(name ?? '') : words.t('cases.protected', { reference });
}

/** The same where no Markdown is read. */
export function pupilLabel({ name, reference }: PupilName, words: Translator): string {
  return reference === undefined ? asLabel(name ?? '') : words.t('cases.protected', { reference });
}
