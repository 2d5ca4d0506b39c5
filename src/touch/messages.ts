import { z } from 'zod';
import { leadById } from '../lead/store.ts';
import { defineMessage } from '../outbox/message.ts';
import { touchConfirmation } from './blocks.ts';
import { cadenceOf } from './cadence.ts';
import { touchById } from './store.ts';

/** Confirms a one-click touch; not sent for one that is undone already. */
export const touchLogged = defineMessage(
  'touch_logged',
  z.object({ touchId: z.number() }),
  async (work, data) => {
    const touch = await touchById(work, data.touchId);
    if (touch.undone_at !== null) return null;
    const lead = await leadById(work, touch.lead_id);
    const planned = cadenceOf(await work.playbooks.version(work.db, lead.playbook_version), lead).length;
    return touchConfirmation({ touch, lead, planned });
  },
);
