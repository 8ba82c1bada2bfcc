/** Rows of each pupil, in their order. */
export function byPupil<T extends { readonly pupilId: string }>(
  rows: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const grouped = new Map<string, T[]>();
  for (const row of rows) {
    const own = grouped.get(row.pupilId);
    if (own === undefined) grouped.set(row.pupilId, [row]);
    else own.push(row);
  }
  return grouped;
}
