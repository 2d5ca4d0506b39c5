import { z } from 'zod';
import { whenDue } from '../lead/due.ts';
import { leadById } from '../lead/store.ts';
import { personOf } from '../lead/people/store.ts';
import { defineMessage } from '../outbox/message.ts';
import { hoursOf } from '../team/calendars.ts';
import { teamById } from '../team/store.ts';
import { agreedStep, stepEndedBy } from './agreed-step.ts';
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
    const touches = await touchesOf(work.db, lead);
    const outreach = touches.filter((other) => isOutreach(other) && other.attempt === touch.attempt);
    const step = agreedStep(lead);
    const { zone } = hoursOf(await teamById(work, lead.sales_team_id), lead.owner_id);
    const endsStep = step !== null && stepEndedBy(step, touches, zone)?.id === touch.id && isOutreach(touch);
    return touchConfirmation({
      touch,
      lead,
      planned: cadenceOf(playbook, lead).length,
      stepDone: endsStep ? lead.next_step : null,
      place: outreach.findIndex(({ id }) => id === touch.id) + 1,
      person: touch.person_id === null ? null : await personOf(work, lead.id, touch.person_id),
      next: whenDue(lead, work.now),
      messageLabel: touch.message === null ? null : (playbook.messages[touch.message]?.label ?? null),
    });
  },
);
