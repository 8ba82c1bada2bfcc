/** Every text of a card that a person reads, in reading order; what older clients show instead of a part is left out. */
export function textsOf(card: unknown): readonly string[] {
  if (Array.isArray(card)) return card.flatMap(textsOf);
  if (typeof card !== 'object' || card === null) return [];
  const parts = Object.entries(card).filter(([key]) => key !== 'fallback');
  const own = parts
    .filter(
      ([key, value]) => ['text', 'title', 'value', 'tooltip'].includes(key) && typeof value === 'string',
    )
    .map(([, value]) => String(value));
  return [...own, ...parts.flatMap(([, value]) => (typeof value === 'object' ? textsOf(value) : []))];
}

export interface CardAction {
  readonly type: string;
  readonly title: string;
  readonly tooltip?: string;
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly fallback?: { readonly type: string; readonly data: Readonly<Record<string, unknown>> };
}

/** The buttons of a card, in order. */
export function actionsOf(card: unknown): readonly CardAction[] {
  if (Array.isArray(card)) return card.flatMap(actionsOf);
  if (typeof card !== 'object' || card === null) return [];
  if ('type' in card && card.type === 'Action.Execute') return [card as unknown as CardAction];
  return Object.values(card).flatMap(actionsOf);
}

/** The card that a message shows. */
export function cardOf(activity: Readonly<Record<string, unknown>>): object {
  const [attachment] = (activity.attachments ?? []) as { readonly content: object }[];
  if (attachment === undefined) throw new Error('The message holds no card');
  return attachment.content;
}
