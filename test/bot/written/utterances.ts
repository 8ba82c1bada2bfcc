import type { Utterance } from '../../../bot/written/utterance.ts';
import { commands, standIns } from './said-commands.ts';
import { contacted, notReached } from './said-reports.ts';

/** What people write, and what it says; `|` stands between the ways to say the same. */
export interface Said {
  readonly texts: string;
  readonly says: Utterance;
}

/** Every text with what it says. */
export const utterances: readonly (readonly [text: string, says: Utterance])[] = [
  contacted,
  notReached,
  commands,
  standIns,
]
  .flat()
  .flatMap(({ texts, says }) => texts.split(' | ').map((text) => [text, says] as const));

/** What must not be taken for something else, least of all for contact that was made. */
export const unknown: readonly string[] = (
  'kontakta Oscar | ring Oscar | ringa Oscar | ska ringa Oscar | pratar med Oscar | försökte nå Oscar | smsade Oscar | mejlade Oscars mamma | ' +
  'kontaktad Oscar? | har jag nått Oscar | är Oscar kontaktad | vem har nått Oscar | nådde inte Oscar? | kontaktad av Oscar | ' +
  'Oscar kontaktade mig | Anna har kontaktat Oscar | kontaktad Oscar igår | kontaktad Oscar och Elsa | kontaktad Oscar, nådde inte Elsa | ' +
  'Oscar kontaktad, Elsa ej nådd | nådde inte Oscar men pratade med mamma | pratade med Oscar men mamma svarar inte | ' +
  'pratade med mamma till Oscar men inte pappa | pratade med Oscar, han svarade inte | inte ej nådd Oscar | ringde inte Oscar | ' +
  'kontaktad Oscar, han ska nog kontaktas igen | kontaktad | nådde inte | kontaktad mamma | kontaktad telefon | kontaktad alla | ' +
  'ångra alla | ångra inte Oscar | ångra? | andra elever | påminn inte alla | påminn alla? | påminn | koppla inte 8A | jag är inte borta | ' +
  'avsluta kontaktperson | kontaktperson | Oscar är borta | Oscar | Oscar Larsson | vi ses på EHT | inte | ej | not Oscar | 8A'
).split(' | ');
