import type { Municipality, School } from '../../services/config/municipality.ts';
import { nearest } from '../../services/config/nearest.ts';
import { UsageError } from '../usage-error.ts';

/** The school that somebody typed the id of; another is wrong usage. */
export function schoolNamed({ schools }: Pick<Municipality, 'schools'>, id: string): School {
  const school = schools.find((one) => one.id === id);
  if (school !== undefined) return school;
  const ids = schools.map((one) => one.id);
  const meant = nearest(id, ids);
  const hint =
    meant === undefined ? `The municipality file has: ${ids.join(', ')}.` : `Did you mean "${meant}"?`;
  throw new UsageError(`There is no school "${id}". ${hint}`);
}
