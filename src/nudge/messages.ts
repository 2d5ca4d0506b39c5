import type { LeadRow } from '../db/schema.ts';
import { leadById } from '../lead/store.ts';
import { defineMessage, type Rendered } from '../outbox/message.ts';
import { hoursOf } from '../team/calendars.ts';
import { teamById } from '../team/store.ts';
import { cadenceOf } from '../touch/cadence.ts';
import { type NudgeData, nudgeData, nudgeOutcomeType } from '../touch/nudge-slot.ts';
import { touchesOf } from '../touch/store.ts';
import type { Work } from '../work.ts';
import * as blocks from './blocks.ts';
import { isNudgeWanted } from './nudge.ts';

/** The nudge itself, about an attempt or a reply; a touch logged while it waited cancels it. */
export const nudgeMessage = defineMessage('nudge', nudgeData, async (work, data) => {
  const lead = await leadById(work, data.leadId);
  return isNudgeWanted(lead, data, work.now) ? renderNudge(work, lead, data) : null;
});

/** A nudge that is out, brought up to date: answered, or (after an undo) open again. */
export const nudgeOutcome = defineMessage(nudgeOutcomeType, nudgeData, async (work, data) => {
  const lead = await leadById(work, data.leadId);
  if (data.cameBack) return blocks.nudgeCameBack(data.attempt);
  return isNudgeWanted(lead, data, work.now)
    ? renderNudge(work, lead, data)
    : blocks.nudgeDone(lead, data, work.now);
});

async function renderNudge(work: Work, lead: LeadRow, data: NudgeData): Promise<Rendered | null> {
  if (data.repliedAt !== undefined) {
    const team = await teamById(work, lead.sales_team_id);
    return blocks.replyNudge(lead, data.repliedAt, hoursOf(team, lead.owner_id).zone);
  }
  if (data.stepAt !== undefined) return blocks.stepNudge(lead);
  const playbook = await work.playbooks.version(work.db, lead.playbook_version);
  const cadence = cadenceOf(playbook, lead);
  const step = cadence[data.attempt - 1];
  if (!step) return null;
  const touches = await touchesOf(work.db, lead);
  return blocks.nudge({
    lead,
    attempt: data.attempt,
    planned: cadence.length,
    touches,
    step,
    playbook,
  });
}
