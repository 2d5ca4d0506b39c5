import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { Refusal } from '../errors.ts';
import { count, user } from '../slack/kit.ts';
import { note } from '../slack/note.ts';
import { postDirect } from '../outbox/enqueue.ts';
import { presentAbsence } from '../team/absence.ts';
import { deputyFor, deputyOf, hoursOf, isDeputy } from '../team/calendars.ts';
import { type Absence, openAbsences } from '../team/people/store.ts';
import { teamsOfMember } from '../team/store.ts';
import type { Team } from '../team/team.ts';
import { untilText } from '../team/until.ts';
import type { Work } from '../work.ts';
import { askManagers, isOverToday } from './notices.ts';
import { heldLeads } from './store.ts';

/** What stands behind the time of an absence: `until friday deputy @bob`. @throws Refusal for a deputy who is nobody */
export function splitDeputy(text: string): { rest: string; deputy: string | undefined } {
  const [, rest = text, deputy, name] =
    /^(.*?)\s*\b(?:with )?deputy\b:?\s*(?:<@([UW][A-Z0-9]+)(?:\|[^>]*)?>|(.*))$/is.exec(text.trim()) ?? [];
  if (name !== undefined)
    throw new Refusal(
      'Name the deputy with an @ at the end: `/leads away until friday deputy @Bob`. Nothing was changed.',
    );
  return { rest: rest.replace(/,$/, ''), deputy };
}

/** Why this person can't look after the other's leads, as a sentence for a form; undefined if they can. */
export async function unfitDeputy(work: Work, userId: string, deputy: string): Promise<string | undefined> {
  if (deputy === userId) return 'Nobody is their own deputy. Choose another rep.';
  const teams = (await teamsOfMember(work, userId)).filter((team) => team.reps.includes(userId));
  if (!teams.some((team) => team.reps.includes(deputy)))
    return 'Only a rep of the same team can be the deputy. Choose one of them.';
  const absence = presentAbsence(await openAbsences(work, [deputy]), work.now);
  if (!absence) return undefined;
  const { until_at: until } = absence;
  const zone = teams[0]?.calendar.zone ?? 'UTC';
  const how = until === null ? '' : ` until ${untilText(until, zone, work.now)}`;
  return `The deputy is away${how}. Choose somebody who is there.`;
}

/** A deputy who did not arrange it themselves hears of it. @param until a part of the sentence: " until Friday" */
export async function tellDeputy(
  work: Work,
  {
    deputy,
    userId,
    by,
    leads,
    until,
  }: { deputy: string; userId: string; by: string; leads: number; until: string },
): Promise<void> {
  if (deputy === by || leads === 0) return;
  const text = `:palm_tree: ${user(userId)} is away${until}, and you look after their ${count(leads, 'open lead')}: you get the nudges, and every button works for you.`;
  await postDirect(work, note.of({ text }), deputy);
}

/**
 * Who was the deputy until now, and did not end it themselves, hears that they are it no more.
 * @param change.successor who is it now; null for nobody, left out when the rep is back
 */
export async function releaseDeputy(
  work: Work,
  { user_id: userId, deputy_id: deputy, until_at: until }: Absence,
  { by, successor }: { by: string; successor?: string | null },
): Promise<void> {
  if (deputy === null || deputy === by || !(await isThere(work, deputy))) return;
  let leads = 0;
  for (const team of await teamsOfMember(work, userId)) {
    const isStill = deputyOf(team, userId, work.now) === deputy;
    if (isDeputy(team, userId, deputy) && !isStill) leads += (await heldLeads(work, team.id, userId)).length;
  }
  if (leads === 0) return;
  const [rep, theirs] = [user(userId), count(leads, 'open lead')];
  const nudges = `you get no more nudges for ${leads === 1 ? 'it' : 'them'}.`;
  const text =
    successor === undefined
      ? `:wave: ${rep} is back${until === null ? '' : ' earlier than planned'} and looks after their ${theirs} again: ${nudges}`
      : successor === null
        ? `:palm_tree: You look after ${rep}’s ${theirs} no longer: ${nudges}`
        : `:palm_tree: ${user(successor)} looks after ${rep}’s ${theirs} from now on: ${nudges}`;
  await postDirect(work, note.of({ text }), deputy);
}

export async function isThere(work: Work, userId: string): Promise<boolean> {
  return presentAbsence(await openAbsences(work, [userId]), work.now) === undefined;
}

/** Who looked after the leads of somebody who is away is away now, too: the managers are asked about those as well. */
export async function askForOthers(work: Work, absence: Absence, calendar: WorkingCalendar): Promise<void> {
  if (isOverToday(absence, calendar, work.now)) return;
  for (const team of await teamsOfMember(work, absence.user_id))
    await askAboutUncovered(work, team, absence.user_id);
}

/** Asks the managers about the leads of everybody who counted on this deputy, and has nobody now. */
export async function askAboutUncovered(work: Work, team: Team, deputy: string): Promise<void> {
  for (const userId of deputyFor(team, deputy)) {
    if (deputyOf(team, userId, work.now) !== undefined) continue;
    const open = await openAbsences(work, [userId]);
    const theirs = presentAbsence(open, work.now);
    if (!theirs || (await heldLeads(work, team.id, userId)).length === 0) continue;
    await askManagers(work, theirs, team, { calendar: hoursOf(team, userId), others: open });
  }
}

/** Why nobody looks after the leads although this deputy was named, as a part of a sentence; undefined if they do. */
export async function whyNoDeputy(
  work: Work,
  team: Team,
  { user_id: userId, deputy_id: deputy }: Absence,
): Promise<string | undefined> {
  if (deputy === null) return undefined;
  const absence = presentAbsence(await openAbsences(work, [deputy]), work.now);
  if (absence) return absence.why === 'deactivated' ? 'was deactivated in Slack' : 'is away as well';
  return isDeputy(team, userId, deputy) ? undefined : 'has left the roster';
}
