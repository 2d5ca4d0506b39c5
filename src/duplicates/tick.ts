import { teamById } from '../team/store.ts';
import type { Found, Work } from '../work.ts';
import { settle } from './duplicates.ts';
import { duplicatesDue, saveDecision } from './store.ts';

/** Makes a lead of its own of what nobody decided about in time, one a transaction. */
export async function tickDuplicates(work: Work): Promise<Found> {
  const [due] = await duplicatesDue(work, 1);
  if (!due) return 'nothing';
  const decided = await saveDecision(work, due.id, 'different', null);
  if (decided) await settle(work, decided, await teamById(work, due.sales_team_id));
  return 'more';
}
