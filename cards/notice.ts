/** A card of one message, for answers that have to be shown where a card was pressed. */
export function noticeCard(text: string, language: string): object {
  return {
    type: 'AdaptiveCard',
    version: '1.5',
    lang: language,
    body: [{ type: 'TextBlock', text, wrap: true }],
  };
}
