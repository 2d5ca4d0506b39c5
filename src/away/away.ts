import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { recordAudit } from '../db/audit.ts';
import { Refusal } from '../errors.ts';
import { routeWaiting } from '../routing/routing.ts';
import { user } from '../slack/kit.ts';
import {
  type Absence,
  endAbsences,
  insertAbsence,
  openAbsences,
  updateAbsence,
} from '../team/people/store.ts';
import { presentAbsence } from '../team/absence.ts';
import { repsOf } from '../team/reps.ts';
import { teamsOfMember } from '../team/store.ts';
import { isManager, type Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { askManagers, nothingMoved, settleNotices } from './notices.ts';
import { heldLeads } from './store.ts';

/** An absence that has begun, and what it leaves behind. */
export interface Begun {
  absence: Absence;
  /** The person's own working time, of their first team. */
  calendar: WorkingCalendar;
  /** How many open leads stay with them. */
  held: number;
  /** The managers who were asked whether to hand those on. */
  asked: string[];
  /** Until when they were away before this was said; undefined when they were not. */
  before?: { until: number | null };
}

/** The teams that give this person leads, in the order they were set up. */
export async function teamsOfRep(work: Work, userId: string): Promise<Team[]> {
  return (await teamsOfMember(work, userId)).filter((team) => team.reps.includes(userId));
}

/** When this person works, by the first of their teams. */
export async function calendarOf(work: Work, userId: string): Promise<WorkingCalendar | undefined> {
  const teams = await teamsOfMember(work, userId);
  const team = teams.find((each) => each.reps.includes(userId)) ?? teams[0];
  const rep = team && (await repsOf(work, team)).find((each) => each.userId === userId);
  return rep?.calendar ?? team?.calendar;
}

/** @returns when the rep works @throws Refusal for who works no leads: there is nothing to be away from */
export async function refuseOutsiders(work: Work, userId: string): Promise<WorkingCalendar> {
  const calendar = await calendarOf(work, userId);
  if (calendar && (await teamsOfRep(work, userId)).length > 0) return calendar;
  throw new Refusal(
    `${user(userId)} is in no roster, so no lead comes that way. A manager changes the roster with \`/leads setup\`.`,
  );
}

/**
 * Who may say that somebody is away or back: they themselves, and the managers of a team they work in.
 * @throws Refusal
 */
export async function refuseStranger(work: Work, userId: string, by: string): Promise<void> {
  if (userId === by) return;
  const teams = await teamsOfRep(work, userId);
  if (teams.some((team) => isManager(team, by))) return;
  if ((await teamsOfMember(work, by)).some((team) => isManager(team, by)))
    throw new Refusal(`${user(userId)} is no rep of your teams. Nothing was changed.`);
  const managers = [...new Set(teams.flatMap((team) => team.managers))].map(user).join(', ');
  const ask = managers === '' ? '' : ` Ask ${managers}, or leave it to them.`;
  throw new Refusal(`Only managers may say when somebody else is away.${ask} Nothing was changed.`);
}

/**
 * From now on this person gets no lead; claiming by oneself stays allowed. One of the same kind is
 * moved, so that nobody is asked a second time.
 * @param why what it is known from
 * @param until the first moment after it; null until somebody ends it
 */
export async function beginAbsence(
  work: Work,
  userId: string,
  { why, until, by }: { why: Absence['why']; until: number | null; by: string },
): Promise<Begun> {
  const calendar = await calendarOf(work, userId);
  if (!calendar) throw new Error(`${userId} is in no team.`);
  const open = await openAbsences(work, [userId]);
  const known = open.find((absence) => absence.why === why);
  const absence = known
    ? await updateAbsence(work, known, { until_at: until, set_by: by, deputy_id: known.deputy_id })
    : await insertAbsence(work, { user_id: userId, why, until_at: until, set_by: by });
  await recordAudit(work, { actor: by, action: 'rep.away', detail: { user: userId, why, until } });
  let held = 0;
  const asked = new Set<string>();
  for (const team of await teamsOfRep(work, userId)) {
    const leads = await heldLeads(work, team.id, userId);
    held += leads.length;
    if (leads.length === 0) continue;
    for (const manager of await askManagers(work, absence, team, { calendar, others: open }))
      asked.add(manager);
  }
  return {
    absence,
    calendar,
    held,
    asked: [...asked],
    ...(known && { before: { until: known.until_at } }),
  };
}

/**
 * Ends what keeps this person from getting leads, and lets the leads flow that have waited for somebody.
 * @param why the kinds of absence that are over
 * @returns whether there was one
 */
export async function endAbsence(
  work: Work,
  userId: string,
  { why, by }: { why: readonly Absence['why'][]; by: string },
): Promise<boolean> {
  const ending = (await openAbsences(work, [userId])).filter((absence) => why.includes(absence.why));
  if (ending.length === 0) return false;
  await endAbsences(work, userId, why);
  await settleEnded(work, ending, by);
  await recordAudit(work, { actor: by, action: 'rep.back', detail: { user: userId } });
  for (const team of await teamsOfRep(work, userId)) await routeWaiting(work, team);
  return true;
}

/** What the managers were asked about absences that are over is settled by that. */
export async function settleEnded(work: Work, ended: readonly Absence[], by: string): Promise<void> {
  for (const absence of ended) {
    const present = presentAbsence(await openAbsences(work, [absence.user_id]), work.now);
    if (present) continue;
    for (const team of await teamsOfRep(work, absence.user_id))
      await settleNotices(work, absence, team, { by, how: 'back', ...nothingMoved });
  }
}
