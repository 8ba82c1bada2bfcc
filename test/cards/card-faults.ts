type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isFilled: Check = (value) => typeof value === 'string' && value !== '';
const isFlag: Check = (value) => typeof value === 'boolean';
const isPlainData: Check = (value) =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).every(
    ([key, each]) => ['string', 'number'].includes(typeof each) || (key === 'msteams' && asksForDialog(each)),
  );
/** What Teams itself reads of a button's data. */
const asksForDialog: Check = (value) => JSON.stringify(value) === '{"type":"task/fetch"}';
const oneOf =
  (...allowed: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && allowed.includes(value);
/** Parts are checked one by one; here only how many there may be. */
const parts =
  (most: number, least = 1): Check =>
  (value) =>
    Array.isArray(value) && value.length >= least && value.length <= most;

const isIsoDay: Check = (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);

const placed = {
  spacing: oneOf('none', 'small', 'default', 'medium', 'large'),
  separator: isFlag,
};
const written = {
  text: isFilled,
  size: oneOf('small', 'default', 'medium', 'large'),
  weight: oneOf('default', 'bolder'),
  color: oneOf('default', 'good', 'warning', 'attention'),
  isSubtle: isFlag,
};

/** Of Adaptive Cards 1.5, the elements that are old enough for every client of Teams, and what may stand in them. */
const elements: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  AdaptiveCard: {
    version: oneOf('1.5'),
    lang: oneOf('sv', 'en'),
    fallbackText: isFilled,
    body: parts(Number.POSITIVE_INFINITY),
  },
  TextBlock: { ...placed, ...written, wrap: (value) => value === true, style: oneOf('heading') },
  RichTextBlock: { ...placed, inlines: parts(10) },
  TextRun: written,
  Container: {
    ...placed,
    items: parts(Number.POSITIVE_INFINITY),
    style: oneOf('warning', 'attention', 'emphasis'),
  },
  ColumnSet: { ...placed, columns: parts(3) },
  Column: {
    items: parts(10),
    width: oneOf('auto', 'stretch'),
    verticalContentAlignment: oneOf('top', 'center'),
  },
  FactSet: { ...placed, facts: parts(10) },
  ActionSet: { ...placed, actions: parts(6) },
  'Input.ChoiceSet': {
    id: isFilled,
    label: isFilled,
    style: oneOf('compact', 'expanded'),
    isMultiSelect: isFlag,
    isRequired: isFlag,
    errorMessage: isFilled,
    placeholder: isFilled,
    // Of several, none may be chosen.
    value: isText,
    choices: (value) => parts(60)(value) && (value as readonly unknown[]).every(isChoice),
  },
  'Input.Date': { id: isFilled, label: isFilled, min: isIsoDay, max: isIsoDay },
  'Action.Execute': {
    title: isFilled,
    tooltip: isFilled,
    verb: isFilled,
    data: isPlainData,
    associatedInputs: oneOf('auto', 'none'),
    // A card that only a client of today is answered with needs no way for an older one.
    fallback: (value) => isPlainObject(value) || value === 'drop',
  },
  'Action.Submit': {
    title: isFilled,
    tooltip: isFilled,
    data: isPlainData,
    associatedInputs: oneOf('auto', 'none'),
  },
};

/** What no element may be without. */
const required: Readonly<Record<string, readonly string[]>> = {
  AdaptiveCard: ['version', 'lang', 'fallbackText', 'body'],
  TextBlock: ['text', 'wrap'],
  TextRun: ['text'],
  RichTextBlock: ['inlines'],
  Container: ['items'],
  ColumnSet: ['columns'],
  Column: ['items', 'width'],
  FactSet: ['facts'],
  ActionSet: ['actions'],
  'Input.ChoiceSet': ['id', 'label', 'choices'],
  'Input.Date': ['id', 'label'],
  'Action.Execute': ['title', 'verb', 'data', 'fallback'],
  'Action.Submit': ['title', 'data'],
};

/** Everything a client of Teams could stumble over in a card, with its place; empty where there is nothing. */
export function cardFaults(card: unknown, path = 'card'): readonly string[] {
  if (Array.isArray(card)) return card.flatMap((each, index) => cardFaults(each, `${path}[${index}]`));
  if (!isPlainObject(card)) return [];
  if (typeof card.type !== 'string')
    return path.includes('.facts[') ? factFaults(card, path) : [`${path}: no type`];
  const checks = elements[card.type];
  if (checks === undefined) return unknownFaults(card, path);
  const missing = (required[card.type] ?? []).filter((key) => !(key in card));
  const own = Object.entries(card).filter(([key]) => !['type', 'data', 'choices'].includes(key));
  return [
    ...missing.map((key) => `${path}: ${card.type} without ${key}`),
    ...Object.entries(card)
      .filter(([key, value]) => key !== 'type' && checks[key]?.(value) !== true)
      .map(([key, value]) => `${path}.${key}: ${JSON.stringify(value)}`),
    ...own.flatMap(([key, value]) => cardFaults(value, `${path}.${key}`)),
  ];
}

/** A newer element is no fault where it says what stands in for it. */
function unknownFaults(card: Readonly<Record<string, unknown>>, path: string): readonly string[] {
  if (isPlainObject(card.fallback)) return cardFaults(card.fallback, `${path}.fallback`);
  return card.fallback === 'drop' ? [] : [`${path}: ${card.type} without fallback`];
}

function isChoice(choice: unknown): boolean {
  return isPlainObject(choice) && isFilled(choice.title) && isFilled(choice.value);
}

function factFaults(fact: Readonly<Record<string, unknown>>, path: string): readonly string[] {
  return isText(fact.title) && isText(fact.value) ? [] : [`${path}: a fact has a title and a value`];
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
