import { isWorkingTime } from '../calendar/working-time.ts';
import { recordAudit } from '../db/audit.ts';
import type { LeadRow } from '../db/schema.ts';
import { cardSlot, refreshCard } from '../lead/card-slot.ts';
import { ladderStart } from '../lead/ladder-start.ts';
import { isPastClaiming, saveLadder } from '../lead/ladder.ts';
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
import {
  type Candidate,
  type Choice,
  type ChoiceResult,
  type ChooseInput,
  chooseRep,
  hasRoom,
} from './choose.ts';
import { countIn, nextServedAt } from './count-in.ts';
import { threadNote } from './thread-note.ts';
import { insertDecision, saveTurn, waitingLeads } from './store.ts';
import { tellManagersOfWaiting } from './waiting.ts';

export interface RouteOptions {
  /** Nobody has claimed it, or its owner has not touched it: the app gives it to somebody, also where reps claim. */
  how?: 'ladder';
  /** Somebody had it who is not there: the app gives it to somebody, also where reps claim. */
  isPassedOn?: boolean;
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

/**
 * Why the app could give a lead to nobody but its owner, as a part of a sentence; null where somebody else is there and
 * has room, so that its owner may lose it.
 */
export async function whyNoTaker(work: Work, lead: LeadRow, team: Team): Promise<string | null> {
  const reps = await candidatesOf(work, team, usesLoad(team));
  const others = reps.filter(({ userId }) => userId !== lead.owner_id);
  const { result } = chooseRep(await chooseFrom(work, lead, team, others, { isPassedOn: true }));
  return result.kind === 'wait' ? result.why : null;
}

/** So many at most get a rep in one go: everybody else's clicks wait for it. */
const mostRouted = 500;
/** So many are read at once. */
const page = 500;

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
  let waiting = await waitingLeads(work, team.id, page);
  if (waiting.length === 0) return 0;
  const reps = await candidatesOf(work, team, usesLoad(team));
  const resting =
    to === 'anybody' ? [] : reps.filter((rep) => !isWorkingTime(hoursOf(team, rep.userId), work.now));
  const resters = new Set(resting.map(({ userId }) => userId));
  const free = reps.filter(canTake);
  if (free.length > 0 && free.every(({ userId }) => resters.has(userId))) return 0;
  let routed = 0;
  while (waiting.length > 0) {
    for (const lead of waiting) {
      if (await routeAgain(work, lead, team, reps, resters)) routed += 1;
      if (routed === mostRouted) return routed;
    }
    // Those that nobody can take stay in front of the others, however many they are.
    waiting = await waitingLeads(work, team.id, page, waiting.at(-1));
  }
  return routed;
}

function canTake(rep: Candidate): boolean {
  return rep.availability.available && hasRoom(rep);
}

/** Whether any rank of the team goes to who has the fewest leads. */
function usesLoad(team: Team): boolean {
  return [team.mode, ...Object.values(team.rankModes)].includes('least_loaded');
}

/** @param resters who gets nothing now, though they could take it @returns whether it waits no longer */
async function routeAgain(
  work: Work,
  lead: LeadRow,
  team: Team,
  reps: Candidate[],
  resters: ReadonlySet<string>,
): Promise<boolean> {
  const options: RouteOptions = isPastClaiming(lead) ? { how: 'ladder' } : {};
  let choice = await choiceFor(work, lead, team, reps, options);
  if (choice.result.kind === 'assign' && resters.size > 0) {
    const atWork = reps.filter(({ userId }) => !resters.has(userId));
    choice = await choiceFor(work, lead, team, atWork, options);
    if (choice.result.kind === 'wait') return false;
  }
  const { steps, result } = choice;
  if (result.kind === 'wait' && result.why === lead.waits_for) return false;
  await insertDecision(work, lead.id, steps);
  const explained =
    result.kind === 'assign' && result.how !== 'same_account'
      ? { ...result, note: `For ${user(result.userId)}: it waited until somebody had room.` }
      : result;
  const ready = await apply(work, lead, team, reps, explained, options);
  await refreshNudges(work, ready);
  await refreshCard(work, lead.id);
  return result.kind !== 'wait';
}

async function choiceFor(
  work: Work,
  lead: LeadRow,
  team: Team,
  reps: readonly Candidate[],
  options: RouteOptions,
): Promise<Choice> {
  const choice = await chosenFor(work, lead, team, reps, options);
  const isClaimed = modeFor(team, lead.rank) === 'claim' && !isPastClaiming(lead);
  if (choice.result.kind !== 'wait' || !isClaimed) return choice;
  return { steps: [...choice.steps, 'It stays on offer.'], result: { kind: 'offer' } };
}

async function chosenFor(
  work: Work,
  lead: LeadRow,
  team: Team,
  reps: readonly Candidate[],
  options: RouteOptions,
): Promise<Choice> {
  const input = await chooseFrom(work, lead, team, reps, options);
  const unknown = chooseRep(input);
  // Where nobody could take it, it does not matter whom they know.
  if (unknown.result.kind === 'wait') return unknown;
  const acquaintances = await acquaintancesOf(work, lead, team);
  return acquaintances.length === 0 ? unknown : chooseRep({ ...input, acquaintances });
}

/** What a choice is made from, but for whom the lead knows. */
async function chooseFrom(
  work: Work,
  lead: LeadRow,
  team: Team,
  reps: readonly Candidate[],
  { how, isPassedOn = false }: RouteOptions,
): Promise<ChooseInput> {
  const mode = modeFor(team, lead.rank);
  const isGiven = how === 'ladder' || isPassedOn;
  return {
    lead,
    mode: isGiven && mode === 'claim' ? ('round_robin' as const) : mode,
    rules: work.playbooks.current.playbook.routingRules,
    reps,
    acquaintances: [],
    without: lead.owned_at === null ? [] : await letGoBy(work, lead.id),
  };
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
  if (result.kind === 'offer') return saveLadder(work, await offered(work, lead), team);
  if (result.kind === 'wait') {
    await tellManagersOfWaiting(work, lead, team, result.why);
    const waiting = await updateLead(work.db, lead.id, { waits_for: result.why });
    return saveLadder(work, waiting, team);
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
  const text = threadNote(result, ready, options, work.now);
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

/** Who could not claim it while it waited has time to from now on. */
async function offered(work: Work, lead: LeadRow): Promise<LeadRow> {
  if (lead.waits_for === null) return lead;
  return updateLead(work.db, lead.id, { waits_for: null, ...ladderStart(work.now) });
}
