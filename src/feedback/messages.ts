import { z } from 'zod';
import { leadById } from '../lead/store.ts';
import { defineMessage } from '../outbox/message.ts';
import { flagConfirmation } from './blocks.ts';
import { flagById } from './store.ts';

/** Confirms a one-click reason; not sent for one that is taken back already. */
export const flagSaved = defineMessage('flag_saved', z.object({ flagId: z.number() }), async (work, data) => {
  const flag = await flagById(work, data.flagId);
  if (flag.undone_at !== null) return null;
  const lead = await leadById(work, flag.lead_id);
  const playbook = await work.playbooks.version(work.db, lead.playbook_version);
  const reason = playbook.reasons.find((entry) => entry.id === flag.reason);
  return flagConfirmation(flag, lead, reason?.kind);
});
