import type { Translator } from '../locales/translator.ts';
import type { EhtPupilView } from '../services/eht/pupil-view.ts';
import template from './eht-pupil.json' with { type: 'json' };
import { pupilSections } from './eht-pupil-sections.ts';
import { absenceText, nameAndGroup } from './eht-text.ts';
import { type On, onText } from './on.ts';
import { cardTemplate } from './render.ts';
import { asText } from './text.ts';

const render = cardTemplate(template);
/**
 * One pupil of EHT's list, for whoever pressed: what has been done and is to be done, each to tick with one press. It stands in
 * the place of the list until they go back to it; what is only looked at, before and after a meeting, has nothing to press.
 */
export function ehtPupilCard(view: EhtPupilView, on: On, words: Translator, notice = ''): object {
  const { line, list, place } = view;
  const isWorkedIn = list.state === 'open' || list.state === 'closed';
  const about = { view, words, on: onText(on), isWorkedIn };
  return render({
    lang: words.language,
    title: `${line.isTakenUp ? '✓ ' : ''}${nameAndGroup(line.name, line.groupName)}`,
    place: words.t('eht.place', { number: place.number, of: place.of, date: words.date(list.day) }),
    notice,
    lines: lines(view, words).map((text) => ({ text })),
    sections: pupilSections(about),
    deeds: isWorkedIn ? deeds(view, words) : [],
    turns: turns(view, words),
    toList: words.t('eht.toList'),
    pupil: line.pupilId,
    on: onText(on),
  });
}

function lines({ line, levels, term, list }: EhtPupilView, words: Translator): readonly string[] {
  const { contactPerson, fourWeeks } = line;
  return [
    ...levels.map(({ name, since }) =>
      words.t('eht.levelSince', { level: asText(name), day: words.shortDay(since) }),
    ),
    words.t('eht.fourWeeks', { day: words.shortDay(list.asOf), absence: absenceText(fourWeeks, words) }),
    words.t('eht.thisTerm', { absence: absenceText(term, words) }),
    contactPerson === undefined
      ? words.t('eht.contactPersonNone')
      : words.t('eht.contactPersonIs', { name: asText(contactPerson) }),
  ];
}

function deeds({ line, offered, people }: EhtPupilView, words: Translator) {
  const mayDecide = offered.length > 0 && people.length > 0;
  return [
    line.isTakenUp
      ? { title: words.t('eht.putBack'), verb: 'eht.putBack' }
      : { title: words.t('eht.takeUp'), verb: 'eht.takeUp' },
    ...(mayDecide ? [{ title: words.t('eht.decideNew'), verb: 'eht.askDecision' }] : []),
  ];
}

function turns({ previousId, nextId }: EhtPupilView, words: Translator) {
  const back = previousId === undefined ? [] : [{ title: words.t('eht.previous'), pupil: previousId }];
  const on = nextId === undefined ? [] : [{ title: words.t('eht.next'), pupil: nextId }];
  return [...back, ...on];
}
