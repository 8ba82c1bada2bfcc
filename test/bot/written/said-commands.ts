import type { WrittenDay, WrittenSpan } from '../../../bot/written/days.ts';
import type { Said } from './utterances.ts';

export const commands: readonly Said[] = [
  {
    says: { kind: 'help' },
    texts:
      'hjälp | hjalp | Hjälp! | hjälpp | hlep | help | ? | vad kan du | vad kan du göra? | what can you do? | /help | hej | hej Sedd! | kan du hjälpa mig?',
  },
  { says: { kind: 'status' }, texts: 'status | Status? | stauts | visa status | status nu | status, tack' },
  {
    says: { kind: 'mine' },
    texts:
      'mina elever | mina | Mina elever i dag | visa mina elever | vilka är mina elever? | mina elver | my pupils | my students',
  },
  {
    says: { kind: 'steps' },
    texts:
      'mina steg | Mina steg | mina stegen | visa mina steg | mina ärenden | mina arenden | vilka steg har jag? | steg | my steps | show my steps | ' +
      'mina stge | my tasks',
  },
  {
    says: { kind: 'cases' },
    texts:
      'ärenden | arenden | Ärenden | nya ärenden | visa ärenden | vilka ärenden väntar? | närvarorutinen | cases | new cases | show cases',
  },
  {
    says: { kind: 'open' },
    texts:
      'öppna | oppna | lista öppna | vilka är kvar | vilka är kvar? | vilka är inte kontaktade | visa öppna ärenden | open | list open | ' +
      "who is left? | what's left",
  },
  {
    says: { kind: 'remindAll' },
    texts:
      'påminn alla | paminn alla | påminn alla mentorer | kan du påminna alla? | remind all | remind everyone',
  },
  {
    says: { kind: 'digest' },
    texts:
      'läget | laget | hur är läget? | dagens läge | sammanställning | sammanstälning | digest | summary',
  },
  {
    says: { kind: 'pupils', filters: '' },
    texts: 'elever | Elever | visa elever | elevlista | pupils | show students',
  },
  { says: { kind: 'pupils', filters: '8B' }, texts: 'elever 8B | pupils 8B | kan du visa elever 8B?' },
  {
    says: { kind: 'pupils', filters: 'åk 8 utan kontaktperson' },
    texts: 'elever åk 8 utan kontaktperson | visa elever åk 8 utan kontaktperson',
  },
  { says: { kind: 'pupils', filters: 'without contact person' }, texts: 'pupils without contact person' },
  { says: { kind: 'pupils', filters: 'försenade' }, texts: 'elever försenade' },
  {
    says: { kind: 'pupil', name: 'Oscar Ek' },
    texts: 'elev Oscar Ek | pupil Oscar Ek | öppna elev Oscar Ek | visa eleven Oscar Ek',
  },
  { says: { kind: 'eht' }, texts: 'eht | EHT | eht-listan | visa eht' },
  {
    says: { kind: 'undo' },
    texts: 'ångra | angra | Ångra! | ångra det | ångra det senaste | undo | undo last',
  },
  {
    says: { kind: 'undo', name: 'Oscar' },
    texts:
      'ångra Oscar | undo Oscar | ångra kontaktad Oscar | ångra ej nådd Oscar | ångra kontakten med Oscar | ångra mamma till Oscar',
  },
  {
    says: { kind: 'contactPerson', pupil: 'Oscar Ek' },
    texts:
      'kontaktperson Oscar Ek | kontaktperson för Oscar Ek | vem är kontaktperson för Oscar Ek? | contact person Oscar Ek',
  },
  {
    says: { kind: 'contactPerson', pupil: 'Oscar', staff: 'Eva Ek' },
    texts:
      'kontaktperson Oscar: Eva Ek | kontaktperson för Oscar: Eva Ek | kontaktperson Oscar -&gt; Eva Ek | kontaktperson för Oscar är Eva Ek | ' +
      'utse Eva Ek till kontaktperson för Oscar | gör Eva Ek till kontaktperson åt Oscar | Eva Ek är kontaktperson för Oscar | ' +
      'byt kontaktperson för Oscar till Eva Ek | appoint Eva Ek contact person for Oscar | make Eva Ek the contact person for Oscar | ' +
      'utse Eva Ek till kontaktprson för Oscar',
  },
  {
    says: { kind: 'endContactPerson', pupil: 'Oscar' },
    texts:
      'avsluta kontaktperson Oscar | avsluta kontaktperson för Oscar | ta bort kontaktperson Oscar | end contact person Oscar',
  },
  { says: { kind: 'bind', targets: [] }, texts: 'koppla | bind | koppla den här kanalen' },
  {
    says: {
      kind: 'bind',
      targets: [
        { kind: 'group', name: '8A' },
        { kind: 'group', name: '8B' },
      ],
    },
    texts: 'koppla 8A 8B | koppla 8A, 8B | koppla 8A och 8B | koppla kanalen till 8A och 8B | bind 8A 8B',
  },
  { says: { kind: 'bind', targets: [{ kind: 'group', name: '8 A' }] }, texts: 'koppla 8 A' },
  { says: { kind: 'bind', targets: [{ kind: 'group', name: 'Blå gruppen' }] }, texts: 'koppla Blå gruppen' },
  {
    says: { kind: 'bind', targets: [{ kind: 'coordinator' }] },
    texts: 'koppla samordnare | koppla närvarokoordinator | koppla coordinator',
  },
  { says: { kind: 'bind', targets: [{ kind: 'eht' }] }, texts: 'koppla eht | koppla EHT' },
  {
    says: { kind: 'unbind', targets: [] },
    texts: 'koppla bort | unbind | koppla ifrån | koppla bort kanalen',
  },
  { says: { kind: 'unbind', targets: [{ kind: 'group', name: '8A' }] }, texts: 'koppla bort 8A | unbind 8A' },
];

