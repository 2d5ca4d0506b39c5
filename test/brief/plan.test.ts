import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextBrief, planBrief } from '../../src/brief/plan.ts';
import { workingCalendar } from '../../src/calendar/working-calendar.ts';
import { localDate } from '../../src/calendar/zone.ts';
import { moment } from '../support/world.ts';

const zone = 'Europe/Berlin';
const calendar = workingCalendar({
  zone,
  days: [1, 2, 3, 4, 5],
  start: '09:00',
  end: '17:00',
  holidays: ['2026-12-25', '2027-01-01'],
});
const plain = { briefTime: null, quiet: null };

test.each([
  ['on the same day, before it', '2026-11-02', '08:59', '2026-11-02', '09:00'],
  ['on the next day, at it', '2026-11-02', '09:00', '2026-11-03', '09:00'],
  ['after a weekend', '2026-11-06', '12:00', '2026-11-09', '09:00'],
  ['after a holiday and the weekend behind it', '2026-12-24', '12:00', '2026-12-28', '09:00'],
])('the next brief comes %s', (_what, date, time, nextDate, nextTime) => {
  expect(nextBrief(calendar, plain, moment(date, time))).toBe(moment(nextDate, nextTime));
});

test('a brief has its local time on both sides of a clock change', () => {
  const wish = { ...plain, briefTime: '08:30' };
  for (const [before, after] of [
    ['2026-03-27', '2026-03-30'],
    ['2026-10-23', '2026-10-26'],
  ] as const) {
    expect(nextBrief(calendar, wish, moment(before, '12:00'))).toBe(moment(after, '08:30'));
  }
});

test('each rep’s own zone and hours decide', () => {
  const late = workingCalendar({ zone: 'America/New_York', days: [2], start: '10:00', end: '18:00' });
  expect(nextBrief(late, plain, moment('2026-11-02', '09:00'))).toBe(
    moment('2026-11-03', '10:00', 'America/New_York'),
  );
});

test('a day that starts in quiet hours has its brief at their end', () => {
  const quiet = { from: '20:00', to: '10:30' };
  expect(nextBrief(calendar, { ...plain, quiet }, moment('2026-11-02', '08:00'))).toBe(
    moment('2026-11-02', '10:30'),
  );
});

test('who wants quiet for their whole working time has the brief when it starts, not in the evening', () => {
  const quiet = { from: '08:00', to: '18:00' };
  expect(nextBrief(calendar, { ...plain, quiet }, moment('2026-11-02', '08:00'))).toBe(
    moment('2026-11-02', '09:00'),
  );
});

test('who never works gets no brief', () => {
  const never = {
    ...calendar,
    holidays: new Set(
      Array.from({ length: 500 }, (_, day) =>
        localDate('UTC', moment('2026-11-02', '12:00') + day * 86_400_000),
      ),
    ),
  };
  expect(nextBrief(never, plain, moment('2026-11-02', '12:00'))).toBeNull();
});

test.each([
  ['sent when its moment has come', '2026-11-03', '09:00', false, '2026-11-03'],
  ['sent up to four hours late', '2026-11-03', '13:00', false, '2026-11-03'],
  ['not sent any later', '2026-11-03', '13:01', false, null],
  ['not sent while the rep is away', '2026-11-03', '09:00', true, null],
  ['not sent before its moment, whatever was planned', '2026-11-03', '08:59', false, null],
  ['not sent on a day off', '2026-11-07', '09:00', false, null],
  ['not sent on a holiday', '2026-12-25', '09:00', false, null],
])('a brief is %s', (_what, date, time, isAway, send) => {
  const plan = planBrief(calendar, plain, isAway, moment(date, time));
  expect(plan.send).toBe(send);
  expect(plan.next).toBe(nextBrief(calendar, plain, moment(date, time)));
});

test('however the app sleeps and wakes, each working day has at most one brief, on a working day', () => {
  const wakes = fc.array(fc.integer({ min: 1, max: 2000 }), { minLength: 1, maxLength: 60 });
  const wish = fc.record({
    briefTime: fc.option(fc.constantFrom('00:00', '07:15', '09:00', '23:59')),
    quiet: fc.option(fc.constant({ from: '18:00', to: '08:00' })),
  });
  fc.assert(
    fc.property(wakes, wish, (minutes, chosen) => {
      let now = moment('2026-10-20', '06:00');
      let next = nextBrief(calendar, chosen, now);
      const sent: string[] = [];
      for (const span of minutes) {
        now += span * 60_000;
        if (next === null || next > now) continue;
        const plan = planBrief(calendar, chosen, false, now);
        if (plan.send !== null) sent.push(plan.send);
        next = plan.next;
        expect(next).toBeGreaterThan(now);
      }
      expect(sent).toEqual([...new Set(sent)]);
      for (const date of sent) expect([0, 6]).not.toContain(new Date(`${date}T12:00:00Z`).getUTCDay());
    }),
  );
});
