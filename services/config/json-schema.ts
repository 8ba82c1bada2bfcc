import { z } from 'zod';
import { municipalityFile } from './municipality.ts';
import { routineFile } from './routine.ts';

/** The JSON schema of the municipality file, for editors, as the text of config/municipality.schema.json. */
export function municipalitySchema(): string {
  return textOf(municipalityFile);
}

/** The same of the routine file: config/routine.schema.json. */
export function routineSchema(): string {
  return textOf(routineFile);
}

function textOf(schema: z.ZodType): string {
  return `${JSON.stringify(z.toJSONSchema(schema, { io: 'input' }), undefined, 2)}\n`;
}
