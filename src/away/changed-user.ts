import type { UserChange } from '../slack/listener.ts';
import { forgetSaid, lastStatusAbsence, openAbsences } from '../team/people/store.ts';
import { teamsOfMember } from '../team/store.ts';
import type { Work } from '../work.ts';
import { beginAbsence, endAbsence, teamsOfRep } from './away.ts';
import { tellOfOrphans } from './orphans.ts';
import { isAbsence } from './status.ts';
import { teamsHolding } from './store.ts';

/**
 * Takes in what Slack says about somebody. Slack tells every change of every profile, and some of them twice: only
 * what is different from what is known does anything.
 */
export async function takeUserChange(work: Work, change: UserChange): Promise<void> {
  const { userId, deactivated, status } = change;
  const isMember = (await teamsOfMember(work, userId)).length > 0;
  // Who has left a roster may hold leads of its all the same.
  if (!isMember && !(deactivated && (await teamsHolding(work, userId)).length > 0)) return;
  const known = await openAbsences(work, [userId]);
  const isGone = known.some(({ why }) => why === 'deactivated');
  if (deactivated && !isGone) {
    await beginAbsence(work, userId, { why: 'deactivated', until: null, by: 'app' });
    await tellOfOrphans(work, userId);
  } else if (!deactivated && isGone) {
    // Directories that are synchronised take accounts away and give them back: the roster has kept their place.
    await endAbsence(work, userId, { why: ['deactivated'], by: 'app' });
  }
  if ((await teamsOfRep(work, userId)).length > 0) await takeStatus(work, userId, status);
}

async function takeStatus(work: Work, userId: string, status: UserChange['status']): Promise<void> {
  const last = await lastStatusAbsence(work, userId);
  const isOpen = last?.ended_at === null;
  if (!isAbsence(status) || (status.expiresAt ?? Infinity) <= work.now) {
    if (last && last.said !== null) await forgetSaid(work, last.id);
    if (isOpen) await endAbsence(work, userId, { why: ['status'], by: userId });
    return;
  }
  // Nobody clears a status for having said "I am back": until it says something else, that counts.
  const said = JSON.stringify([status.emoji, status.text, status.expiresAt]);
  if (last?.said === said) return;
  await beginAbsence(work, userId, { why: 'status', until: status.expiresAt, by: userId, said });
}
