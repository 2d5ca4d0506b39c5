import { teamById } from '../team/store.ts';
import type { Found, Work } from '../work.ts';
import { routeWaiting } from './routing.ts';
import { teamsWithWaiting } from './store.ts';

/** Leads wait for what time brings as well: a new working day, the end of a holiday. */
export async function tickWaiting(work: Work): Promise<Found> {
  const teams = await teamsWithWaiting(work);
  for (const id of teams) await routeWaiting(work, await teamById(work, id), 'at_work');
  return teams.length === 0 ? 'nothing' : 'something';
}
