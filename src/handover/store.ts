import { z } from 'zod';
import { recordAudit } from '../db/audit.ts';
import type { LeadRow } from '../db/schema.ts';
import type { Work } from '../work.ts';

/** What the audit keeps of a rep's offer to another. */
const proposalDetail = z.object({ to: z.string(), reason: z.string() });

const answers = ['lead.swap_accepted', 'lead.swap_declined', 'lead.swap_withdrawn'] as const;
export type SwapAnswer = (typeof answers)[number];

/** One rep asks another to take a lead over. */
export interface Proposal {
  id: number;
  leadId: number;
  from: string;
  to: string;
  reason: string;
  at: number;
  /** Null while it is open. Of several proposals for a lead only the newest is. */
  answer: SwapAnswer | 'replaced' | null;
}

/** Whether the lead is still the proposer's to give. */
export function isStillTheirs(
  lead: Pick<LeadRow, 'owner_id' | 'owned_at' | 'state'>,
  proposal: Proposal,
): boolean {
  // What has been somebody else's meanwhile was not meant.
  const hasStayed = (lead.owned_at ?? 0) <= proposal.at;
  return lead.owner_id === proposal.from && lead.state !== 'resolved' && hasStayed;
}

/** Keeps a proposal; one that was open for the lead is replaced by it. */
export async function insertProposal(
  work: Work,
  proposal: Pick<Proposal, 'leadId' | 'from' | 'to' | 'reason'>,
): Promise<Proposal> {
  const { leadId, from, to, reason } = proposal;
  await recordAudit(work, { actor: from, action: 'lead.swap_proposed', leadId, detail: { to, reason } });
  const [newest] = await proposalRows(work, leadId);
  if (!newest) throw new Error(`The proposal for lead ${leadId} was not kept.`);
  return { ...proposal, id: newest.id, at: newest.at, answer: null };
}

/** @returns undefined when there is none with this id in this workspace */
export async function proposalOf(work: Work, leadId: number, id: number): Promise<Proposal | undefined> {
  const rows = await proposalRows(work, leadId);
  const place = rows.findIndex((row) => row.id === id && row.action === 'lead.swap_proposed');
  const row = rows[place];
  if (!row) return undefined;
  const next = rows[place - 1];
  const answer = next === undefined ? null : (answers.find((known) => known === next.action) ?? 'replaced');
  return { id, leadId, from: row.actor, at: row.at, ...proposalDetail.parse(JSON.parse(row.detail)), answer };
}

/** The proposal of a lead that waits for an answer, if there is one. */
export async function openProposalOf(work: Work, leadId: number): Promise<Proposal | undefined> {
  const [newest] = await proposalRows(work, leadId);
  if (newest?.action !== 'lead.swap_proposed') return undefined;
  return proposalOf(work, leadId, newest.id);
}

/** The proposals of a lead and their answers, newest first. */
async function proposalRows(
  work: Work,
  leadId: number,
): Promise<{ id: number; at: number; actor: string; action: string; detail: string }[]> {
  return work.db
    .selectFrom('audit')
    .select(['id', 'at', 'actor', 'action', 'detail'])
    .where('team_id', '=', work.workspace.teamId)
    .where('lead_id', '=', leadId)
    .where('action', 'in', ['lead.swap_proposed', ...answers])
    .orderBy('id', 'desc')
    .execute();
}
