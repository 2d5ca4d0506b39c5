import { expect, test } from 'vitest';
import { agreedText } from '../../src/resolution/returning.ts';
import { berlin, moment } from '../support/world.ts';

test.each([
  ['2026-08-20', '2026-11-02', 'in August'],
  ['2025-08-20', '2026-11-02', 'in August 2025'],
  ['2026-11-03', '2026-11-20', 'on Tue 3 Nov'],
])('what was agreed on %s is, on %s, what was agreed %s', (closed, now, text) => {
  expect(agreedText(berlin, moment(closed, '10:00'), moment(now, '10:00'))).toBe(text);
});
