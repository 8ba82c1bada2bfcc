import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { municipalitySchema } from '../services/config/json-schema.ts';

/** `npm run config-schema`: writes what editors check a municipality file with. */
await writeFile(join(import.meta.dirname, '../config/municipality.schema.json'), municipalitySchema());
