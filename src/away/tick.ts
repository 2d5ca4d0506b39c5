import { routeWaiting } from '../routing/routing.ts';
import { endPastAbsences } from '../team/people/store.ts';
import type { Team } from '../team/team.ts';
import type { Found, Work } from '../work.ts';
import { settleEnded, teamsOfRep } from './away.ts';
import { endedNow } from './store.ts';

/** Ends the absences whose time is over, and lets the leads flow that have waited for these people. */
export async function tickAbsences(work: Work): Promise<Found> {
  const teams = new Map<number, Team>();
  const back = await endPastAbsences(work);
  for (const userId of back) {
    await settleEnded(work, await endedNow(work, userId), 'app');
    for (const team of await teamsOfRep(work, userId)) teams.set(team.id, team);
  }
  for (const team of teams.values()) await routeWaiting(work, team, 'at_work');
  return back.length === 0 ? 'nothing' : 'something';
}
