import { plain } from './spelling.ts';

interface Named {
  readonly name: string;
}

export interface SchoolSaid<S> {
  /** Undefined where none is named and there is no one to take for granted. */
  readonly school: S | undefined;
  /** What was written, without the school. */
  readonly rest: string;
}

/** Which of some schools is named in a text, the longest name first; otherwise the usual one, or the only one. */
export function schoolSaid<S extends Named>(
  text: string,
  schools: readonly S[],
  usual: S | undefined,
): SchoolSaid<S> {
  const words = text.split(/\s+/).filter(Boolean);
  for (const school of schools.toSorted((a, b) => b.name.length - a.name.length)) {
    const name = school.name.split(/\s+/).map(plain);
    const at = words.findIndex((_, from) =>
      name.every((part, index) => plain(words[from + index] ?? '') === part),
    );
    if (at !== -1) return { school, rest: words.toSpliced(at, name.length).join(' ') };
  }
  const isTheirs = usual !== undefined && schools.includes(usual);
  return { school: isTheirs ? usual : schools.length === 1 ? schools[0] : undefined, rest: text };
}
