import type { Said } from './utterances.ts';

const oscar = { kind: 'contacted', name: 'Oscar' } as const;
const missed = { kind: 'notReached', name: 'Oscar' } as const;

export const contacted: readonly Said[] = [
  {
    says: oscar,
    texts:
      'kontaktad Oscar | Kontaktad: Oscar | kontaktat Oscar | kontaktade Oscar | nådd Oscar | nådde Oscar | har nått Oscar | ' +
      'jag har nått Oscar | nu har jag kontaktat Oscar | kontakt med Oscar | hade kontakt med Oscar | har haft kontakt med Oscar | ' +
      'fick tag i Oscar | fick tag på Oscar | fått tag på Oscar | Oscar kontaktad | Oscar är nådd | Oscar svarade | ' +
      'hej sedd, jag har kontaktat Oscar nu | Hej! Kontaktad Oscar, tack | kontaktad Oscar idag | kontaktad Oscar i dag kl 8 | ' +
      'kontaktad Oscar 08:30 | markera Oscar som kontaktad | kan du markera Oscar som kontaktad? | notera att Oscar är kontaktad | ' +
      'Kontaktad Oscar, han är på väg | Kontaktad Oscar. Kommer efter lunch. | contacted Oscar | reached Oscar | I have contacted Oscar | ' +
      'got hold of Oscar | made contact with Oscar | mark Oscar as contacted | Oscar has been contacted',
  },
  {
    says: oscar,
    texts:
      '/kontaktad Oscar | kontaktad "Oscar" | kontaktad **Oscar**! | <p>kontaktad&nbsp;<b>Oscar</b></p> | ✅ kontaktad Oscar 👍🏽 | ' +
      'KONTAKTAD Oscar | kontaktd Oscar | kotnaktad Oscar | koontaktad Oscar | kontakttad Oscar | nadde Oscar | contcated Oscar | kontaktad  -  Oscar',
  },
  { says: { ...oscar, name: 'Oscar Larsson' }, texts: 'kontaktad Oscar Larsson | Oscar Larsson kontaktad' },
  { says: { ...oscar, name: 'oscar larsson' }, texts: 'kontaktad oscar larsson | kontaktad "oscar larsson"' },
  { says: { ...oscar, name: 'Larsson, Oscar' }, texts: 'kontaktad Larsson, Oscar' },
  { says: { ...oscar, name: 'Oscar I' }, texts: 'kontaktad Oscar I' },
  { says: { ...oscar, name: 'Oscar 8A' }, texts: 'kontaktad Oscar 8A' },
  {
    says: { ...oscar, name: 'Åsa-Märta von Essen' },
    texts: 'kontaktad Åsa-Märta von Essen | nådde Åsa-Märta von Essen',
  },
  { says: { ...oscar, name: 'Mina Ek' }, texts: 'kontaktad Mina Ek' },
  { says: { ...oscar, name: 'Inge Ek' }, texts: 'kontaktad Inge Ek' },
  { says: { ...oscar, name: 'Ante' }, texts: 'kontaktad Ante' },
  { says: { ...oscar, name: 'Enver Ek' }, texts: 'kontaktad Enver Ek' },
  {
    says: { ...oscar, name: 'Per', method: 'phone' },
    texts: 'kontaktad Per per telefon | nådde Per per tel',
  },
  { says: { ...oscar, name: 'Talat Ek' }, texts: 'kontaktad Talat Ek | har nått Talat Ek' },
  { says: { ...oscar, name: 'Oscar Mamba' }, texts: 'kontaktad Oscar Mamba' },
  {
    says: { ...oscar, method: 'phone' },
    texts:
      'kontaktad Oscar telefon | kontaktad Oscar, telefon | kontaktad Oscar (telefon) | kontaktad Oscar per telefon idag | ' +
      'kontaktad Oscar via mobilen | kontaktad per telefon Oscar | kontaktad Oscar telfon | ringde Oscar | ringt Oscar | ' +
      'ringde upp Oscar | ringde hem till Oscar | nådde Oscar på tel | reached Oscar by phone | called Oscar | phoned Oscar | ' +
      'contacted Oscar over the phone',
  },
  {
    says: { ...oscar, method: 'sms' },
    texts:
      'har nått Oscar per sms | kontaktad Oscar sms | fick svar på sms från Oscar | contacted Oscar by text',
  },
  {
    says: { ...oscar, method: 'homeVisit' },
    texts:
      'hembesök hos Oscar | gjorde hembesök hos Oscar | kontaktad Oscar hembesök | var hemma hos Oscar | home visit to Oscar',
  },
  { says: { ...oscar, method: 'inPerson' }, texts: 'kontaktad Oscar på plats | reached Oscar in person' },
  {
    says: { ...oscar, counterpart: 'pupil' },
    texts:
      'pratade med Oscar | har pratat med Oscar | talade med eleven Oscar | pratade med Oscar själv | talked to Oscar | ' +
      "I've spoken with Oscar | kontaktad eleven Oscar",
  },
  {
    says: { ...oscar, method: 'inPerson', counterpart: 'pupil' },
    texts: 'träffade Oscar | pratade med Oscar i korridoren | met Oscar at school | mötte Oscar',
  },
  {
    says: { ...oscar, counterpart: 'guardian' },
    texts:
      'pratade med mamma till Oscar | har pratat med pappan till Oscar | kontaktad vårdnadshavare till Oscar | ' +
      'kontaktad vardnadshavare för Oscar | nådde båda föräldrarna till Oscar | kontaktad Oscar mamma | mamma till Oscar kontaktad | ' +
      "talked to Oscar's mum | spoke with the mother of Oscar | I have contacted Oscar's guardian | got in touch with Oscar’s parents | " +
      'prtade med mamma till Oscar | pratade med mamma till eleven Oscar | kontaktad Oscar via mamma',
  },
  {
    says: { ...oscar, name: 'Oscars', counterpart: 'guardian' },
    texts:
      'kontaktad Oscars mamma | fick tag på Oscars mamma | nådde Oscars vårdnadshavare | pratade med Oscars mamma och pappa | ' +
      'hade kontakt med Oscars föräldrar | Oscars mamma är kontaktad | pratade med Oscars mamma, hon är på väg',
  },
  {
    says: { ...oscar, name: 'Oscars', method: 'phone', counterpart: 'guardian' },
    texts:
      'ringde Oscars pappa | pratade med Oscars pappa i telefon | pratade i telefon med Oscars pappa | ' +
      'ringde och pratade med Oscars pappa | har ringt Oscars mamma | kontaktad Oscars mamma telefon',
  },
  {
    says: { ...oscar, method: 'phone', counterpart: 'guardian' },
    texts: "phoned Oscar's mother | spoke to Oscar's dad on the phone | kontaktad Oscar mamma telefon",
  },
  {
    says: { ...oscar, name: 'Oscars', counterpart: 'other' },
    texts: 'pratade med Oscars mormor | nådde Oscars syster',
  },
];

