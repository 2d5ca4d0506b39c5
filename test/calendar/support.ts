import { expect } from 'vitest';

/** An instant written with its offset, so that a test shows the local time and can still be checked by hand. */
export function instant(text: string): number {
  const at = Date.parse(text);
  if (!/(Z|[+-]\d\d:\d\d)$/.test(text) || Number.isNaN(at)) throw new Error(`"${text}" needs an offset.`);
  return at;
}

export function expectInstant(actual: number, expected: string): void {
  expect(new Date(actual).toISOString()).toBe(new Date(instant(expected)).toISOString());
}
