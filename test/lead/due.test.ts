import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openDatabase } from '../../src/db/open.ts';
import { askedFrom, dueAt, isLate, putOffText, putOffUntil, whenDue } from '../../src/lead/due.ts';
import { lateIn, putOffIn } from '../../src/lead/store.ts';
import { leadRow, someTime } from '../support/rows.ts';

const hour = 3_600_000;
const [past, ahead, later] = [someTime - hour, someTime + hour, someTime + 2 * hour];

test.each<[string, number | null, number | null, number | null, number | null, boolean]>([
  ['is due by now is late', someTime, null, null, null, true],
  ['is due later is not', ahead, null, null, null, false],
  ['was due and is put off is not late', past, ahead, null, ahead, false],
  ['is put off until now is late again', past, someTime, null, null, true],
  ['has moved behind its snooze is due when it is due', later, ahead, null, null, false],
  ['is due before its snooze ends is put off', ahead, later, null, later, false],
  ['has a reply that waits is not put off', past, ahead, past, null, true],
  ['has nothing due is neither late nor put off', null, ahead, null, null, false],
])('a lead that %s', (_what, due, snoozed, replied, putOff, late) => {
  const lead = leadRow({ next_attempt_at: due, snoozed_until: snoozed, replied_at: replied });
  expect(putOffUntil(lead, someTime)).toBe(putOff);
  expect(dueAt(lead, someTime)).toBe(putOff ?? due);
  expect(isLate(lead, someTime)).toBe(late);
});

test('the database says the same as the rules', async () => {
  const db = openDatabase(':memory:');
  const moments = [null, past, someTime, ahead, later];
  for (const due of moments)
    for (const snoozed of moments)
      for (const replied of [null, past]) {
        const lead = leadRow({ next_attempt_at: due, snoozed_until: snoozed, replied_at: replied });
        const row = sql`(SELECT ${due} AS next_attempt_at, ${snoozed} AS snoozed_until, ${replied} AS replied_at)`;
        const { rows } = await sql<{ late: number | null; off: number | null }>`
          SELECT ${lateIn('it', someTime)} AS late, ${putOffIn('it', someTime)} AS off FROM ${row} AS it`.execute(
          db,
        );
        expect([rows[0]?.late === 1, rows[0]?.off === 1], JSON.stringify(lead)).toEqual([
          isLate(lead, someTime),
          putOffUntil(lead, someTime) !== null,
        ]);
      }
  await db.destroy();
});

test('what is put off is named: a first touch, a later attempt, an agreed step', () => {
  expect(putOffText(leadRow({ attempts: 0 }), ahead)).toMatch(/^First touch is put off until <!date\^/);
  expect(putOffText(leadRow({ attempts: 2 }), ahead)).toMatch(/^Attempt 3 is put off until <!date\^/);
  expect(putOffText(leadRow({ next_step: 'Send <it>', step_due_at: past }), ahead)).toMatch(
    /^Next step \(Send &lt;it&gt;\) is put off until <!date\^/,
  );
});

test('a step without a time is asked for from its morning on, put off within its day, and late after it', () => {
  const step = leadRow({
    next_step: 'Send it',
    next_step_at: past,
    next_step_all_day: 1,
    step_due_at: later,
    next_attempt_at: later,
  });
  expect(askedFrom(step)).toBe(past);
  expect(isLate(step, someTime)).toBe(false);
  expect(isLate(step, later)).toBe(true);
  const putOff = { ...step, snoozed_until: ahead };
  expect([putOffUntil(putOff, someTime), dueAt(putOff, someTime)]).toEqual([ahead, later]);
  expect(whenDue(step, someTime)).toContain('^{date_short_pretty}|');
  expect(whenDue({ ...step, next_step_all_day: 0 }, someTime)).toContain('at {time}');
});
