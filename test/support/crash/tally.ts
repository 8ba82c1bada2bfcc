/** What the days of a lane came to. */
export interface Tally {
  days: number;
  kills: number;
  drained: number;
  copies: number;
  adopted: number;
  healed: number;
}

export function noTally(): Tally {
  return { days: 0, kills: 0, drained: 0, copies: 0, adopted: 0, healed: 0 };
}

export function sum(a: Tally, b: Tally): Tally {
  return {
    days: a.days + b.days,
    kills: a.kills + b.kills,
    drained: a.drained + b.drained,
    copies: a.copies + b.copies,
    adopted: a.adopted + b.adopted,
    healed: a.healed + b.healed,
  };
}
