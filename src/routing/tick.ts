import { teamById } from '../team/store.ts';
import type { Work } from '../work.ts';
import { routeWaiting } from './routing.ts';
import { teamsWithWaiting } from './store.ts';

/** Leads wait for what time brings as well: a new working day, the end of a holiday. */
export async function tickWaiting(work: Work): Promise<void> {
  for (const id of await teamsWithWaiting(work))
    await routeWaiting(work, await teamById(work, id), 'at_work');
}
