import type { LeadRow } from '../db/schema.ts';
import { recordAudit } from '../db/audit.ts';
import { Refusal } from '../errors.ts';
import { letGo } from '../routing/handover.ts';
import { whyNoTaker } from '../routing/routing.ts';
import { user } from '../slack/kit.ts';
import { presentAbsence } from '../team/absence.ts';
import { openAbsences } from '../team/people/store.ts';
import { teamById } from '../team/store.ts';
import { isManager, type Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { nothingMoved, type Outcome, settleNotices } from './notices.ts';
import { absenceById, heldLeads } from './store.ts';

/**
 * A manager has the leads of somebody who is away given to others, or leaves them. Every manager's message says so
 * afterwards. Who has come back meanwhile keeps their leads.
 * @throws Refusal for who is no manager
 */
export async function decideOnLeads(
  work: Work,
  decision: { absenceId: number; salesTeamId: number; by: string; handOn: boolean },
): Promise<void> {
  const { by, handOn } = decision;
  const absence = await absenceById(work, decision.absenceId);
  const team = await teamById(work, decision.salesTeamId);
  if (!isManager(team, by)) {
    throw new Refusal(`A manager decides this: ${team.managers.map(user).join(', ')}. Nothing was changed.`);
  }
  const settle = (outcome: Outcome): Promise<void> => settleNotices(work, absence, team, outcome);
  const present = presentAbsence(await openAbsences(work, [absence.user_id]), work.now);
  if (!present) return settle({ by, how: 'back', ...nothingMoved });
  if (!handOn) return settle({ by, how: 'left', ...nothingMoved });

  const isGone = absence.why === 'deactivated';
  const why = isGone ? 'was deactivated in Slack' : 'is away';
  return settle(await handLeadsOn(work, team, { from: absence.user_id, by, why, isGone }));
}

/**
 * Has routing find others for somebody's open leads. What nobody could take stays with them, unless they are gone for
 * good: then it is better to wait for the next who has room.
 * @param handing.why a part of a sentence about them: "is away"
 */
export async function handLeadsOn(
  work: Work,
  team: Team,
  { from, by, why, isGone }: { from: string; by: string; why: string; isGone: boolean },
): Promise<Outcome> {
  const leads = await heldLeads(work, team.id, from);
  if (leads.length === 0) return { by, how: 'none', ...nothingMoved };
  const story = `${user(by)} handed this lead on, because ${user(from)} ${why}.`;
  const handed: LeadRow[] = [];
  for (const lead of leads) {
    if (!isGone && (await whyNoTaker(work, lead, team)) !== null) continue;
    handed.push(await letGo(work, lead, team, { action: 'lead.passed_on', by, story }));
  }
  if (handed.length > 0) {
    const detail = { from, leads: handed.map(({ id }) => id) };
    await recordAudit(work, { actor: by, action: 'leads.handed_on', detail });
  }
  const moved = handed.map(({ id, owner_id: to }) => ({ leadId: id, to }));
  return { by, how: 'handed_on', ...countsOf(handed), stayed: leads.length - handed.length, moved };
}

/** Where the leads went, the reps in the order in which they first got one. */
function countsOf(leads: readonly LeadRow[]): Pick<Outcome, 'given' | 'open' | 'waiting'> {
  const given = new Map<string, number>();
  for (const { owner_id: owner } of leads) {
    if (owner !== null) given.set(owner, (given.get(owner) ?? 0) + 1);
  }
  const free = leads.filter(({ owner_id: owner }) => owner === null);
  const waiting = free.filter((lead) => lead.waits_for !== null).length;
  return {
    given: [...given].map(([userId, count]) => ({ userId, leads: count })),
    open: free.length - waiting,
    waiting,
  };
}
