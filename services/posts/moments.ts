/** A place in the order in which this process reads: what was read at a later moment is newer, however little time lies between. */
export type Moment = number;

let last: Moment = 0;

/** Later than all before it. */
export function thisMoment(): Moment {
  last += 1;
  return last;
}
