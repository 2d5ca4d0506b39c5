import type { LeadRow } from '../db/schema.ts';
import type { Playbook } from '../playbook/schema.ts';
import { line } from '../slack/kit.ts';
import type { Work } from '../work.ts';
import { countPeople } from './store.ts';

/** How many people at an account are known and tried, of those the playbook wants to have tried. */
export interface Breadth {
  known: number;
  tried: number;
  aim: number;
}

/** Undefined for a lead whose account nobody knows: one query otherwise. */
export async function breadthOf(
  work: Work,
  lead: Pick<LeadRow, 'sales_team_id' | 'account_key'>,
  { breadth: aim }: Pick<Playbook, 'breadth'>,
): Promise<Breadth | undefined> {
  return lead.account_key === null ? undefined : { ...(await countPeople(work, lead)), aim };
}

/** `2 of 5 people tried at Analytical Engines`, for mrkdwn. */
export function breadthText({ tried, aim }: Breadth, lead: Pick<LeadRow, 'account'>): string {
  const where = lead.account === null ? '' : ` at ${line(lead.account, 80)}`;
  return `${tried} of ${Math.max(aim, tried)} people tried${where}`;
}

/** Whether somebody should look for the next person there: fewer are known than should be tried. */
export function wantsPerson({ known, aim }: Breadth): boolean {
  return known < aim;
}
