/** Where on a meeting's list a pupil stands: what is unresolved comes first, then what is new. */
export type Section = 'carried' | 'new' | 'other';

export interface Standing {
  /** A decision of an earlier meeting is not done. */
  readonly hasEarlierDecision: boolean;
  readonly hasOverdueStep: boolean;
  /** On the last meeting's list. */
  readonly wasListed: boolean;
  /** On it, and not taken up. */
  readonly wasPassedOver: boolean;
}

export function sectionOf(standing: Standing): Section {
  const { hasEarlierDecision, hasOverdueStep, wasListed, wasPassedOver } = standing;
  if (hasEarlierDecision || hasOverdueStep || wasPassedOver) return 'carried';
  return wasListed ? 'other' : 'new';
}
