import { verdictOn, verifyFrom } from '../feedback/verdict.ts';
import { isAnswer } from '../touch/kinds.ts';
import type { CardView } from './card.ts';

/** That a manager closed it over an opinion which nobody has verified. */
export function earlyText({
  lead,
  touches,
  playbook,
}: Pick<CardView, 'lead' | 'touches' | 'playbook'>): string {
  const reason = playbook.reasons.find(({ id }) => id === lead.resolution_reason);
  if (lead.resolution !== 'disqualified' || !reason) return '';
  const from = verifyFrom(playbook, lead);
  const input = { attempts: lead.attempts, verifyFrom: from, heard: touches.some(isAnswer), isManager: true };
  return verdictOn(reason, input) === 'overrides' ? ` · over an opinion, before attempt ${from}` : '';
}
