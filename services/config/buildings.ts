import { z } from 'zod';

const building = z.strictObject({
  name: z.string().min(1).max(80),
  rooms: z
    .array(z.string().trim().min(1).max(80))
    .min(1)
    .max(100)
    .describe(
      'What its rooms’ names begin with, as the student system spells them; the longest that fits counts.',
    ),
});

/** A school's buildings, each told by the names of its rooms. */
export const buildings = z.array(building).max(50);

export type Building = z.infer<typeof building>;
