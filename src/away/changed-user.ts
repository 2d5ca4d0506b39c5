import type { UserChange } from '../slack/listener.ts';
import { openAbsences } from '../team/people/store.ts';
import { teamsOfMember } from '../team/store.ts';
import type { Work } from '../work.ts';
import { beginAbsence, endAbsence, teamsOfRep } from './away.ts';
import { isAbsence } from './status.ts';

/**
 * Takes in what Slack says about somebody. Slack tells every change of every profile, and some of them twice: only
 * what is different from what is known does anything.
 */
export async function takeUserChange(work: Work, change: UserChange): Promise<void> {
  const { userId, deactivated, status } = change;
  if ((await teamsOfMember(work, userId)).length === 0) return;
  const known = await openAbsences(work, [userId]);
  const of = (why: 'status' | 'deactivated') => known.find((absence) => absence.why === why);

  if (deactivated && !of('deactivated')) {
    await beginAbsence(work, userId, { why: 'deactivated', until: null, by: 'app' });
  } else if (!deactivated && of('deactivated')) {
    // Directories that are synchronised take accounts away and give them back: the roster has kept their place.
    await endAbsence(work, userId, { why: ['deactivated'], by: 'app' });
  }

  if ((await teamsOfRep(work, userId)).length === 0) return;
  const isAway = isAbsence(status) && (status.expiresAt ?? Infinity) > work.now;
  const before = of('status');
  if (isAway && (!before || before.until_at !== status.expiresAt)) {
    await beginAbsence(work, userId, { why: 'status', until: status.expiresAt, by: userId });
  } else if (!isAway && before) {
    await endAbsence(work, userId, { why: ['status'], by: userId });
  }
}
