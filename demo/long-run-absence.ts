/** Share of the pupils whose long-run absence is in each band. */
export const BANDS: readonly { readonly share: number; readonly from: number; readonly to: number }[] = [
  { share: 0.38, from: 0, to: 0.05 },
  { share: 0.27, from: 0.05, to: 0.1 },
  { share: 0.14, from: 0.1, to: 0.15 },
  { share: 0.08, from: 0.15, to: 0.2 },
  { share: 0.07, from: 0.2, to: 0.3 },
  { share: 0.04, from: 0.3, to: 0.5 },
  { share: 0.02, from: 0.5, to: 0.9 },
];
/** Bends the bands upward from the seventh grade to the ninth. */
const TILT: Readonly<Record<number, number>> = { 7: 1.22, 8: 1, 9: 0.84 };
/** From here on there is more behind it than illness, and less of it is valid. */
const PROBLEMATIC = 0.2;

/**
 * Share of the minutes that a pupil is absent in the long run. `place` is where the pupil stands in the grade, from the most
 * present (0) to the least (1); `within` where in the band.
 */
export function longRunAbsence(grade: number, place: number, within: number): number {
  let left = place ** (TILT[grade] ?? 1);
  for (const { share, from, to } of BANDS) {
    if (left < share) return from + (to - from) * within;
    left -= share;
  }
  return 0.6;
}

/** Share of the absence that is valid. */
export function validShare(absence: number, within: number): number {
  return absence < PROBLEMATIC ? 0.75 + 0.05 * within : 0.5 + 0.1 * within;
}
