/** Every text of a card that a person reads, in reading order; what older clients show instead of a part is left out. */
export function textsOf(card: unknown): readonly string[] {
  if (Array.isArray(card)) return card.flatMap(textsOf);
  if (typeof card !== 'object' || card === null) return [];
  const isInput = 'type' in card && String(card.type).startsWith('Input.');
  const hidden = isInput ? ['fallback', 'value', 'choices'] : ['fallback'];
  const parts = Object.entries(card).filter(([key]) => !hidden.includes(key));
  const own = parts
    .filter(
      ([key, value]) =>
        ['text', 'title', 'value', 'tooltip', 'label', 'placeholder'].includes(key) &&
        typeof value === 'string',
    )
    .map(([, value]) => String(value));
  return [
    ...own,
    ...choicesOf(card),
    ...parts.flatMap(([, value]) => (typeof value === 'object' ? textsOf(value) : [])),
  ];
}

export interface CardAction {
  readonly type: string;
  readonly title: string;
  readonly tooltip?: string;
  readonly verb: string;
  readonly associatedInputs?: string;
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

/** What an input offers to choose from. */
function choicesOf(input: object): readonly string[] {
  const choices = 'choices' in input && Array.isArray(input.choices) ? input.choices : [];
  return choices.map((choice: { readonly title: string }) => choice.title);
}
