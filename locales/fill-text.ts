import type { TFunction } from 'i18next';

export type Values = Readonly<Record<string, string | number>>;

/** A text cut at its places for values: words, the name of a value, words … */
type CutText = readonly string[];

/**
 * Answers texts with their values put in. Each is looked up and cut once for each plural form: i18next does both at every
 * call, which was nearly half of what a card cost.
 */
export function textFiller(t: TFunction, locale: string): (key: string, values?: Values) => string {
  const formOf = pluralForms(locale, 'cardinal');
  const known = new Map<string, Map<string, CutText>>();

  function cutOf(key: string, count: number | undefined): CutText {
    const form = count === undefined ? '' : count === 0 ? 'zero' : formOf(count);
    const cut = known.get(key)?.get(form);
    if (cut !== undefined) return cut;
    const whole = t(key, { skipInterpolation: true, ...(count === undefined ? {} : { count }) });
    const made = whole.split(/\{\{(\w+)\}\}/u);
    known.set(key, new Map(known.get(key)).set(form, made));
    return made;
  }

  return (key, values = {}) => {
    const { count } = values;
    return fill(key, cutOf(key, typeof count === 'number' ? count : undefined), values);
  };
}

function fill(key: string, cut: CutText, values: Values): string {
  let text = cut[0] ?? '';
  for (let index = 1; index < cut.length; index += 2) {
    const value = values[cut[index] ?? ''];
    if (value === undefined) throw new Error(`A value is missing in the text "${key}"`);
    text += `${value}${cut[index + 1] ?? ''}`;
  }
  return text;
}

/** Which plural form a number takes; of those that are used over and over it is known beforehand. */
export function pluralForms(
  locale: string,
  type: Intl.PluralRuleType,
): (count: number) => Intl.LDMLPluralRule {
  const rules = new Intl.PluralRules(locale, { type });
  const small = Array.from({ length: 100 }, (_, count) => rules.select(count));
  return (count) => small[count] ?? rules.select(count);
}
