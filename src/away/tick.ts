import { routeWaiting } from '../routing/routing.ts';
import { endPastAbsences } from '../team/people/store.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { settleEnded, teamsOfRep } from './away.ts';
import { endedNow } from './store.ts';

/** Ends the absences whose time is over, and lets the leads flow that have waited for these people. */
export async function tickAbsences(work: Work): Promise<void> {
  const teams = new Map<number, Team>();
  for (const userId of await endPastAbsences(work)) {
    await settleEnded(work, await endedNow(work, userId), 'app');
    for (const team of await teamsOfRep(work, userId)) teams.set(team.id, team);
  }
  for (const team of teams.values()) await routeWaiting(work, team, 'at_work');
}