const eva = { kind: 'standIn', standIn: 'Eva Ek' } as const;
const these = { from: date(24), to: date(28) };
const tomorrow = on({ kind: 'relative', days: 1 });

export const standIns: readonly Said[] = [
  { says: { kind: 'standIn' }, texts: 'vikarie | jag är borta' },
  {
    says: eva,
    texts: 'vikarie Eva Ek | vikarie: Eva Ek | min vikarie är Eva Ek | stand-in Eva Ek | vikare Eva Ek',
  },
  {
    says: { ...eva, away: 'Anna' },
    texts:
      'vikarie för Anna: Eva Ek | vikarie Eva Ek för Anna | Eva Ek ersätter Anna | stand-in for Anna: Eva Ek',
  },
  {
    says: { ...eva, ...these },
    texts:
      'vikarie Eva Ek 24/11-28/11 | Eva Ek vikarierar för mig 24/11-28/11 | vikarie Eva Ek 24/11 – 28/11 | vikarie Eva Ek 24-28/11 | ' +
      'vikarie Eva Ek 24-28 november | vikarie Eva Ek från 24 nov till 28 nov | vikarie Eva Ek 24/11 t.o.m. 28/11 | ' +
      'jag är borta 24/11-28/11, Eva Ek vikarierar | jag är borta 24/11-28/11, vikarie Eva Ek | Eva Ek covers for me 24/11 to 28/11',
  },
  {
    says: { ...eva, away: 'Anna', from: date(24, 2026), to: date(28, 2026) },
    texts:
      'vikarie för Anna: Eva Ek 2026-11-24--2026-11-28 | vikarie för Anna 2026-11-24 - 2026-11-28: Eva Ek | ' +
      'vikarie Eva Ek för Anna 24/11/2026-28/11/2026',
  },
  {
    says: { ...eva, from: date(24) },
    texts: 'vikarie Eva Ek från 24/11 | vikarie Eva Ek fr.o.m. 24 november',
  },
  {
    says: { ...eva, to: { kind: 'weekday', weekday: 5, isNextWeek: false } },
    texts: 'vikarie Eva Ek till fredag | vikarie Eva Ek t.o.m. fredag | vikarie Eva Ek until friday',
  },
  {
    says: { kind: 'standIn', ...tomorrow },
    texts:
      "jag är borta i morgon | jag är ledig imorgon | borta i morgon | I am away tomorrow | I'm away tomorrow",
  },
  {
    says: { ...eva, ...tomorrow },
    texts: 'vikarie imorgon: Eva Ek | vikarie Eva Ek i morgon | Eva Ek hoppar in för mig i morgon',
  },
  {
    says: { ...eva, ...on({ kind: 'relative', days: 0 }) },
    texts: 'vikarie Eva Ek idag | Eva Ek is standing in for me today',
  },
  {
    says: { ...eva, ...on({ kind: 'week', week: 48 }) },
    texts: 'vikarie Eva Ek v. 48 | vikarie Eva Ek v48 | vikarie Eva Ek vecka 48',
  },
  {
    says: { ...eva, ...on({ kind: 'relativeWeek', weeks: 1 }) },
    texts: 'vikarie Eva Ek nästa vecka | Eva Ek covers for me next week',
  },
  {
    says: { ...eva, ...on({ kind: 'weekday', weekday: 1, isNextWeek: true }) },
    texts: 'vikarie Eva Ek nästa måndag | vikarie Eva Ek next monday',
  },
  {
    says: {
      ...eva,
      from: { kind: 'weekday', weekday: 1, isNextWeek: false },
      to: { kind: 'weekday', weekday: 5, isNextWeek: false },
    },
    texts: 'vikarie Eva Ek mån-fre | vikarie Eva Ek måndag till fredag | vikarie Eva Ek mandag–fredag',
  },
  {
    says: { kind: 'endStandIn' },
    texts: 'avsluta vikarie | ingen vikarie | jag är tillbaka | end stand-in | I am back',
  },
  { says: { kind: 'endStandIn', away: 'Anna' }, texts: 'avsluta vikarie för Anna' },
  { says: { kind: 'endStandIn', standIn: 'Eva Ek' }, texts: 'avsluta vikarie Eva Ek' },
];

function date(day: number, year?: number): WrittenDay {
  return { kind: 'date', month: 11, day, ...(year === undefined ? {} : { year }) };
}

function on(day: WrittenDay): WrittenSpan {
  return { from: day, to: day };
}
