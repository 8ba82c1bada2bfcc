import type { TextKey, Translator } from '../locales/translator.ts';
import type { ContactMethod, Counterpart } from '../services/storage/tables/follow-up.ts';

const METHODS = {
  phone: 'contact.method.phone',
  sms: 'contact.method.sms',
  inPerson: 'contact.method.inPerson',
  homeVisit: 'contact.method.homeVisit',
} as const satisfies Readonly<Record<ContactMethod, TextKey>>;

const COUNTERPARTS = {
  guardian: 'contact.counterpart.guardian',
  pupil: 'contact.counterpart.pupil',
  other: 'contact.counterpart.other',
} as const satisfies Readonly<Record<Counterpart, TextKey>>;

/** How and with whom contact was made, in the middle of a line: "telefon, vårdnadshavare"; '' where nobody said. */
export function wayOfContact(
  {
    method,
    counterpart,
  }: { readonly method: ContactMethod | undefined; readonly counterpart: Counterpart | undefined },
  words: Translator,
): string {
  const parts = [
    method === undefined ? '' : words.t(METHODS[method]),
    counterpart === undefined ? '' : words.t(COUNTERPARTS[counterpart]),
  ];
  const { language } = words;
  // An abbreviation stays as it is written.
  return parts
    .filter(Boolean)
    .map((part) => (part === part.toLocaleUpperCase(language) ? part : part.toLocaleLowerCase(language)))
    .join(', ');
}

/** The choices of how and with whom, as every card that asks binds them. */
export function contactChoices(words: Translator) {
  return {
    counterpartLabel: words.t('contact.counterpartLabel'),
    counterparts: Object.entries(COUNTERPARTS).map(([value, key]) => ({ value, title: words.t(key) })),
    methods: Object.entries(METHODS).map(([method, key]) => ({ method, title: words.t(key) })),
  };
}
