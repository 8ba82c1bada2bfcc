import { ConfigError, type ConfigFault } from '../../../services/config/config-faults.ts';
import { parseMunicipality } from '../../../services/config/load-municipality.ts';
import type { MunicipalityFile } from '../../../services/config/municipality.ts';

/** A municipality file that is right; each spec spoils it in its own way. */
export const RIGHT = `municipality: Vänersborg
teams:
  tenants: [11111111-2222-4333-8444-555555555555]
calendar:
  schoolYear: 2026/2027
  terms:
    - { from: 2026-08-18, to: 2026-12-18 }
    - { from: 2027-01-11, to: 2027-06-10 }
times:
  morning: "08:45"
  refresh: "09:50"
sources:
  - id: hub
    kind: ss12000
    url: https://ss12000.example/v2
    gives: [roster, lessons]
schools:
  - id: norr
    name: Norrskolan
    organisation: 00000000-0000-4000-8000-000000000001
  - id: soder
    name: Söderskolan
    organisation: 00000000-0000-4000-8000-000000000002
`;

/** The file with the first occurrence of `old` replaced; fails where there is none. */
export function spoilt(old: string, replacement: string, text = RIGHT): string {
  if (!text.includes(old)) throw new Error(`The file has no ${JSON.stringify(old)}`);
  return text.replace(old, () => replacement);
}

export function parse(text: string): MunicipalityFile {
  return parseMunicipality(text, 'municipality.yaml');
}

/** Every fault of the text; none where it is right. */
export function faultsOf(text: string): readonly ConfigFault[] {
  try {
    parse(text);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

/** The same as sentences: `line path: reason. remedy`. */
export function toldOf(text: string): readonly string[] {
  return faultsOf(text).map(
    ({ line, path, reason, remedy }) =>
      `${line ?? '-'} ${path}: ${reason}${remedy === undefined ? '' : `. ${remedy}`}`,
  );
}
