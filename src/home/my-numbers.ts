import { DAY } from '../calendar/civil.ts';
import type { Team } from '../team/team.ts';
import { cadenceOf } from '../touch/cadence.ts';
import type { Work } from '../work.ts';
import { type ClosedGroup, type Numbers, numbersOf } from './numbers.ts';
import { closedSince, repliesByAttempt } from './store.ts';

export const numbersDays = 90;

/** A rep's own numbers over their teams. */
export async function myNumbers(work: Work, teams: readonly Team[], userId: string): Promise<Numbers> {
  const ids = teams.map(({ id }) => id);
  const since = work.now - numbersDays * DAY;
  const closed: ClosedGroup[] = [];
  for (const row of await closedSince(work, ids, userId, since)) {
    const playbook = await work.playbooks.version(work.db, row.playbook_version);
    closed.push({
      leads: row.leads,
      attempts: row.attempts,
      planned: cadenceOf(playbook, row).length,
      answered: row.answered === 1,
      needsAnswer: row.needs_answer !== 0,
      isSilent: row.replied === 0 && row.needs_answer !== 0 && row.resolution !== 'rejected',
    });
  }
  return numbersOf(await repliesByAttempt(work, ids, userId, since), closed);
}
