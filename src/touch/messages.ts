import { z } from 'zod';
import { leadById } from '../lead/store.ts';
import { personOf } from '../lead/people/store.ts';
import { defineMessage } from '../outbox/message.ts';
import { touchConfirmation } from './blocks.ts';
import { cadenceOf } from './cadence.ts';
import { isOutreach } from './kinds.ts';
import { touchById, touchesOf } from './store.ts';

/** Confirms a touch; not sent for one that is undone already. */
export const touchLogged = defineMessage(
  'touch_logged',
  z.object({ touchId: z.number() }),
  async (work, data) => {
    const touch = await touchById(work, data.touchId);
    if (touch.undone_at !== null) return null;
    const lead = await leadById(work, touch.lead_id);
    const playbook = await work.playbooks.version(work.db, lead.playbook_version);
    const outreach = (await touchesOf(work.db, lead)).filter(
      (other) => isOutreach(other) && other.attempt === touch.attempt,
    );
    return touchConfirmation({
      touch,
      lead,
      planned: cadenceOf(playbook, lead).length,
      place: outreach.findIndex(({ id }) => id === touch.id) + 1,
      person: touch.person_id === null ? null : await personOf(work, lead.id, touch.person_id),
      messageLabel: touch.message === null ? null : (playbook.messages[touch.message]?.label ?? null),
    });
  },
);
