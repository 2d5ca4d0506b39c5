import { isWorkingTime } from '../calendar/working-time.ts';
import { recordAudit } from '../db/audit.ts';
import type { LeadRow } from '../db/schema.ts';
import { cardSlot, refreshCard } from '../lead/card-slot.ts';
import { saveLadder } from '../lead/ladder.ts';
import { assignLead, letGoBy, updateLead } from '../lead/store.ts';
import { post } from '../outbox/enqueue.ts';
import { user } from '../slack/kit.ts';
import { hoursOf } from '../team/calendars.ts';
import { note } from '../slack/note.ts';
import type { Team } from '../team/team.ts';
import { refreshNudges } from '../touch/nudge-slot.ts';
import { saveProgress } from '../touch/touch.ts';
import type { Work } from '../work.ts';
import { acquaintancesOf, candidatesOf, modeFor } from './candidates.ts';
import { type Candidate, type Choice, type ChoiceResult, chooseRep, hasRoom } from './choose.ts';
import { countIn, nextServedAt } from './count-in.ts';
import { threadNote } from './thread-note.ts';
import { anyWaits, insertDecision, saveTurn, waitingLeads } from './store.ts';
import { tellManagersOfWaiting } from './waiting.ts';

export interface RouteOptions {
  /** Who does not get it, beside those who have let it go before. */
  without?: readonly string[];
  /** Nobody has claimed it, or its owner has not touched it: the app gives it to somebody, also where reps claim. */
  how?: 'ladder';
  /** How long nobody has claimed it, as part of a sentence: `1 hour`. */
  unclaimedFor?: string;
  /** Somebody had it until now: the thread says who has it next. */
  isHandedOn?: boolean;
}

/**
 * Gives a lead that nobody has to a rep, leaves it on offer, or lets it wait with a reason, and keeps why. A note in
 * its thread says so where there is something to explain; its card must be there, or on its way.
 */
export async function routeLead(
  work: Work,
  lead: LeadRow,
  team: Team,
  options: RouteOptions = {},
): Promise<LeadRow> {
  const reps = await candidatesOf(work, team, modeFor(team, lead.rank) === 'least_loaded');
  const choice = await choiceFor(work, lead, team, reps, options);
  const { unclaimedFor } = options;
  const first =
    unclaimedFor === undefined
      ? []
      : [`Nobody claimed it within ${unclaimedFor}, so the app gives it to a rep.`];
  await insertDecision(work, lead.id, [...first, ...choice.steps]);
  return apply(work, lead, team, reps, choice.result, options);
}

/** So many at most in one go: everybody else's clicks wait for it. */
const batch = 500;

/**
 * Lets leads that wait for a rep flow again: the best rank first, then first come first served.
 * @param to `at_work`: reps in their working hours alone; nobody is called at midnight because a new day has begun
 * @returns how many got a rep or are on offer now
 */
export async function routeWaiting(
  work: Work,
  team: Team,
  to: 'anybody' | 'at_work' = 'anybody',
): Promise<number> {
  const waiting = await waitingLeads(work, team.id, batch);
  if (waiting.length === 0) return 0;
  const reps = await candidatesOf(
    work,
    team,
    waiting.some((lead) => modeFor(team, lead.rank) === 'least_loaded'),
  );
  const resting =
    to === 'anybody' ? [] : reps.filter((rep) => !isWorkingTime(hoursOf(team, rep.userId), work.now));
  const isResting = ({ userId }: Candidate): boolean => resting.some((rep) => rep.userId === userId);
  const free = reps.filter(canTake);
  if (free.length > 0 && free.every(isResting)) return 0;
  let routed = 0;
  for (const lead of waiting) {
    let choice = await choiceFor(work, lead, team, reps, {});
    if (choice.result.kind === 'assign' && resting.length > 0) {
      const atWork = reps.filter((rep) => !isResting(rep));
      choice = await choiceFor(work, lead, team, atWork, {});
      if (choice.result.kind === 'wait') continue;
    }
    const { result } = choice;
    if (result.kind === 'wait' && result.why === lead.waits_for) continue;
    await insertDecision(work, lead.id, choice.steps);
    const explained =
      result.kind === 'assign' && result.how !== 'same_account'
        ? { ...result, note: `For ${user(result.userId)}: it waited until somebody had room.` }
        : result;
    const ready = await apply(work, lead, team, reps, explained, {});
    await refreshNudges(work, ready);
    await refreshCard(work, lead.id);
    if (result.kind !== 'wait') routed += 1;
  }
  return routed;
}

function canTake(rep: Candidate): boolean {
  return rep.availability.available && hasRoom(rep);
}

async function choiceFor(
  work: Work,
  lead: LeadRow,
  team: Team,
  reps: readonly Candidate[],
  { without = [], how }: RouteOptions,
): Promise<Choice> {
  const { playbook } = work.playbooks.current;
  const mode = modeFor(team, lead.rank);
  const letGo = lead.owned_at === null ? [] : await letGoBy(work, lead.id);
  const choice = chooseRep({
    lead,
    mode: how === 'ladder' && mode === 'claim' ? 'round_robin' : mode,
    rules: playbook.routingRules,
    acquaintances: reps.some(canTake) ? await acquaintancesOf(work, lead, team) : [],
    reps,
    without: [...without, ...letGo],
  });
  if (choice.result.kind !== 'wait' || mode !== 'claim') return choice;
  return { steps: [...choice.steps, 'It stays on offer.'], result: { kind: 'offer' } };
}

async function apply(
  work: Work,
  lead: LeadRow,
  team: Team,
  reps: Candidate[],
  result: ChoiceResult,
  options: RouteOptions,
): Promise<LeadRow> {
  const { how } = options;
  if (result.kind === 'offer') return saveLadder(work, await waitsFor(work, lead, null), team);
  if (result.kind === 'wait') {
    if (!(await anyWaits(work, team.id))) await tellManagersOfWaiting(work, lead, team, result.why);
    return saveLadder(work, await waitsFor(work, lead, result.why), team);
  }
  const { userId } = result;
  const owned = await assignLead(work, lead, userId, how ?? result.how);
  if (!owned) return lead;
  await recordAudit(work, {
    actor: 'app',
    action: 'lead.assigned',
    leadId: lead.id,
    detail: { to: userId, how: how ?? result.how },
  });
  if (result.how !== 'same_account') {
    const at = nextServedAt(reps, work.now);
    await saveTurn(work, team.id, { userId, at }, result.owed ?? new Map<string, number>());
  }
  countIn(reps, result, work.now);
  const ready = await saveProgress(work, owned, team);
  const text = threadNote(result, ready, options);
  const isNews = options.isHandedOn === true || options.unclaimedFor !== undefined;
  if (
    text !== null &&
    (isNews || lead.import_id === null || result.how === 'same_account' || lead.waits_for)
  ) {
    await post(work, note.of({ text }), {
      channelId: lead.channel_id,
      threadSlot: cardSlot(lead.id),
      bulk: lead.import_id !== null,
    });
  }
  return ready;
}

/** A lead is on offer, or waits for a rep: `why` is a part of a sentence. */
async function waitsFor(work: Work, lead: LeadRow, why: string | null): Promise<LeadRow> {
  return lead.waits_for === why ? lead : updateLead(work.db, lead.id, { waits_for: why });
}
