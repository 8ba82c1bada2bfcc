import type { TextKey, Translator } from '../locales/translator.ts';
import type { MorningView, PupilLine } from '../services/morning/morning-view.ts';
import { type PupilRow, pupilRow } from './pupil-row.ts';
import { asText } from './text.ts';

/** A section of the card: a heading, a line under it, and pupils. */
export interface Section {
  readonly title: string;
  readonly text: string;
  readonly rows: readonly PupilRow[];
}

/** More lessons than this are counted and not named. */
const MOST_LESSONS = 40;

/** What the card says below its head; a section with nothing in it is left out. */
export function morningSections(view: MorningView, words: Translator): readonly Section[] {
  const rows = (pupils: readonly PupilLine[], isLongTermSaid = false) =>
    pupils.map((pupil) => pupilRow(pupil, words, { isLongTermSaid }));
  const areLongTerm = view.notSeenYet.every(({ isLongTerm }) => isLongTerm);
  const title = (key: TextKey, { length: count }: readonly PupilLine[]) => words.t(key, { count });
  const sections: readonly Section[] = [
    { title: title('card.missing', view.missing), text: '', rows: rows(view.missing) },
    {
      title: title('card.notSeenYet', view.notSeenYet),
      text: areLongTerm ? words.t('card.notSeenYetHint') : '',
      rows: rows(view.notSeenYet, areLongTerm),
    },
    { title: title('card.reported', view.reported), text: '', rows: rows(view.reported) },
  ];
  return [...sections.filter((section) => section.rows.length > 0), ...unreported(view, words)];
}

/** "Matematik 08:10 och 09:20 · Idrott 10:00": lessons of one subject share their times. */
function unreported({ unreportedLessons: lessons }: MorningView, words: Translator): readonly Section[] {
  if (lessons.length === 0) return [];
  const times = new Map<string, Set<string>>();
  for (const { subject, startsAt } of lessons.slice(0, MOST_LESSONS)) {
    times.set(subject, (times.get(subject) ?? new Set()).add(words.time(startsAt)));
  }
  const named = [...times].map(([subject, starts]) => `${asText(subject)} ${words.list([...starts])}`);
  const unnamed = lessons.length - MOST_LESSONS;
  const more = unnamed > 0 ? [words.t('card.andMore', { count: unnamed })] : [];
  const title = words.t('card.unreportedLessons', { count: lessons.length });
  return [{ title, text: [...named, ...more].join(' · '), rows: [] }];
}
