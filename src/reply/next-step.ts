import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { recordAudit } from '../db/audit.ts';
import type { LeadPatch, LeadRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import { refreshCard } from '../lead/card-slot.ts';
import { refuseUnlessWorkable } from '../lead/permission.ts';
import { leadById, updateLead } from '../lead/store.ts';
import { ownerCalendar } from '../team/calendars.ts';
import { teamById } from '../team/store.ts';
import type { Team } from '../team/team.ts';
import { stepOf } from '../touch/agreed-step.ts';
import { refreshNudges } from '../touch/nudge-slot.ts';
import { saveProgress } from '../touch/touch.ts';
import type { Work } from '../work.ts';
import type { Said } from './said.ts';

/** A lead whose next step this person may set. */
export interface Steppable {
  lead: LeadRow;
  team: Team;
  /** The owner's. */
  calendar: WorkingCalendar;
}

/** @throws Refusal when the lead is closed, nobody's, or somebody else's */
export async function steppableLead(work: Work, leadId: number, userId: string): Promise<Steppable> {
  const lead = await leadById(work, leadId);
  const team = await teamById(work, lead.sales_team_id);
  refuseUnlessWorkable(lead, team, userId, work.now);
  if (lead.owner_id === null)
    throw new Refusal('Nobody has this lead yet. Claim it first; then say what comes next.');
  return { lead, team, calendar: ownerCalendar(team, lead.owner_id) };
}

/** Keeps what was agreed to come next: until then nothing else is due, and a reply that waited waits no more. */
export async function setNextStep(
  work: Work,
  { lead, team }: Steppable,
  userId: string,
  step: { text: string; at: number; isAllDay: boolean; said?: Said },
): Promise<LeadRow> {
  const { text, at, isAllDay, said } = step;
  const saved = await saveStep(work, lead, team, {
    next_step: text,
    next_step_at: at,
    next_step_all_day: isAllDay ? 1 : 0,
    next_step_set_at: work.now,
  });
  const detail = { step: text, at, ...(isAllDay && { isAllDay }), ...(said !== undefined && { said }) };
  await recordAudit(work, { actor: userId, action: 'step.set', leadId: lead.id, detail });
  return saved;
}

/** Takes it back: a reply waits again, or the cadence goes on. @throws Refusal when there is none */
export async function clearNextStep(work: Work, { lead, team }: Steppable, userId: string): Promise<LeadRow> {
  if (!stepOf(lead)) throw new Refusal('There is no next step to take back: it is done already.');
  const saved = await saveStep(work, lead, team, {
    next_step: null,
    next_step_at: null,
    next_step_all_day: 0,
    next_step_set_at: null,
  });
  await recordAudit(work, { actor: userId, action: 'step.cleared', leadId: lead.id });
  return saved;
}

async function saveStep(work: Work, lead: LeadRow, team: Team, step: LeadPatch): Promise<LeadRow> {
  const changed = await updateLead(work.db, lead.id, { ...step, ignored_at: null });
  // What was put off was the one before.
  const saved = await saveProgress(work, { ...changed, snoozed_until: null }, team);
  await refreshNudges(work, lead, saved);
  await refreshCard(work, lead.id);
  return saved;
}
