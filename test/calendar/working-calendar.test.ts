import { describe, expect, test } from 'vitest';
import { weeklyCalendar, workingCalendar } from '../../src/calendar/working-calendar.ts';

const valid = { zone: 'Europe/Berlin', days: [1, 2, 3, 4, 5], start: '09:00', end: '17:30' };

describe('a working calendar', () => {
  test('has the same hours on each of its days and none on the others', () => {
    const cal = workingCalendar({ ...valid, holidays: ['2026-12-25'] });
    expect(cal.hours[1]).toEqual([[540, 1050]]);
    expect(cal.hours[5]).toEqual([[540, 1050]]);
    expect(cal.hours[6]).toEqual([]);
    expect([...cal.holidays]).toEqual(['2026-12-25']);
  });

  test('may last until midnight', () => {
    expect(workingCalendar({ ...valid, start: '00:00', end: '24:00' }).hours[3]).toEqual([[0, 1440]]);
  });

  test.each([
    ['an unknown zone', { zone: 'Europe/Atlantis' }, /"Europe\/Atlantis" is not a known time zone/],
    ['no working day', { days: [] }, /at least one working day/],
    ['weekday 0', { days: [0] }, /0 is not a weekday: use 1 \(Monday\) to 7/],
    ['weekday 8', { days: [1, 8] }, /8 is not a weekday/],
    ['half a weekday', { days: [1.5] }, /1\.5 is not a weekday/],
    ['an end at the start', { end: '09:00' }, /must end after they start/],
    ['an end before the start', { start: '22:00', end: '06:00' }, /must end after they start/],
    ['a time without its zero', { start: '9:00' }, /"9:00" is not a time of day/],
    ['minute 60', { start: '08:60' }, /"08:60" is not a time of day/],
    ['a time after midnight', { end: '24:01' }, /"24:01" is not a time of day/],
    ['a holiday that no month has', { holidays: ['2026-02-30'] }, /"2026-02-30" is not a date/],
    ['a holiday written otherwise', { holidays: ['25.12.2026'] }, /"25\.12\.2026" is not a date/],
  ])('refuses %s in a clear sentence', (_, wrong, sentence) => {
    const make = (): unknown => workingCalendar({ ...valid, ...wrong });
    expect(make).toThrow(RangeError);
    expect(make).toThrow(sentence);
  });
});

describe('a weekly calendar', () => {
  test('takes breaks and puts them in order', () => {
    const cal = weeklyCalendar({
      zone: 'UTC',
      hours: {
        1: [
          ['13:00', '17:00'],
          ['09:00', '12:00'],
        ],
        5: [['09:00', '13:00']],
      },
    });
    expect(cal.hours[1]).toEqual([
      [540, 720],
      [780, 1020],
    ]);
    expect(cal.hours[2]).toEqual([]);
    expect(cal.hours[5]).toEqual([[540, 780]]);
  });

  test('refuses hours that overlap', () => {
    const make = (): unknown =>
      weeklyCalendar({
        zone: 'UTC',
        hours: {
          2: [
            ['09:00', '13:00'],
            ['12:00', '17:00'],
          ],
        },
      });
    expect(make).toThrow(/must not overlap/);
  });

  test('refuses a week whose days are all empty', () => {
    expect(() => weeklyCalendar({ zone: 'UTC', hours: { 1: [], 2: [] } })).toThrow(
      /at least one working day/,
    );
  });
});
