import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { municipalitySchema, routineSchema } from '../services/config/json-schema.ts';

/** `npm run config-schema`: writes what editors check a municipality file and a routine file with. */
const folder = join(import.meta.dirname, '../config');
await writeFile(join(folder, 'municipality.schema.json'), municipalitySchema());
await writeFile(join(folder, 'routine.schema.json'), routineSchema());
