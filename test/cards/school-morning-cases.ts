import type { SchoolMorningView } from '../../services/morning/school-morning-view.ts';
import { clockTime } from '../support/small-school.ts';

export interface SchoolMorningCase {
  readonly name: string;
  readonly view: Partial<SchoolMorningView>;
  readonly sv: readonly string[];
  readonly en: readonly string[];
}

const held = { state: 'held', lessonsStarted: 30 } as const;
const out = (delivered: string) => [
  'Saknas',
  '12',
  'Anmälda',
  '15',
  'Kontaktade',
  '4',
  'Kort i kanalerna',
  delivered,
];
const outEn = (delivered: string) => [
  'Missing',
  '12',
  'Reported',
  '15',
  'Contacted',
  '4',
  'Cards delivered',
  delivered,
];
const ask = {
  sv: [
    'Mentorerna har inte fått något. Kontrollera i elevsystemet, eller skicka ändå.',
    'Skicka ändå',
    'Skicka korten till mentorerna trots att underlaget är osäkert',
  ],
  en: [
    'The mentors have received nothing. Check in the student system, or send anyway.',
    'Send anyway',
    'Send the cards to the mentors although the data are uncertain',
  ],
};

/** The texts of a whole card in reading order, without title and date. */
export const schoolMorningCases: readonly SchoolMorningCase[] = [
  {
    name: 'says that the cards are out, and how far contact has come',
    view: {},
    sv: ['Läget 08:45 · rapporterade lektioner: 28 av 30', 'Skickat till mentorerna', ...out('9 av 9')],
    en: ['As of 08:45 · lessons reported: 28 of 30', 'Sent to the mentors', ...outEn('9 of 9')],
  },
  {
    name: 'says who let them out',
    view: { releasedBy: { name: 'Karin *K*', at: clockTime('09:02') } },
    sv: [
      'Läget 08:45 · rapporterade lektioner: 28 av 30',
      'Skickat ändå av Karin \\*K\\* 09:02',
      ...out('9 av 9'),
    ],
    en: [
      'As of 08:45 · lessons reported: 28 of 30',
      'Sent anyway by Karin \\*K\\* 09:02',
      ...outEn('9 of 9'),
    ],
  },
  {
    name: 'asks while they are held, and tells nothing that rests on doubtful data',
    view: {
      ...held,
      lessonsReported: 1,
      heldFor: [
        { kind: 'fewLessonsReported', reported: 1, started: 30, least: 0.625 },
        { kind: 'manyAbsent', absent: 120, pupils: 240, usual: 12 },
      ],
      delivery: { groups: 9, delivered: 0, failed: [{ groupName: '8C', code: 'noChannel' }] },
    },
    sv: [
      'Läget 08:45 · rapporterade lektioner: 1 av 30',
      'Bara 1 av 30 lektioner har rapporterats. Minst 62,5\u00A0% behövs.',
      '120 av 240 elever saknas utan anmälan. Vanligt är omkring 12.',
      ...ask.sv,
    ],
    en: [
      'As of 08:45 · lessons reported: 1 of 30',
      'Only 1 of 30 lessons reported. At least 62.5% needed.',
      '120 of 240 pupils missing without notice. About 12 is usual.',
      ...ask.en,
    ],
  },
  {
    name: 'says it of a single lesson',
    view: {
      ...held,
      lessonsStarted: 1,
      lessonsReported: 0,
      heldFor: [{ kind: 'fewLessonsReported', reported: 0, started: 1, least: 0.6 }],
    },
    sv: [
      'Läget 08:45 · rapporterade lektioner: 0 av 1',
      'Den enda lektion som har börjat är inte rapporterad.',
      ...ask.sv,
    ],
    en: [
      'As of 08:45 · lessons reported: 0 of 1',
      'The only lesson that has begun is not reported.',
      ...ask.en,
    ],
  },
  {
    name: 'says that no lesson has begun',
    view: { ...held, lessonsStarted: 0, lessonsReported: 0, heldFor: [{ kind: 'noLessons' }] },
    sv: ['Läget 08:45', 'Ingen lektion har börjat enligt schemat.', ...ask.sv],
    en: ['As of 08:45', 'No lesson has begun according to the timetable.', ...ask.en],
  },
  {
    name: 'tells of protected pupils by number only',
    view: { protectedFollowUps: 2 },
    sv: [
      'Läget 08:45 · rapporterade lektioner: 28 av 30',
      'Skickat till mentorerna',
      ...out('9 av 9'),
      '2 ärenden hanteras enligt särskild rutin.',
    ],
    en: [
      'As of 08:45 · lessons reported: 28 of 30',
      'Sent to the mentors',
      ...outEn('9 of 9'),
      '2 cases are handled according to a special routine.',
    ],
  },
  {
    name: 'tells of pupils whom no card shows',
    view: { withoutGroup: 1, protectedFollowUps: 1 },
    sv: [
      'Läget 08:45 · rapporterade lektioner: 28 av 30',
      'Skickat till mentorerna',
      ...out('9 av 9'),
      '1 elev att kontakta hör inte till någon mentorsgrupp och syns därför inte på något kort. Skriv ”öppna” för att se vem, och be IT lägga in mentorsgruppen i elevsystemet.\n\n1 ärende hanteras enligt särskild rutin.',
    ],
    en: [
      'As of 08:45 · lessons reported: 28 of 30',
      'Sent to the mentors',
      ...outEn('9 of 9'),
      '1 pupil to contact belongs to no mentor group, and so does not appear on any card. Write “open” to see who, and ask IT to enter the mentor group in the student system.\n\n1 case is handled according to a special routine.',
    ],
  },
  {
    name: 'tells which cards did not arrive, and what to do',
    view: {
      protectedFollowUps: 1,
      delivery: { groups: 9, delivered: 8, failed: [{ groupName: '8C', code: 'noChannel' }] },
    },
    sv: [
      'Läget 08:45 · rapporterade lektioner: 28 av 30',
      'Skickat till mentorerna',
      ...out('8 av 9'),
      '1 kort kom inte fram',
      '8C: ingen kanal är kopplad. Skriv @Sedd koppla och gruppens namn i kanalen.',
      '1 ärende hanteras enligt särskild rutin.',
    ],
    en: [
      'As of 08:45 · lessons reported: 28 of 30',
      'Sent to the mentors',
      ...outEn('8 of 9'),
      '1 card did not arrive',
      '8C: no channel is bound. Write @Sedd bind and the group’s name in the channel.',
      '1 case is handled according to a special routine.',
    ],
  },
];
