/** Whether a period holds on a day; both ends count, and one that is open does not end. */
export function isCurrent(
  period: { readonly startDate?: string | undefined; readonly endDate?: string | undefined },
  day: string,
): boolean {
  const { startDate, endDate } = period;
  return (startDate === undefined || startDate <= day) && (endDate === undefined || day <= endDate);
}

/**
 * Everybody whom an answer marks as protected, wherever in it that stands: on the person, or on any reference to one. What
 * could not be read is looked through too. Any marking but "Ingen" protects, one that Sedd does not know as well.
 */
export function protectedIds(raw: readonly unknown[]): Set<string> {
  const found = new Set<string>();
  const left: unknown[] = [...raw];
  while (left.length > 0) {
    const one = left.pop();
    if (typeof one !== 'object' || one === null) continue;
    if ('securityMarking' in one && isMarking(one.securityMarking) && 'id' in one)
      found.add(`${one.id}`.toLowerCase());
    for (const part of Object.values(one)) {
      if (typeof part === 'object' && part !== null) left.push(part);
    }
  }
  return found;
}

function isMarking(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && value !== 'Ingen';
}
