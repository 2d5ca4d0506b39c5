import { z } from 'zod';
import { leadName, leadTitle } from '../lead/lead.ts';
import { leadById } from '../lead/store.ts';
import { defineMessage } from '../outbox/message.ts';
import { actions, line, section } from '../slack/kit.ts';
import { hoursOf } from '../team/calendars.ts';
import { teamById } from '../team/store.ts';
import { stepOf } from '../touch/agreed-step.ts';
import { nextStepButton } from '../touch/blocks.ts';
import { stepText } from './step-time.ts';

/** Confirms a next step; not sent for one that is done or taken back already. */
export const stepSaved = defineMessage('step_saved', z.object({ leadId: z.number() }), async (work, data) => {
  const lead = await leadById(work, data.leadId);
  const step = stepOf(lead);
  if (!step) return null;
  const { zone } = hoursOf(await teamById(work, lead.sales_team_id), lead.owner_id);
  const what = `${line(step.text)}, ${stepText(zone, step, work.now)}`;
  return {
    text: `Next step saved for ${line(leadName(lead), 80)}: ${what}.`,
    blocks: [
      section(`:calendar: Next step saved for ${leadTitle(lead)}: ${what}. Until then nothing else is due.`),
      actions([nextStepButton(lead)]),
    ],
  };
});
