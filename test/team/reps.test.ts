import { beforeEach, expect, test } from 'vitest';
import { addWorkingMinutes } from '../../src/calendar/working-time.ts';
import { openDatabase } from '../../src/db/open.ts';
import { Playbooks } from '../../src/playbook/playbooks.ts';
import { availabilityOf } from '../../src/team/availability.ts';
import { ownerCalendar } from '../../src/team/calendars.ts';
import { endAbsences, insertAbsence, saveRep } from '../../src/team/people/store.ts';
import { repsOf } from '../../src/team/reps.ts';
import { saveTeam, teamById } from '../../src/team/store.ts';
import { settingsOf, type Team } from '../../src/team/team.ts';
import type { Work } from '../../src/work.ts';
import { someTeam, someTime } from '../support/rows.ts';
import { moment, newYork } from '../support/world.ts';

const [alice, bob] = ['U0ALICE', 'U0BOB'];
let work: Work;
let team: Team;

beforeEach(async () => {
  const workspace = { teamId: 'T0ACME', botUserId: 'U0SIXTH', url: 'https://acme-sales.slack.com/' };
  const db = openDatabase(':memory:');
  const playbooks = new Playbooks('data/playbook.yml', workspace.teamId);
  await playbooks.load(db, someTime);
  work = { db, now: someTime, playbooks, workspace };
  team = await saveTeam(work, 'C0LEADS', { ...settingsOf(someTeam()), region: 'DE-BE' }, someTime);
});

async function calendarOf(userId: string, at = work.now) {
  const then = { ...work, now: at };
  const rep = (await repsOf(then, await teamById(then, team.id))).find((each) => each.userId === userId);
  if (!rep) throw new Error('unreachable');
  return rep.calendar;
}

async function whyNot(userId: string, at: number): Promise<string | undefined> {
  const then = { ...work, now: at };
  const found = (await availabilityOf(then, await teamById(then, team.id))).get(userId);
  return found?.available === false ? found.why : undefined;
}

test('a rep without settings has the defaults and the team’s calendar', async () => {
  expect((await repsOf(work, team))[0]).toEqual({
    userId: alice,
    weight: 1,
    mostOpen: null,
    mostNewADay: null,
    tags: [],
    calendar: team.calendar,
    owed: 0,
    servedAt: null,
  });
});

test('the order is the roster’s, whoever has settings', async () => {
  await saveRep(work, team.id, bob, { weight: 3, owed: 0.5, served_at: 7 });
  expect((await repsOf(work, team)).map((rep) => [rep.userId, rep.weight, rep.owed, rep.servedAt])).toEqual([
    [alice, 1, 0, null],
    [bob, 3, 0.5, 7],
  ]);
});

test('own hours leave what is not set as the team has it', async () => {
  await saveRep(work, team.id, bob, { day_start: '13:00' });
  const calendar = await calendarOf(bob);
  expect(calendar.zone).toBe('Europe/Berlin');
  expect(calendar.hours[2]).toEqual([[13 * 60, 17 * 60]]);
  expect(calendar.holidays).toEqual(team.calendar.holidays);
});

test('own hours in an own zone follow its clock over the weekend when it changes', async () => {
  await saveRep(work, team.id, bob, { zone: newYork });
  // New York goes back on Sunday, 1 November 2026; Berlin has done so a week before.
  const friday = moment('2026-10-30', '16:00', newYork);
  expect(addWorkingMinutes(await calendarOf(bob), friday, 120)).toBe(moment('2026-11-02', '10:00', newYork));
  const spring = moment('2027-03-12', '16:00', newYork);
  expect(addWorkingMinutes(await calendarOf(bob, spring), spring, 120)).toBe(
    moment('2027-03-15', '10:00', newYork),
  );
});

test('an own region takes the place of the team’s, and the playbook’s holidays stay', async () => {
  await saveRep(work, team.id, bob, { region: 'DE-BY' });
  const epiphany = '2027-01-06';
  expect((await calendarOf(bob)).holidays.has(epiphany)).toBe(true);
  expect(team.calendar.holidays.has(epiphany)).toBe(false);
  for (const holiday of work.playbooks.current.playbook.working.holidays) {
    expect((await calendarOf(bob)).holidays.has(holiday)).toBe(true);
  }
});

test('settings that change are in the next calendar', async () => {
  await saveRep(work, team.id, bob, { day_start: '13:00' });
  await calendarOf(bob);
  await saveRep(work, team.id, bob, { day_start: '14:00' });
  expect((await calendarOf(bob)).hours[1]).toEqual([[14 * 60, 17 * 60]]);
  await saveTeam(work, 'C0LEADS', { ...settingsOf(team), dayEnd: '18:00' }, someTime);
  expect((await calendarOf(bob)).hours[1]).toEqual([[14 * 60, 18 * 60]]);
});

