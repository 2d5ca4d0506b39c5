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
import { deputyFor, isDeputy } from '../team/calendars.ts';
import { repsOf } from '../team/reps.ts';
import { teamById, teamsOfMember } from '../team/store.ts';
import { isManager, type Team } from '../team/team.ts';
import { untilText } from '../team/until.ts';
import { rescheduleRep } from '../touch/reschedule.ts';
import type { Work } from '../work.ts';
import { askForOthers, isThere, releaseDeputy, tellDeputy } from './deputy.ts';
import { askManagers, nothingMoved, settleNotices } from './notices.ts';
import { heldLeads, teamsHolding } from './store.ts';

interface Beginning {
  why: Absence['why'];
  until: number | null;
  by: string;
  /** The words of a status. */
  said?: string;
  deputy?: string | null;
}

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
  /** How many open leads somebody looks after meanwhile. */
  covered: number;
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
 * moved, so that nobody is asked a second time. What they have is due after it, or somebody looks after it.
 * @param why what it is known from
 * @param until the first moment after it; null until somebody ends it
 * @param deputy who is fit for it (`unfitDeputy`); null for nobody, left out for whoever was named before
 */
export async function beginAbsence(
  work: Work,
  userId: string,
  { why, until, by, said, deputy }: Beginning,
): Promise<Begun> {
  const teams: Team[] = [];
  for (const id of await teamsHolding(work, userId)) teams.push(await teamById(work, id));
  const calendar = (await calendarOf(work, userId)) ?? teams[0]?.calendar;
  if (!calendar) throw new Error(`${userId} is in no team.`);
  const open = await openAbsences(work, [userId]);
  const known = open.find((absence) => absence.why === why);
  const values = {
    until_at: until,
    set_by: by,
    deputy_id: deputy === undefined ? (known?.deputy_id ?? null) : deputy,
    said: said ?? null,
  };
  const absence = known
    ? await updateAbsence(work, known, values)
    : await insertAbsence(work, { user_id: userId, why, ...values });
  const detail = { user: userId, why, until, deputy: absence.deputy_id };
  await recordAudit(work, { actor: by, action: 'rep.away', detail });
  await rescheduleTeams(work, userId);
  const isCovered = absence.deputy_id !== null && (await isThere(work, absence.deputy_id));
  let held = 0;
  let covered = 0;
  const asked = new Set<string>();
  for (const team of teams) {
    const leads = await heldLeads(work, team.id, userId);
    if (isCovered && isDeputy(team, userId, absence.deputy_id)) {
      covered += leads.length;
      continue;
    }
    held += leads.length;
    for (const manager of await askManagers(work, absence, team, { calendar, others: open }))
      asked.add(manager);
  }
  const isSame = absence.deputy_id === known?.deputy_id;
  if (absence.deputy_id !== null && !(isSame && known.until_at === until)) {
    const leads = { deputy: absence.deputy_id, userId, by, leads: covered };
    const end = until === null ? '' : ` until ${untilText(until, calendar.zone, work.now)}`;
    await tellDeputy(work, { ...leads, until: isSame ? `${end} now` : end });
  }
  if (known && !isSame) await releaseDeputy(work, known, { by, successor: absence.deputy_id });
  await askForOthers(work, absence, calendar);
  return {
    absence,
    calendar,
    held,
    covered,
    asked: [...asked],
    ...(known && { before: { until: known.until_at } }),
  };
}

/**
 * Counts anew when this person's leads are due, in every team, and those they look after: their absences are others
 * than before.
 */
async function rescheduleTeams(work: Work, userId: string): Promise<void> {
  for (const team of await teamsOfMember(work, userId)) {
    for (const owner of [userId, ...deputyFor(team, userId)]) await rescheduleRep(work, team, owner);
  }
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
  await rescheduleTeams(work, userId);
  for (const absence of ending) await releaseDeputy(work, absence, { by });
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
