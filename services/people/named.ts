/** Somebody who may be found by what they are called: a pupil, or one of the staff. */
export interface Named {
  readonly id: string;
  readonly name: string;
}
