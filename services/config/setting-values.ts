import { z } from 'zod';

/** `HH:mm` on the school's wall clock. */
export const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time of day such as "08:45"');
export const isoDay = z.iso.date('is not a date such as 2026-11-23');
export const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'is not an id: lower-case letters a-z, digits and hyphens');
export const fraction = z.number().min(0).max(1);
export const channelId = z
  .string()
  .min(5)
  .max(300)
  .regex(/^[^\s…]+$/, 'is not the id of a channel; add Sedd to the channel, and it answers with the id');
export const language = z.enum(['sv', 'en']).describe('The language of the cards.');
export const httpUrl = z.url({
  protocol: /^https?$/,
  error: 'is not an address such as https://ss12000.example/v2',
});

export const address = z
  .string()
  .trim()
  .toLowerCase()
  .max(200)
  .regex(/^[^@\s]+@[^@\s]+$/, 'is not an e-mail address');
