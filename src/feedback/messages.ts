import { z } from 'zod';
import { leadById } from '../lead/store.ts';
import { defineMessage } from '../outbox/message.ts';
import { flagConfirmation } from './blocks.ts';
import { teamById } from '../team/store.ts';
import { flagById } from './store.ts';
import { verdictInput, verdictOn } from './verdict.ts';

/** Confirms a one-click reason; not sent for one that is taken back already. */
export const flagSaved = defineMessage('flag_saved', z.object({ flagId: z.number() }), async (work, data) => {
  const flag = await flagById(work, data.flagId);
  if (flag.undone_at !== null) return null;
  const lead = await leadById(work, flag.lead_id);
  const playbook = await work.playbooks.version(work.db, lead.playbook_version);
  const reason = playbook.reasons.find((entry) => entry.id === flag.reason);
  if (!reason || lead.state === 'resolved') return flagConfirmation(flag, lead);
  const input = await verdictInput(work, lead, await teamById(work, lead.sales_team_id), flag.user_id);
  return flagConfirmation(flag, lead, { reason, verdict: verdictOn(reason, input), from: input.verifyFrom });
});