export const notReached: readonly Said[] = [
  {
    says: missed,
    texts:
      'nådde inte Oscar | nadde inte Oscar | nådde ej Oscar | nådde itne Oscar | nådde aldrig Oscar | ej nådd Oscar | inte nådd Oscar | ' +
      'inte kontaktad Oscar | ej kontaktad Oscar | kontaktade inte Oscar | kontaktat ej Oscar | har inte nått Oscar | jag har inte nått Oscar än | ' +
      'har ännu inte nått Oscar | har ej fått tag på Oscar | fick inte tag i Oscar | får inte tag på Oscar | fick inte kontakt med Oscar | ' +
      'ingen kontakt med Oscar | fick ingen kontakt med Oscar | fick inget svar av Oscar | inget svar från Oscar | ingen svarar hos Oscar | ' +
      'ingen svarade hos Oscar | kom inte fram till Oscar | lyckades inte nå Oscar | kunde inte nå Oscar | kan inte få tag i Oscar | ' +
      'har inte kunnat nå Oscar | går inte att nå Oscar | pratade inte med Oscar | inte fått tag i Oscar idag | okontaktad Oscar | okontatkad Oscar | onådd Oscar',
  },
  {
    says: missed,
    texts:
      'Oscar svarar inte | Oscar svarar ej | Oscar svarade inte | Oscar har inte svarat | Oscar ej nådd | Oscar: ej nådd | Oscar är inte nådd | ' +
      'Oscar är inte kontaktad | Oscar ej svar | Oscar - inget svar | Oscar går inte att nå | Oscar onåbar | Oscar svarar fortfarande inte | ' +
      'Oscar svarar inte när jag ringer | försökte nå Oscar utan att lyckas | försökte ringa Oscar men fick inget svar | ' +
      'kontaktade Oscar men fick inget svar | smsade Oscar, inget svar | markera Oscar som ej nådd | hej sedd! nådde inte Oscar, tack',
  },
  {
    says: missed,
    texts:
      "no answer from Oscar | no reply from Oscar | no contact with Oscar | could not reach Oscar | couldn't reach Oscar | can't reach Oscar | " +
      "did not reach Oscar | didn't get hold of Oscar | unable to reach Oscar | failed to reach Oscar | not reached Oscar | " +
      "have not reached Oscar yet | I haven't reached Oscar | nobody answers at Oscar's | Oscar doesn't answer | Oscar did not answer | " +
      'Oscar is not answering | Oscar not reached | Oscar could not be reached | mark Oscar as not reached | still no answer from Oscar',
  },
  {
    says: { ...missed, method: 'phone' },
    texts:
      'nådde inte Oscar per telefon | Oscar svarar inte i telefon | ringde Oscar, inget svar | ringde Oscar men han svarade inte | ' +
      'ringt Oscar utan svar | called Oscar but no answer | could not reach Oscar by phone',
  },
  { says: { ...missed, method: 'sms' }, texts: 'Oscar svarar inte på sms | inget svar på sms från Oscar' },
  {
    says: { ...missed, counterpart: 'guardian' },
    texts:
      "nådde inte mamma till Oscar | mamma till Oscar svarar inte | couldn't reach Oscar's mother | no answer from Oscar's dad | " +
      'ingen svarar hos mamma till Oscar',
  },
  {
    says: { ...missed, name: 'Oscars', counterpart: 'guardian' },
    texts:
      'fick inte tag på Oscars mamma | nådde inte Oscars pappa | Oscars mamma svarade inte | kunde inte nå Oscars vårdnadshavare',
  },
  {
    says: { ...missed, name: 'Oscar Larsson' },
    texts: 'nådde inte Oscar Larsson | Oscar Larsson svarar inte',
  },
];
