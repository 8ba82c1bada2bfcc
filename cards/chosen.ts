/** A follow-up that is chosen of several, and the version that the form showed of it. */
export interface Chosen {
  readonly followUp: string;
  readonly version: number;
}

/** As a choice carries it. */
export function chosenText({ followUp, version }: Chosen): string {
  return `${followUp}.${version}`;
}

/** What a choice set gave, each once; undefined where Sedd never wrote it. */
export function parseChosen(text: string): readonly Chosen[] | undefined {
  const parts = [...new Set(text.split(',').filter(Boolean))].map((part) =>
    /^(.{1,100})\.(\d{1,9})$/.exec(part),
  );
  const chosen = parts.flatMap((match) =>
    match === null ? [] : [{ followUp: match[1] ?? '', version: Number(match[2]) }],
  );
  return chosen.length === parts.length ? chosen : undefined;
}
