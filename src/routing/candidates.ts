import { limitDayFrom } from '../calendar/limit-day.ts';
import type { LeadRow, RoutingMode } from '../db/schema.ts';
import { leadTitle } from '../lead/lead.ts';
import { newSince } from '../lead/store.ts';
import { availabilityOf } from '../team/availability.ts';
import { repsOf } from '../team/reps.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import type { Acquaintance, Candidate } from './choose.ts';
import { openAtAccount, openCounts, ownedByNamesake, ownedByPerson } from './store.ts';

/** How leads of this rank get their rep. */
export function modeFor(team: Team, rank: string): RoutingMode {
  return team.rankModes[rank] ?? team.mode;
}

/**
 * The roster as it stands. Leads are only counted where a limit or the mode asks for it.
 * @param countAll whether everybody's open leads matter
 */
export async function candidatesOf(work: Work, team: Team, countAll: boolean): Promise<Candidate[]> {
  const reps = await repsOf(work, team);
  const availability = await availabilityOf(work, team, reps);
  const counted = reps.filter(({ mostOpen }) => countAll || mostOpen !== null).map(({ userId }) => userId);
  const open = await openCounts(work, team.id, counted);
  const candidates: Candidate[] = [];
  for (const { calendar, ...rep } of reps) {
    const newToday =
      rep.mostNewADay === null
        ? 0
        : await newSince(work, team.id, rep.userId, limitDayFrom(calendar, work.now));
    candidates.push({
      ...rep,
      availability: availability.get(rep.userId) ?? { available: true },
      open: open.get(rep.userId) ?? 0,
      newToday,
    });
  }
  return candidates;
}

/** Who had this person before, then who has other open leads at the account, the newest first. */
export async function acquaintancesOf(work: Work, lead: LeadRow, team: Team): Promise<Acquaintance[]> {
  if (!team.sameAccountFirst) return [];
  const person = (await ownedByPerson(work, lead)) ?? (await ownedByNamesake(work, lead));
  const account = await openAtAccount(work, lead);
  const known = (of: Acquaintance['of']) => (other: (typeof account)[number]) => ({
    userId: other.owner_id ?? '',
    of,
    lead: leadTitle({ ...other, account: null }),
  });
  return [...(person ? [known('person')(person)] : []), ...account.map(known('account'))];
}
