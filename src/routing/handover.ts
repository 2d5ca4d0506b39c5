import { recordAudit } from '../db/audit.ts';
import type { LeadRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import { refreshCard, threadOf } from '../lead/card-slot.ts';
import { ladderStart } from '../lead/ladder-start.ts';
import { pastClaiming } from '../lead/ladder.ts';
import { type Assignment, assignLead, insertAssignment, updateLead } from '../lead/store.ts';
import { post, postDirect } from '../outbox/enqueue.ts';
import { line, user } from '../slack/kit.ts';
import { note } from '../slack/note.ts';
import type { Team } from '../team/team.ts';
import { refreshNudges } from '../touch/nudge-slot.ts';
import { saveProgress } from '../touch/touch.ts';
import type { Work } from '../work.ts';
import { firstDueText } from './due-text.ts';
import { handedOver } from './handed-over.ts';
import { routeLead, routeWaiting } from './routing.ts';
import { insertDecision } from './store.ts';

export interface Handing {
  how: Extract<Assignment['how'], 'manager' | 'swap'>;
  /** Who gives it: the manager; in a swap the rep who has it. */
  by: string;
  reason?: string;
}

/**
 * Moves a lead that is on offer or has an owner to a rep of the roster. Attempts, touches and their due dates stay as
 * they are; the ladder, and the time for a first touch, begin anew, because the new owner has had none yet. The thread
 * tells the story, and the new owner what was said so far.
 * @throws Refusal when that is no rep of the team, has it already, or the lead is held or closed
 */
export async function giveTo(
  work: Work,
  lead: LeadRow,
  team: Team,
  toUserId: string,
  { how, by, reason }: Handing,
): Promise<LeadRow> {
  if (lead.state === 'resolved')
    throw new Refusal('This lead is closed. Reopen it on its card first; then it can be handed on.');
  if (lead.state === 'held')
    throw new Refusal('This lead waits for marketing. Once it is released, it can be given to a rep.');
  if (lead.owner_id === toUserId) throw new Refusal(`${user(toUserId)} has this lead already.`);
  if (!team.reps.includes(toUserId))
    throw new Refusal(`${user(toUserId)} works no leads in this team. Choose one of its reps.`);
  const from = lead.owner_id;
  const owned =
    from === null
      ? await assignLead(work, lead, toUserId, how, { by, reason })
      : await changeOwner(work, lead, toUserId, { how, by, reason });
  if (!owned) throw new Refusal('Somebody else was faster and has this lead. Nothing was changed.');
  const detail = { from, to: toUserId, how, ...(reason !== undefined && { reason }) };
  await recordAudit(work, { actor: by, action: 'lead.handed_on', leadId: lead.id, detail });
  const ready = await saveProgress(work, owned, team);
  await tellThread(
    work,
    ready,
    team,
    `${storyOf(from, toUserId, { how, by })}${because(reason)}${firstDueText(ready, work.now)}`,
  );
  await tellNewOwner(work, ready, by);
  await refreshNudges(work, lead, ready);
  if (from !== null) await routeWaiting(work, team);
  return ready;
}

async function changeOwner(work: Work, lead: LeadRow, to: string, handing: Handing): Promise<LeadRow> {
  await insertAssignment(work, { leadId: lead.id, userId: to, from: lead.owner_id, ...handing });
  return updateLead(work.db, lead.id, {
    owner_id: to,
    owned_at: work.now,
    // Whoever put the next attempt off has it no more.
    snoozed_until: null,
    waits_for: null,
    ...(lead.state === 'owned' && { cadence_started_at: work.now }),
    ...ladderStart(work.now),
  });
}

/** How somebody comes to have a lead no longer while nobody else was named. */
export type LettingGo =
  /** By its owner, or a manager in their place; `reason` in their words. */
  | { action: 'lead.given_back'; by: string; reason: string }
  /** By the ladder, because they did not touch it. `story`: a whole sentence in mrkdwn. */
  | { action: 'lead.taken_back'; story: string }
  /** Because they are not there: no fault of theirs, and they may get it again. `by`: who decided it, or `app`. */
  | { action: 'lead.passed_on'; by: string; story: string };

/**
 * Takes a lead from its owner and lets routing find another, or puts it back on offer. The app gives it to none of
 * those who let it go (`letGoBy`).
 */
export async function letGo(work: Work, lead: LeadRow, team: Team, why: LettingGo): Promise<LeadRow> {
  const from = lead.owner_id;
  if (from === null) throw new Refusal('Nobody has this lead: it is on offer already.');
  const isPassedOn = why.action === 'lead.passed_on';
  const offered = await updateLead(work.db, lead.id, {
    state: 'offered',
    owner_id: null,
    next_attempt_at: null,
    nudge_at: null,
    snoozed_until: null,
    ...ladderStart(work.now),
    // Whoever has room next is given it, also where reps claim: it was somebody's, and nobody is to look for it.
    ...(isPassedOn && { ladder_step: pastClaiming }),
  });
  const actor = why.action === 'lead.taken_back' ? 'app' : why.by;
  const reason = why.action === 'lead.given_back' ? why.reason : why.story;
  await recordAudit(work, { actor, action: why.action, leadId: lead.id, detail: { from, reason } });
  const story = why.action === 'lead.given_back' ? givenBack(from, why) : why.story;
  await insertDecision(work, lead.id, [story]);
  await tellThread(work, offered, team, story);
  const byLadder = actor === 'app' ? ({ how: 'ladder' } as const) : {};
  const ready = await routeLead(work, offered, team, { isHandedOn: true, isPassedOn, ...byLadder });
  if (ready.owner_id !== null) await tellNewOwner(work, ready, 'app');
  await refreshNudges(work, lead, ready);
  await refreshCard(work, lead.id);
  await routeWaiting(work, team);
  return ready;
}

function givenBack(from: string, { by, reason }: { by: string; reason: string }): string {
  const what = by === from ? 'gave this lead back' : `took this lead back from ${user(from)}`;
  return `${user(by)} ${what}${because(reason)}`;
}

function storyOf(from: string | null, to: string, { how, by }: Handing): string {
  if (how === 'swap') return `${user(to)} took this lead over from ${user(by)}`;
  if (from === null) return `${user(by)} gave this lead to ${user(to)}`;
  return `${user(by)} gave this lead to ${user(to)} (was ${user(from)}'s)`;
}

function because(reason: string | undefined): string {
  return reason === undefined || reason === '' ? '.' : `: ${line(reason, 300).replace(/[.]$/, '')}.`;
}

async function tellThread(work: Work, lead: LeadRow, team: Team, text: string): Promise<void> {
  const { channelId, threadSlot } = await threadOf(work, lead, team);
  await post(work, note.of({ text: `:handshake: ${text}` }), { channelId, threadSlot });
}

async function tellNewOwner(work: Work, lead: LeadRow, by: string): Promise<void> {
  if (lead.owner_id === null || lead.owner_id === by) return;
  await postDirect(work, handedOver.of({ leadId: lead.id, to: lead.owner_id, by }), lead.owner_id);
}
