import { type SettingFault, settingFault } from './config-faults.ts';
import type { SoundParts } from './sound-parts.ts';

type Sources = SoundParts['sources'];

/** What is wrong between the sources: each thing comes from one, the roster from any, and nothing travels in the open. */
export function sourceFaults({ sources, teams }: SoundParts): readonly SettingFault[] {
  return [
    ...twiceGiven(sources),
    ...noRoster(sources),
    ...sources.flatMap(({ url, tokenUrl }, index) => [
      ...insecure(url, ['sources', index, 'url'], 'Pupils’ data'),
      ...insecure(tokenUrl, ['sources', index, 'tokenUrl'], 'The client’s secret'),
    ]),
    ...insecure(teams.serviceUrl, ['teams', 'serviceUrl'], 'Cards'),
  ];
}

function twiceGiven(sources: Sources): readonly SettingFault[] {
  const givers = new Map<string, string>();
  return sources.flatMap(({ id = 'another source', gives = [] }, index) =>
    gives.flatMap((kind, place) => {
      const other = givers.get(kind);
      givers.set(kind, other ?? id);
      if (other === undefined) return [];
      const reason = `"${kind}" already comes from "${other}"`;
      return [settingFault(['sources', index, 'gives', place], reason, 'Each thing comes from one source')];
    }),
  );
}

function noRoster(sources: Sources): readonly SettingFault[] {
  if (sources.some(({ gives }) => gives === undefined || gives.includes('roster'))) return [];
  const remedy = 'Let one of them give "roster": pupils, groups and mentors';
  return sources.length === 0 ? [] : [settingFault(['sources'], 'No source gives the roster', remedy)];
}

const LOCAL: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

function insecure(
  url: string | undefined,
  keys: SettingFault['keys'],
  what: string,
): readonly SettingFault[] {
  if (url === undefined) return [];
  const { protocol, hostname } = new URL(url);
  if (protocol === 'https:' || LOCAL.includes(hostname)) return [];
  return [settingFault(keys, `${what} may not travel unencrypted`, 'Use https')];
}
