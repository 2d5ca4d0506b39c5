import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TouchKind } from '../../src/db/schema.ts';
import { standingOf } from '../../src/touch/touch.ts';
import { DAY, situations } from '../calendar/situations.ts';
import { openDesk } from '../routing/support.ts';
import { leadRow, touchRow } from '../support/rows.ts';
import { temporaryFile } from '../support/world.ts';
import { expectSame, minutes, slowCount, slowPutOff, slowLateFrom, slowStanding } from './slow-standing.ts';

const standard = readFileSync('data/playbook.yml', 'utf8');
/** Everything that decides about a due date is another. */
const changed = standard
  .replace(/^nudgeAttempts: .*$/m, 'nudgeAttempts: [2]')
  .replace(/^attemptGap: .*$/m, 'attemptGap: 30m')
  .replace(/^replyWithin: .*$/m, 'replyWithin: 3d')
  .replaceAll('{ after: 1d, channel: email', '{ after: 2d, window: afternoon, channel: email')
  .replaceAll('{ after: 2d, channel: call', '{ after: 5h, channel: call');

const kinds = fc.constantFrom<TouchKind>('no_answer', 'email', 'spoke', 'replied');
const week = 7 * 1440;

test('a lead keeps the due date, nudge and snooze of its playbook, whatever the playbook and its rep’s time become', async () => {
  const path = temporaryFile('playbook.yml');
  writeFileSync(path, standard);
  const { work, team } = await openDesk('claim', ['U0ALICE'], undefined, path);
  const { playbooks, db } = work;
  let id = 0;
  await fc.assert(
    fc.asyncProperty(
      situations,
      fc.array(fc.record({ kind: kinds, after: fc.integer({ min: 0, max: 1500 }) }), { maxLength: 3 }),
      fc.record({
        snooze: fc.option(fc.integer({ min: 0, max: week }), { freq: 9 }),
        step: fc.option(fc.record({ set: fc.nat(300), ahead: fc.nat(week), isAllDay: fc.boolean() }), {
          freq: 1,
        }),
        later: fc.nat(week),
      }),
      fc.boolean(),
      async ({ hours, cal, from, clock }, log, { snooze, step, later }, isFirst) => {
        const before = isFirst ? standard : changed;
        writeFileSync(path, before);
        await playbooks.reload(db, from);
        const { version, playbook } = playbooks.current;
        let at = from;
        const moments = log.map(({ kind, after }) => ({ kind, at: (at = minutes(at, after)) }));
        const touches = slowCount(clock, hours, moments, playbook.attemptGap);
        const snoozedUntil = snooze === null ? null : minutes(at, snooze);
        const nextStep = step && {
          setAt: minutes(at, step.set),
          at: minutes(at, step.set + step.ahead),
          isAllDay: step.isAllDay,
        };
        if (nextStep) fc.pre(nextStep.at - 2 * DAY >= clock.start);
        const row = leadRow({
          id: (id += 1),
          playbook_version: version,
          cadence_started_at: from,
          ladder_step: 0,
          snoozed_until: snoozedUntil,
          next_step: nextStep && 'Call',
          next_step_at: nextStep?.at ?? null,
          next_step_all_day: nextStep?.isAllDay ? 1 : 0,
          next_step_set_at: nextStep?.setAt ?? null,
        });
        const lead = await db.insertInto('lead').values(row).returningAll().executeTakeFirstOrThrow();
        for (const [place, touch] of touches.entries())
          await db
            .insertInto('touch')
            .values({ ...touchRow(touch), id: 10 * id + place, lead_id: id, sales_team_id: team.id })
            .execute();

        // What comes after the lead began: another playbook, and the rep's own hours and absences.
        writeFileSync(path, isFirst ? changed : standard);
        await playbooks.reload(db, from + 1);
        const { playbook: other } = playbooks.current;
        expect(other.attemptGap).not.toBe(playbook.attemptGap);
        expect(other.ranks['A']?.cadence).not.toEqual(playbook.ranks['A']?.cadence);
        const rest = { team_id: 'T0ACME', user_id: 'U0ALICE', why: 'away', set_by: 'U0ALICE' } as const;
        const absences = (cal.away ?? []).map(([start, end], place) => ({
          ...{
            ...rest,
            id: place,
            from_at: start,
            until_at: end,
            ended_at: null,
            deputy_id: null,
            said: null,
          },
        }));
        const teamNow = { ...team, calendars: new Map([['U0ALICE', hours]]), absences };

        const input = {
          ...{ touches, startedAt: from, hours, calendar: cal, snoozedUntil, nextStep },
          ...{ replyWithin: playbook.replyWithin, attemptGap: playbook.attemptGap },
          nudgeAttempts: playbook.nudgeAttempts,
          cadence: playbook.ranks['A']?.cadence ?? [],
        };
        const slow = slowStanding(clock, input);
        const seen = minutes(at, later);
        const standing = await standingOf({ ...work, now: seen }, lead, teamNow);
        expect(standing.attempts).toBe(slow.attempts);
        expectSame(standing.next_attempt_at, slow.due, clock);
        expectSame(standing.nudge_at, slow.nudge, clock);
        const lateFrom = slow.due === null ? null : slowLateFrom(clock, slow, snoozedUntil, seen);
        const redraw = slowPutOff(clock, slow, snoozedUntil, seen) ?? lateFrom;
        expectSame(standing.redraw_at, redraw === seen ? null : redraw, clock);
      },
    ),
    { numRuns: 100 },
  );
  await db.destroy();
});
