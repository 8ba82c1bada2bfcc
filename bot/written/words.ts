const guardians =
  'mamma/mamman/mama/mor/modern/pappa/pappan/papa/far/fadern/förälder/föräldern/föräldrar/föräldrarna/' +
  'vårdnadshavare/vårdnadshavaren/vårdnadshavarna/vh/målsman/mum/mom/mother/dad/father/mummy/daddy/' +
  'parent/parents/guardian/guardians';
const others =
  'mormor/morfar/farmor/farfar/syster/storasyster/bror/storebror/syskon/moster/faster/morbror/farbror/' +
  'styvmamma/styvpappa/bonusmamma/bonuspappa/kompis/familjehem/familjehemmet/boendet/grandmother/' +
  'grandma/grandfather/grandpa/sister/brother/stepmother/stepfather/aunt/uncle';

/**
 * Small things that commands and reports are made of, Swedish and English together; how to read a phrase stands at
 * `makeGrammar`. Where a family name may follow, short words have to be spelled right: *Mobin* is no slip of *mobil*.
 */
export const words = {
  // What people say before they come to the point, and after it.
  greeting: [
    'hej!/hejsan!/hejhej!/hallå!/halloj!/tja!/tjena!/tjenare!/hello!/hi!/hey!/sedd!/ok!/okej!/okay!',
    'god/good morgon/morning/dag/eftermiddag/afternoon/kväll/evening',
    'snälla!/please!',
  ],
  request: [
    'kan!/kunde!/skulle!/vill! du!/ni! kunna!? vara! snäll! och!',
    'kan!/kunde!/skulle!/vill! du!/ni! kunna!? snälla?',
    'can!/could!/would!/will! you! please?',
    'jag! vill!/skulle! vilja!? gärna?',
    'i! want!/would! like!? to!',
    'id! like! to!',
  ],
  thanks: [
    'tack!/snälla!/please!/thanks!/sedd!',
    'tack! så! mycket!',
    'tack! på! förhand!',
    'thank! you!',
    'är! du! snäll!',
  ],
  subject: [
    'nu!/idag!/nyss!/precis! har! jag!/vi!',
    'jag!/vi!/i!/we! har!/have!/had!? <when>? <when>?',
    'har!/have! <when>? <when>?',
    'ive!/weve! <when>?',
    '<when> <when>?',
  ],
  when: [
    'i! dag!/morse!/förmiddags!/eftermiddags!',
    'just! nu!/now!',
    'alldeles! nyss!',
    'på! morgonen!/förmiddagen!/eftermiddagen!',
    'this! morning!/afternoon!',
    'kl!/klockan!/vid!/ca!/at!? <clock>',
    'kl!/klockan!/vid!/ca!/at! <number>',
    'idag!/nu!/nyss!/precis!/just!/redan!/imorse!/today!/now!/already!',
  ],
  yet: ['än!/ännu!/yet!/igen!/again!', '<when>'],

  // How.
  phone: [
    'per/via/på/i/med/genom/över? telefon/telefonen/tel/tfn/mobil!/mobilen!/telefonsamtal/samtal!',
    'by/on/over/through? the!? phone!/telephone',
    'by/via/in/over? a!? phone!/call! call!?',
  ],
  sms: [
    'per/via/på/med/genom/by/with/over/through/in? ett!/an!/a!? sms/textmeddelande/text!',
    'by/via/in? a!? text! message',
  ],
  inPerson: [
    'på plats!/skolan!/lektionen!/rasten!',
    'i skolan!/korridoren/klassrummet/person!',
    'personligen/fysiskt/irl',
    'in/at person!/school!',
    'face! to! face!',
    'öga! mot! öga!',
  ],
  homeVisit: [
    'vid/med/genom/på/via/by/on/through? ett!? hembesök/hembesöket',
    'by/on/during/through? a!? home! visit!',
  ],
  how: ['<phone>', '<sms>', '<inPerson>', '<homeVisit>'],

  // With whom. After the name it has to be spelled right: *Oscar Mamba* is somebody.
  guardianWord: [`the!/his!/her!/hans!/hennes!/hens!/en!/båda!? ${guardians}`],
  otherWord: [`the!/his!/her!/hans!/hennes!? ${others}`],
  guardian: ['<guardianWord> och!/and! <guardianWord>', '<guardianWord>'],
  other: ['<otherWord>'],
  guardianAfter: [`${spelledRight(guardians)} och!/and! ${spelledRight(guardians)}`, spelledRight(guardians)],
  otherAfter: [spelledRight(others)],
  pupil: ['the!? eleven!/elev!/pupil!/student!'],
  self: ['själv!/sjelv!/himself/herself/themself'],
  of: ['till/för/åt/hos/of!/to!/for!'],
  target: [
    '<guardian> <of> <pupil>? <name>',
    '<other> <of> <pupil>? <name>',
    '<pupil> <name>',
    '<name> <guardianAfter>',
    '<name> <otherAfter>',
    '<name> <self>',
    '<name>',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Whoever writes one of these says that something did not happen, whatever else they say. (*Inga* is a name as well.) */
export const negations: readonly string[] = (
  'inte ej icke aldrig ingen inget ingenting utan varken nej knappt ikke not no never nobody none nothing without neither ' +
  "cannot can't couldn't didn't doesn't don't wasn't weren't isn't aren't won't wouldn't haven't hasn't hadn't " +
  'onådd onådda okontaktad okontaktat onåbar oanträffbar unable failed misslyckades misslyckats unreachable unreached'
).split(' ');

/** Of these also what comes near: a slip must not turn *nådde inte* into *nådde*. */
export const negationsWithSlips: readonly string[] = ['inte', 'aldrig', 'ingen', 'inget'];

/** Words that look like a slip of one above and are none: names, and what is to be done and was not. */
export const noSlips: readonly string[] = (
  'Ante Inge Inger Ingela Inti Ingvar ' +
  'kontakta kontaktar kontaktas kontakter ring ringa ringer rings prata pratar tala talar snacka snackar träffa träffar ' +
  'möte mötet möter nås når svara reaches phone phones calls contacts talks andra ändra Antra angry'
).split(' ');

/** Words of contact, and of doubt about it. In a remark after a report they may take it back. */
export const contactWords: readonly string[] = (
  'kontaktad kontaktat kontaktade kontakt nådd nått nådde ringde ringt pratade pratat talade träffade träffat svarar svarade ' +
  'svarat svar försökte försökt sökt ska skall kanske men igår imorgon contacted reached called talked spoke answered ' +
  'answer answers reply contact but smsade mejlade texted'
).split(' ');

/** Never in a name: where one of these would have to be, something else was meant. */
export const noNames: readonly string[] = [
  ...contactWords,
  ...(
    'med till för från hos via i och att samt eller som är var har hade på av åt mig mej me myself ' +
    'alla allt alltihop samtliga någon vem vilka mamma mamman pappa pappan förälder föräldrar vårdnadshavare vh ' +
    'elever eleven eleverna telefon sms hembesök kontaktperson vikarie with the a as from at by and is was has have had of for ' +
    'everyone everything someone mum mom mother father parents guardian pupil pupils phone'
  ).split(' '),
];

/** What a remark begins with that follows a report: *…, hon är på väg*. */
export const remarkOpeners: readonly string[] = (
  'han hon hen de dom det allt ok okej kommer är mår på sjuk hemma försov försovit tandläkare ' +
  'he she they it all is will on ill'
).split(' ');

/** The same alternatives, without slips. */
function spelledRight(alternatives: string): string {
  return alternatives.replaceAll(/(?=\/|$)/g, '!');
}
