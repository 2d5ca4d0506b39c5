import { cardSlot, refreshCard } from '../lead/card-slot.ts';
import { updateLead } from '../lead/store.ts';
import { post } from '../outbox/enqueue.ts';
import { teamById } from '../team/store.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { nudgeMessage } from './messages.ts';
import { planNudges } from './nudge.ts';
import { nudgeSlot, retireNudge } from '../touch/nudge-slot.ts';
import { leadsToNudge } from './store.ts';

const batch = 200;

/** Sends the nudges that are due, in one transaction of the caller's. @returns whether there may be more */
export async function tickNudges(work: Work): Promise<boolean> {
  const leads = await leadsToNudge(work, batch);
  const teams = new Map<number, Team>();
  for (const lead of leads) {
    if (!teams.has(lead.sales_team_id)) {
      teams.set(lead.sales_team_id, await teamById(work, lead.sales_team_id));
    }
  }
  const due = leads.flatMap((lead) => {
    const team = teams.get(lead.sales_team_id);
    return team ? [{ lead, team }] : [];
  });
  const plans = new Map(planNudges(due, work.now).map((plan) => [plan.leadId, plan]));
  for (const { lead } of due) {
    const plan = plans.get(lead.id);
    if (plan?.do === 'wait') await updateLead(work.db, lead.id, { nudge_at: plan.until });
    if (plan?.do !== 'send') continue;
    const { nudge } = plan;
    const slot = nudgeSlot(nudge);
    if (lead.snoozed_until !== null) await retireNudge(work, nudge, lead.snoozed_until);
    await post(work, nudgeMessage.of(nudge), {
      channelId: lead.channel_id,
      threadSlot: cardSlot(lead.id),
      slot,
      // Once for each time the attempt falls due: a touch that moves it, or a snooze, lets the nudge come again.
      dedupeKey: `${slot}:${lead.next_attempt_at ?? 0}:${lead.snoozed_until ?? 0}`,
    });
    // What was due next is late from now on.
    await refreshCard(work, lead.id);
    await updateLead(work.db, lead.id, { nudge_at: null });
  }
  return leads.length === batch;
}
