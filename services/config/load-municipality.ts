import { ConfigError } from './config-faults.ts';
import { crossFaults } from './cross-checks.ts';
import { type Municipality, type MunicipalityFile, municipalityFile } from './municipality.ts';
import { readConfigText } from './read-config-text.ts';
import { schemaFaults } from './schema-faults.ts';
import { soundParts } from './sound-parts.ts';
import { readYaml } from './yaml-file.ts';

const REMEDY = 'Set SEDD_CONFIG to the path of the municipality file';

/** Reads and checks the municipality file whole. Fails with a `ConfigError` that names every fault. */
export async function loadMunicipality(path: string): Promise<Municipality> {
  return municipalityFrom(parseMunicipality(await readConfigText(path, REMEDY), path));
}

/** Checks the text of a municipality file; `path` is only for the error. */
export function parseMunicipality(text: string, path: string): MunicipalityFile {
  const { value, placed } = readYaml(text, path);
  const parsed = municipalityFile.safeParse(value);
  const faults = [...schemaFaults(parsed.error?.issues ?? [], value), ...crossFaults(soundParts(value))].map(
    placed,
  );
  if (parsed.success && faults.length === 0) return parsed.data;
  throw new ConfigError(
    path,
    faults.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)),
  );
}

/** Fills in, for each school, whatever it leaves to the municipality. */
export function municipalityFrom(file: MunicipalityFile): Municipality {
  return {
    name: file.municipality,
    language: file.language,
    timeZone: file.timeZone,
    teams: file.teams,
    roles: file.roles,
    directory: file.directory,
    sources: file.sources,
    schools: file.schools.map((school) => ({
      id: school.id,
      name: school.name,
      organisation: school.organisation,
      language: school.language ?? file.language,
      timeZone: file.timeZone,
      times: { ...file.times, ...given(school.times) },
      gate: { ...file.gate, ...given(school.gate) },
      longTerm: { ...file.longTerm, ...given(school.longTerm) },
      ladder: { ...file.ladder, ...given(school.ladder) },
      rereadMinutes: school.rereadMinutes ?? file.rereadMinutes,
      digestAbove: (school.digestAbove ?? file.digestAbove).toSorted((a, b) => a - b),
      roles: school.roles,
      quietGroups: school.quietGroups ?? file.quietGroups,
      calendar: {
        terms: file.calendar.terms,
        closed: [...file.calendar.closed, ...school.closed],
        open: school.open,
      },
      channels: school.channels,
      eht: school.eht,
      buildings: school.buildings,
    })),
  };
}

/** Without the settings that are left out, which must not hide the municipality's. */
function given<T extends object>(settings: T | undefined): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(
    Object.entries(settings ?? {}).filter(([, value]) => value !== undefined),
  ) as never;
}
