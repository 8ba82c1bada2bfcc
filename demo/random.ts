import { createHash } from 'node:crypto';

/** A number from 0 up to 1 that is always the same for the same keys: the demo has no memory to keep. */
export function chance(...keys: readonly (string | number)[]): number {
  let hash = 2_166_136_261;
  for (const key of keys) {
    for (const letter of `${key}|`) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16_777_619);
  }
  // FNV leaves the high bits of short keys alike: mixed once more, as MurmurHash ends.
  hash = Math.imul(hash ^ (hash >>> 16), 2_246_822_507);
  hash = Math.imul(hash ^ (hash >>> 13), 3_266_489_909);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** One of the choices, always the same for the same keys. */
export function pick<T>(choices: readonly T[], ...keys: readonly (string | number)[]): T {
  const choice = choices[Math.floor(chance(...keys) * choices.length)];
  if (choice === undefined) throw new Error('There is nothing to pick from');
  return choice;
}

/** An id that is always the same for the same keys. */
export function id(...keys: readonly (string | number)[]): string {
  const hex = createHash('sha256').update(keys.join('|')).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