test('holidays of years that were far away are known once they come near', async () => {
  await saveRep(work, team.id, bob, { region: 'DE-BY' });
  const far = Date.UTC(2033, 5, 1);
  expect((await calendarOf(bob)).holidays.has('2033-01-06')).toBe(false);
  expect((await calendarOf(bob, far)).holidays.has('2033-01-06')).toBe(true);
  expect((await calendarOf(alice, far)).holidays.has('2033-05-01')).toBe(true);
});

test('who is outside their hours is available, who has a holiday is not', async () => {
  expect(await whyNot(bob, moment('2026-11-04', '03:00'))).toBeUndefined();
  expect(await whyNot(bob, moment('2026-11-07', '12:00'))).toBeUndefined();
  expect(await whyNot(bob, moment('2026-12-25', '12:00'))).toBe('on a public holiday');
});

test('a holiday lasts until the next day on which they work', async () => {
  const christmas = { ...work, now: moment('2026-12-25', '12:00') };
  expect((await availabilityOf(christmas, team)).get(bob)).toEqual({
    available: false,
    why: 'on a public holiday',
    back: 'on Monday',
    until: moment('2026-12-28', '00:00'),
    isDayOff: true,
  });
});

test('a holiday begins and ends with the day of the rep’s own zone', async () => {
  await saveRep(work, team.id, bob, { zone: newYork, region: 'US' });
  expect(await whyNot(bob, moment('2026-11-26', '05:30'))).toBeUndefined();
  expect(await whyNot(bob, moment('2026-11-26', '06:30'))).toBe('on a public holiday');
  expect(await whyNot(bob, moment('2026-11-27', '05:30'))).toBe('on a public holiday');
  expect(await whyNot(bob, moment('2026-11-27', '06:30'))).toBeUndefined();
});

test('of two absences the longer one is named, and one that is over or ended counts no more', async () => {
  const until = (date: string) => moment(date, '00:00');
  await insertAbsence(work, { user_id: bob, why: 'status', until_at: until('2026-11-05'), set_by: bob });
  await insertAbsence(work, { user_id: bob, why: 'away', until_at: until('2026-11-07'), set_by: bob });
  expect(await whyNot(bob, someTime)).toBe('away until Friday');
  expect(await whyNot(bob, until('2026-11-07') - 1)).toBe('away until the end of today');
  expect(await whyNot(bob, until('2026-11-07'))).toBe('away until tomorrow');
  expect(await whyNot(bob, until('2026-11-09'))).toBeUndefined();
  await insertAbsence(work, { user_id: bob, why: 'deactivated', until_at: null, set_by: 'app' });
  expect(await whyNot(bob, someTime)).toBe('deactivated in Slack');
  await work.db.updateTable('absence').set({ ended_at: someTime }).execute();
  expect(await whyNot(bob, someTime)).toBeUndefined();
});

test('an absence in another workspace is nobody’s here', async () => {
  const elsewhere = { ...work, workspace: { ...work.workspace, teamId: 'T0OTHER' } };
  await insertAbsence(elsewhere, { user_id: bob, why: 'away', until_at: null, set_by: bob });
  expect(await whyNot(bob, someTime)).toBeUndefined();
});

test('hours and absences count as soon as they are saved, and no longer if the saving fails', async () => {
  const away = { user_id: bob, why: 'away' as const, until_at: someTime + 86_400_000, set_by: bob };
  const calendar = async () => ownerCalendar(await teamById(work, team.id), bob);
  await work.db
    .transaction()
    .execute(async (db) => {
      await saveRep({ ...work, db }, team.id, bob, { day_start: '13:00' });
      await insertAbsence({ ...work, db }, away);
      const inside = ownerCalendar(await teamById({ ...work, db }, team.id), bob);
      expect(inside.hours[1]).toEqual([[780, 1020]]);
      expect(inside.away).toHaveLength(1);
      throw new Error('undone');
    })
    .catch((error: unknown) => expect(error).toMatchObject({ message: 'undone' }));
  expect(await calendar()).toEqual(team.calendar);
  // At the very moment of the first one.
  await insertAbsence(work, away);
  expect((await calendar()).away).toHaveLength(1);
  expect((await calendar()).hours[1]).toEqual([[540, 1020]]);
  await endAbsences(work, bob, ['away']);
  expect((await calendar()).away ?? []).toEqual([]);
});
