import type { LeadRow } from '../db/schema.ts';
import { line } from '../slack/kit.ts';

/** What people call the lead: the name, else the mail address, else the phone number. Not escaped. */
export function leadName(lead: Pick<LeadRow, 'id' | 'name' | 'email' | 'phone'>): string {
  return lead.name ?? lead.email ?? lead.phone ?? `Lead ${lead.id}`;
}

/** The lead in a sentence, for mrkdwn: `*Ada Lovelace* (Analytical Engines)`. */
export function leadTitle(lead: Pick<LeadRow, 'id' | 'name' | 'email' | 'phone' | 'account'>): string {
  const account = lead.account === null ? '' : ` (${line(lead.account, 80)})`;
  return `*${line(leadName(lead), 80)}*${account}`;
}

/** The address of a message in Slack, without asking Slack for it. @param base the workspace's, with closing slash */
export function permalink(base: string, channelId: string, ts: string): string {
  return `${base}archives/${channelId}/p${ts.replace('.', '')}`;
}

/** When it came with its present cadence; whoever has it now may have tried it before they had it. */
export function arrivedAt(
  lead: Pick<LeadRow, 'cadence_epoch' | 'cadence_started_at' | 'cadence_arrived_at' | 'created_at'>,
): number {
  const { cadence_arrived_at: arrived, cadence_started_at: started, created_at: created } = lead;
  return arrived ?? (lead.cadence_epoch === 1 ? created : started);
}
