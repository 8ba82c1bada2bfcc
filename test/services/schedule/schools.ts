import { municipalityFrom } from '../../../services/config/load-municipality.ts';
import { type Municipality, municipalityFile, type School } from '../../../services/config/municipality.ts';

/** A municipality of one school whose year has both switches of DST, with settings laid over. */
export function municipalityWith(settings: Readonly<Record<string, unknown>> = {}): Municipality {
  const organisation = '00000000-0000-4000-8000-000000000001';
  const file = municipalityFile.parse({
    municipality: 'Testköping',
    teams: { tenants: ['99999999-0000-4000-8000-000000000001'] },
    calendar: {
      schoolYear: '2026/2027',
      terms: [
        { from: '2026-08-18', to: '2026-12-18' },
        { from: '2027-01-11', to: '2027-06-10' },
      ],
      closed: [{ from: '2026-10-26', to: '2026-10-30' }],
    },
    sources: [{ id: 'hub', kind: 'ss12000', url: 'http://127.0.0.1:1/', gives: ['roster', 'lessons'] }],
    schools: [{ id: 'norr', name: 'Norrskolan', organisation }],
    ...settings,
  });
  return municipalityFrom(file);
}

export function schoolWith(settings: Readonly<Record<string, unknown>> = {}): School {
  const base = { id: 'norr', name: 'Norrskolan', organisation: '00000000-0000-4000-8000-000000000001' };
  const [school] = municipalityWith({ schools: [{ ...base, ...settings }] }).schools;
  if (school === undefined) throw new Error('no school');
  return school;
}
