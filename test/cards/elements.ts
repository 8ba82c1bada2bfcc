/** Every element of one type in a card, in reading order. */
export function elementsOf(card: unknown, type: string): readonly Readonly<Record<string, unknown>>[] {
  if (Array.isArray(card)) return card.flatMap((each) => elementsOf(each, type));
  if (typeof card !== 'object' || card === null) return [];
  const own = 'type' in card && card.type === type ? [{ ...card }] : [];
  return [...own, ...Object.values(card).flatMap((value) => elementsOf(value, type))];
}
