import type { MorningView } from '../../services/morning/morning-view.ts';
import { CLOSED, contacted, lesson, missing, OPEN, pupil, reported } from './views.ts';

const lessons = (lessonsReported: number, lessonsStarted: number, lateArrivals = 0) => ({
  quality: { lessonsReported, lessonsStarted, lateArrivals },
});

export interface MorningCase {
  readonly name: string;
  readonly view: Partial<MorningView>;
  readonly sv: readonly string[];
  readonly en: readonly string[];
}

/** The texts of a whole card in reading order, without the date; a button's tooltip stands after its title. */
export const morningCases: readonly MorningCase[] = [
  {
    name: 'is one quiet line where nobody is to be followed up',
    view: lessons(1, 1),
    sv: ['8C: ingen att följa upp här just nu', 'Läget 08:45 · rapporterade lektioner: 1 av 1'],
    en: ['8C: nobody to follow up here just now', 'As of 08:45 · lessons reported: 1 of 1'],
  },
  {
    name: 'tells of those who came late and are here',
    view: lessons(2, 2, 1),
    sv: [
      '8C: ingen att följa upp här just nu',
      'Läget 08:45 · rapporterade lektioner: 2 av 2 · 1 elev kom sent och är här nu',
    ],
    en: [
      '8C: nobody to follow up here just now',
      'As of 08:45 · lessons reported: 2 of 2 · 1 pupil came late and is here now',
    ],
  },
  {
    name: 'never says that all are here while a lesson is not reported',
    view: { ...lessons(1, 2, 2), unreportedLessons: [lesson('Matematik', '08:10')] },
    sv: [
      '8C: ingen att följa upp här just nu',
      'Läget 08:45 · rapporterade lektioner: 1 av 2 · 2 elever kom sent och är här nu',
      'Ej rapporterade lektioner (1)',
      'Matematik 08:10',
    ],
    en: [
      '8C: nobody to follow up here just now',
      'As of 08:45 · lessons reported: 1 of 2 · 2 pupils came late and are here now',
      'Lessons not reported (1)',
      'Matematik 08:10',
    ],
  },
  {
    name: 'says that nothing is known while nothing is reported',
    view: {
      ...lessons(0, 3),
      unreportedLessons: [
        lesson('Matematik', '08:10'),
        lesson('Slöjd', '08:10'),
        lesson('Matematik', '09:20'),
      ],
    },
    sv: [
      '8C: ingen lektion är rapporterad ännu',
      'Läget 08:45 · rapporterade lektioner: 0 av 3',
      'Ej rapporterade lektioner (3)',
      'Matematik 08:10 och 09:20 · Slöjd 08:10',
    ],
    en: [
      '8C: no lesson has been reported yet',
      'As of 08:45 · lessons reported: 0 of 3',
      'Lessons not reported (3)',
      'Matematik 08:10 and 09:20 · Slöjd 08:10',
    ],
  },
  {
    name: 'says that no lesson has begun',
    view: lessons(0, 0),
    sv: ['8C: ingen lektion har börjat', 'Läget 08:45'],
    en: ['8C: no lesson has begun', 'As of 08:45'],
  },
  {
    name: 'has those to contact first, with a button each, then who has been contacted, then who is reported',
    view: {
      ...lessons(3, 3),
      missing: [
        missing('Elin Berg', { lessonsMissed: 2, lateArrivals: 1, daysInRow: 3, isLongTerm: true }),
        missing('Oscar Ek', { followUp: contacted('Anna Lind', '09:12') }),
      ],
      reported: [
        reported('Vera Dahl'),
        reported('Nils Ask', { notice: 'leave', daysInRow: 2 }),
        reported('Wilma Öst', { notice: 'valid', lessonsMissed: 1 }),
        reported('Åke Ål', { followUp: CLOSED }),
      ],
    },
    sv: [
      '8C: 1 att kontakta',
      'Läget 08:45 · rapporterade lektioner: 3 av 3',
      'Saknas (2)',
      'Elin Berg',
      'långvarig frånvaro · 3:e dagen i rad · borta 2 lektioner · 1 sen ankomst',
      'Kontaktad',
      'Jag har tagit kontakt med Elin Berg',
      '✓ Oscar Ek',
      'Kontaktad av Anna Lind 09:12 · borta 1 lektion',
      'Ändra',
      'Ändra eller ångra det som är sparat om Oscar Ek',
      'Anmälda (4)',
      'Vera Dahl',
      'Nils Ask',
      'beviljad ledighet · borta de 2 senaste skoldagarna',
      'Wilma Öst',
      'giltig enligt läraren · borta 1 lektion',
      '✓ Åke Ål',
      'behöver inte längre kontaktas',
    ],
    en: [
      '8C: 1 to contact',
      'As of 08:45 · lessons reported: 3 of 3',
      'Missing (2)',
      'Elin Berg',
      'long-term absence · 3rd day in a row · missed 2 lessons · 1 late arrival',
      'Contacted',
      'I have made contact with Elin Berg',
      '✓ Oscar Ek',
      'Contacted by Anna Lind 09:12 · missed 1 lesson',
      'Change',
      'Change or undo what is saved about Oscar Ek',
      'Reported (4)',
      'Vera Dahl',
      'Nils Ask',
      'granted leave · away the last 2 school days',
      'Wilma Öst',
      'valid according to the teacher · missed 1 lesson',
      '✓ Åke Ål',
      'no longer needs contact',
    ],
  },
  {
    name: 'keeps long-term absent pupils of whom nothing is known yet, and says why they are there',
    view: {
      ...lessons(0, 1),
      notSeenYet: [
        pupil('Elin Berg', { isLongTerm: true, daysInRow: 12, followUp: OPEN }),
        pupil('Oscar Ek', { isLongTerm: true, daysInRow: 1, followUp: OPEN }),
      ],
    },
    sv: [
      '8C: 2 att kontakta',
      'Läget 08:45 · rapporterade lektioner: 0 av 1',
      'Ännu inte sedda (2)',
      'Långvarigt frånvarande. Kontaktas varje dag tills de är sedda.',
      'Elin Berg',
      'borta de 12 senaste skoldagarna',
      'Kontaktad',
      'Jag har tagit kontakt med Elin Berg',
      'Oscar Ek',
      'borta förra skoldagen',
      'Kontaktad',
      'Jag har tagit kontakt med Oscar Ek',
      'Flera samtidigt',
    ],
    en: [
      '8C: 2 to contact',
      'As of 08:45 · lessons reported: 0 of 1',
      'Not seen yet (2)',
      'Long-term absent. Contacted every day until seen.',
      'Elin Berg',
      'away the last 12 school days',
      'Contacted',
      'I have made contact with Elin Berg',
      'Oscar Ek',
      'away the last school day',
      'Contacted',
      'I have made contact with Oscar Ek',
      'Several at once',
    ],
  },
  {
    name: 'says of each who is long-term absent where not everybody is who is to be seen',
    view: {
      ...lessons(0, 1),
      notSeenYet: [
        pupil('Elin Berg', { isLongTerm: true, daysInRow: 12, followUp: OPEN }),
        pupil('Oscar Ek', { followUp: contacted('Anna Lind', '09:12') }),
      ],
    },
    sv: [
      '8C: 1 att kontakta',
      'Läget 08:45 · rapporterade lektioner: 0 av 1',
      'Ännu inte sedda (2)',
      'Elin Berg',
      'långvarig frånvaro · borta de 12 senaste skoldagarna',
      'Kontaktad',
      'Jag har tagit kontakt med Elin Berg',
      '✓ Oscar Ek',
      'Kontaktad av Anna Lind 09:12',
      'Ändra',
      'Ändra eller ångra det som är sparat om Oscar Ek',
    ],
    en: [
      '8C: 1 to contact',
      'As of 08:45 · lessons reported: 0 of 1',
      'Not seen yet (2)',
      'Elin Berg',
      'long-term absence · away the last 12 school days',
      'Contacted',
      'I have made contact with Elin Berg',
      '✓ Oscar Ek',
      'Contacted by Anna Lind 09:12',
      'Change',
      'Change or undo what is saved about Oscar Ek',
    ],
  },
  {
    name: 'says when nobody is left to contact, and not that nobody is missing',
    view: { missing: [missing('Elin Berg', { followUp: contacted('', '12:05') })] },
    sv: [
      '8C: ingen kvar att kontakta här',
      'Läget 08:45 · rapporterade lektioner: 2 av 2',
      'Saknas (1)',
      '✓ Elin Berg',
      'Kontaktad av – 12:05 · borta 1 lektion',
      'Ändra',
      'Ändra eller ångra det som är sparat om Elin Berg',
    ],
    en: [
      '8C: nobody left to contact here',
      'As of 08:45 · lessons reported: 2 of 2',
      'Missing (1)',
      '✓ Elin Berg',
      'Contacted by – 12:05 · missed 1 lesson',
      'Change',
      'Change or undo what is saved about Elin Berg',
    ],
  },
];
