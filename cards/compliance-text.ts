import type { Translator } from '../locales/translator.ts';
import { type Compliance, complianceShares } from '../services/routine/compliance.ts';

/** "80 % av 10 steg i tid · 1 för sent · 2 försenade": what is nought is not said. */
export function complianceText(compliance: Compliance, words: Translator): string {
  const { steps, late, overdue, open, notNeeded } = compliance;
  const shares = complianceShares(compliance);
  if (shares === undefined) return words.t('compliance.none');
  const parts = [
    words.t('compliance.figures', { percent: words.percent(shares.onTime), count: steps }),
    late === 0 ? '' : words.t('compliance.lineLate', { count: late }),
    overdue === 0 ? '' : words.t('compliance.lineOverdue', { count: overdue }),
    open === 0 ? '' : words.t('compliance.lineOpen', { count: open }),
    notNeeded === 0 ? '' : words.t('compliance.lineNotNeeded', { count: notNeeded }),
  ];
  return parts.filter(Boolean).join(' · ');
}
