/** Whether a period holds on a day; both ends count, and one that is open does not end. */
export function isCurrent(
  period: { readonly startDate?: string | undefined; readonly endDate?: string | undefined },
  day: string,
): boolean {
  const { startDate, endDate } = period;
  return (startDate === undefined || startDate <= day) && (endDate === undefined || day <= endDate);
}

/** Any marking but "Ingen" protects, one that Sedd does not know too. */
export function isProtected(person: { readonly securityMarking?: string | null | undefined }): boolean {
  const marking = person.securityMarking ?? 'Ingen';
  return marking !== 'Ingen' && marking !== '';
}
