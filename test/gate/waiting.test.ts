import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY, MINUTE } from '../../src/calendar/civil.ts';
import { lateSince } from '../../src/gate/waiting.ts';
import { addSpan } from '../../src/calendar/span.ts';
import { moment } from '../support/world.ts';
import { someTeam } from '../support/rows.ts';

const { calendar } = someTeam();
const twoDays = { unit: 'days', amount: 2 } as const;

test('on a Monday, what came before Thursday’s same time has waited two working days', () => {
  const until = lateSince(calendar, moment('2026-11-09', '10:00'), twoDays);
  expect(Math.abs(until - moment('2026-11-05', '10:00'))).toBeLessThanOrEqual(MINUTE);
});

test('whatever is older has waited the span of working time, whatever is a minute younger has not', () => {
  const span = fc.oneof(
    fc.record({ unit: fc.constant('minutes' as const), amount: fc.integer({ min: 1, max: 999 }) }),
    fc.record({ unit: fc.constant('days' as const), amount: fc.integer({ min: 1, max: 60 }) }),
  );
  const times = fc.integer({ min: moment('2026-01-01', '00:00'), max: moment('2027-12-31', '00:00') });
  fc.assert(
    fc.property(times, span, fc.integer({ min: 0, max: 30 * DAY }), (now, given, earlier) => {
      const until = lateSince(calendar, now, given);
      expect(addSpan(calendar, until - earlier, given)).toBeLessThanOrEqual(now);
      expect(addSpan(calendar, until + MINUTE, given)).toBeGreaterThan(now);
    }),
  );
});
