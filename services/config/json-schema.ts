import { z } from 'zod';
import { municipalityFile } from './municipality.ts';

/** The JSON schema of the municipality file, for editors, as the text of config/municipality.schema.json. */
export function municipalitySchema(): string {
  return `${JSON.stringify(z.toJSONSchema(municipalityFile, { io: 'input' }), undefined, 2)}\n`;
}
