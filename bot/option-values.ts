import { InvalidArgumentError } from 'commander';
import { Temporal } from 'temporal-polyfill';

/** Reads an option's value as a number within bounds; anything else is wrong usage. */
export function numberWithin(from: number, to: number): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (value >= from && value <= to) return value;
    throw new InvalidArgumentError(`It has to be a number from ${from} to ${to}.`);
  };
}

/** Reads an option's value as a whole number within bounds; anything else is wrong usage. */
export function wholeNumberWithin(from: number, to: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= from && value <= to) return value;
    throw new InvalidArgumentError(`It has to be a whole number from ${from} to ${to}.`);
  };
}

/** Reads an option's value as a calendar day; anything else is wrong usage. */
export function calendarDay(text: string): Temporal.PlainDate {
  try {
    return Temporal.PlainDate.from(text);
  } catch {
    // What Temporal says is for programmers.
    throw new InvalidArgumentError('It has to be a date such as 2026-11-23.');
  }
}

/** Reads an option's value as a time of day; anything else is wrong usage. */
export function timeOfDay(text: string): Temporal.PlainTime {
  if (/^([01]\d|2[0-3]):[0-5]\d$/.test(text)) return Temporal.PlainTime.from(text);
  throw new InvalidArgumentError('It has to be a time of day such as 08:45.');
}
