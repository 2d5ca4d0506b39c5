import { recordAudit } from '../db/audit.ts';
import type { LeadRow } from '../db/schema.ts';
import { dateText, monthNames } from '../calendar/date-text.ts';
import { localDate } from '../calendar/zone.ts';
import { refreshCard, threadOf } from '../lead/card-slot.ts';
import { ladderStart } from '../lead/ladder-start.ts';
import { leadTitle } from '../lead/lead.ts';
import { newStart } from '../lead/new-start.ts';
import { updateLead } from '../lead/store.ts';
import { askedOf } from '../nudge/recipients.ts';
import { post, postDirect } from '../outbox/enqueue.ts';
import { routeLead } from '../routing/routing.ts';
import { line } from '../slack/kit.ts';
import { note } from '../slack/note.ts';
import { presentAbsence } from '../team/absence.ts';
import { hoursOf } from '../team/calendars.ts';
import { openAbsences } from '../team/people/store.ts';
import { isMember, type Team } from '../team/team.ts';
import { saveProgress } from '../touch/touch.ts';
import type { Work } from '../work.ts';
import { leadReturned } from './messages.ts';
import { notResolved } from './reopen.ts';

/**
 * Opens a nurtured lead again on its day, with a new cadence: for the rep who had it, also while they are away, because
 * they know each other; through routing if that rep is gone.
 */
export async function bringBack(work: Work, lead: LeadRow, team: Team): Promise<LeadRow> {
  const owner = (await isGone(work, lead.owner_id, team)) ? null : lead.owner_id;
  const agreed = agreedText(hoursOf(team, owner).zone, lead.resolved_at ?? work.now, work.now);
  const open = await updateLead(work.db, lead.id, {
    ...notResolved,
    ...newStart(lead, work.now),
    ...ladderStart(work.now),
    state: owner === null ? 'offered' : 'owned',
    owner_id: owner,
  });
  await recordAudit(work, {
    actor: 'app',
    action: 'lead.returned',
    leadId: lead.id,
    detail: { ...(owner !== null && { to: owner }), closedAt: lead.resolved_at },
  });
  const said = lead.resolution_note === null ? '.' : `: ${line(lead.resolution_note, 300)}`;
  const text = `:leftwards_arrow_with_hook: ${leadTitle(lead)} is back, as agreed ${agreed}${said}`;
  const { channelId, threadSlot } = await threadOf(work, open, team);
  await post(work, note.of({ text }), { channelId, threadSlot });
  const ready = owner === null ? await routeLead(work, open, team) : await saveProgress(work, open, team);
  const asked = ready.owner_id === null ? undefined : askedOf(team, ready.owner_id, work.now);
  // Who is away reads it in the thread when they are back; until then its ladder sees to the lead.
  if (ready.owner_id !== null && asked && !asked.away) {
    const message = { leadId: lead.id, to: ready.owner_id, agreed, note: lead.resolution_note };
    const reader = asked.userId;
    await postDirect(work, leadReturned.of({ ...message, reader }), reader);
  }
  await refreshCard(work, lead.id);
  return ready;
}

/** Whether there is nobody it could go back to: nobody had it, or they have left the roster or Slack. */
async function isGone(work: Work, userId: string | null, team: Team): Promise<boolean> {
  if (userId === null || !isMember(team, userId)) return true;
  return presentAbsence(await openAbsences(work, [userId]), work.now)?.why === 'deactivated';
}

/** `in August`; with the year where it was another, and the day where it was this month. */
export function agreedText(zone: string, at: number, now: number): string {
  const [year = '', month = ''] = localDate(zone, at).split('-');
  const name = monthNames[Number(month) - 1] ?? '';
  const today = localDate(zone, now);
  if (today.startsWith(`${year}-${month}`)) return `on ${dateText(zone, at, now)}`;
  return today.startsWith(year) ? `in ${name}` : `in ${name} ${year}`;
}
