import { dueAfter } from '../calendar/due.ts';
import { addSpan } from '../calendar/span.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { nextWorkingMoment } from '../calendar/working-time.ts';
import type { LeadRow } from '../db/schema.ts';
import type { Playbook } from '../playbook/schema.ts';
import { hoursOf } from '../team/calendars.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { updateLead } from './store.ts';

const steps = {
  unclaimed: ['remind', 'assign', 'tellManager'],
  untouched: ['nudge', 'tellManager', 'reassign'],
} as const;

export type LadderKind = keyof typeof steps;
export type LadderStep = (typeof steps)[LadderKind][number];

/** A step that is still to come: when, and how many are behind once it is done. */
export interface StepAhead {
  step: LadderStep;
  at: number;
  behind: number;
}

type Climber = Pick<
  LeadRow,
  | 'state'
  | 'rank'
  | 'waits_for'
  | 'cadence_started_at'
  | 'snoozed_until'
  | 'ladder_step'
  | 'ladder_from'
  | 'ladder_at'
>;
type LadderColumns = Pick<LeadRow, 'ladder_step' | 'ladder_from' | 'ladder_at'>;

/** Nobody has the lead; its owner has not touched it; or somebody is at it, and no ladder runs. */
export function ladderKind(lead: Pick<LeadRow, 'state'>): LadderKind | null {
  if (lead.state === 'offered') return 'unclaimed';
  return lead.state === 'owned' ? 'untouched' : null;
}

/** The place on the ladder from which on a lead is claimed no more, but given. */
export const pastClaiming = steps.unclaimed.indexOf('assign') + 1;

/**
 * Whether reps have had their time to claim it: the ladder has tried to give it to somebody. From then on it is given to
 * whoever can take it, also where reps claim.
 */
export function isPastClaiming(lead: Pick<LeadRow, 'ladder_step'>): boolean {
  return lead.ladder_step >= pastClaiming;
}

/** Nobody but its owner could take it, so an untouched lead stayed where it was at the end of its ladder. */
export function isLeftWithOwner(lead: Pick<LeadRow, 'state' | 'ladder_step'>): boolean {
  return lead.state === 'owned' && lead.ladder_step > steps.untouched.indexOf('reassign');
}

/**
 * The steps that are not behind the lead, in order, in working time from the ladder's start. A lead that waits because
 * no rep could take it is known to wait: of its steps only the manager is left. Nobody is nudged before the first touch
 * is due, and a snooze is respected. That its owner is away moves no step: then somebody else should have it.
 * @param calendar the owner's hours, else the team's
 */
export function stepsAhead(lead: Climber, playbook: Playbook, calendar: WorkingCalendar): StepAhead[] {
  const kind = ladderKind(lead);
  const rank = playbook.ranks[lead.rank];
  if (kind === null || rank === undefined || lead.ladder_from === null) return [];
  const from = lead.ladder_from;
  const [first] = rank.cadence;
  const firstDue = first && kind === 'untouched' ? dueAfter(calendar, lead.cadence_started_at, first) : 0;
  const spans: Partial<Record<LadderStep, Parameters<typeof addSpan>[2]>> = rank.ladder[kind];
  // Counted apart from the ladder of an offer, so that `isPastClaiming` is said of offers alone.
  const waits = kind === 'unclaimed' && lead.waits_for !== null;
  const own: readonly LadderStep[] = waits && !isPastClaiming(lead) ? ['tellManager'] : steps[kind];
  return own.flatMap((step, place): StepAhead[] => {
    const span = spans[step];
    const isSpared = waits && step !== 'tellManager';
    if (span === undefined || place < lead.ladder_step || isSpared) return [];
    const notBefore = Math.max(
      step === 'nudge' ? firstDue : 0,
      kind === 'untouched' ? (lead.snoozed_until ?? 0) : 0,
    );
    const at = nextWorkingMoment(calendar, Math.max(addSpan(calendar, from, span), notBefore));
    return [{ step, at, behind: place + 1 }];
  });
}

/** The ladder as it has to stand in the lead as it is; where none has begun, it begins now. */
export function ladderOf(
  lead: Climber,
  playbook: Playbook,
  calendar: WorkingCalendar,
  now: number,
): LadderColumns {
  const { ladder_step, ladder_from } = lead;
  if (ladderKind(lead) === null) return { ladder_step, ladder_from, ladder_at: null };
  const from = ladder_from ?? now;
  const [next] = stepsAhead({ ...lead, ladder_from: from }, playbook, calendar);
  return { ladder_step, ladder_from: from, ladder_at: next?.at ?? null };
}

/** Whether the ladder has asked the owner for the first touch: until it is made, that attempt is one to be nudged. */
export function hasAskedForTouch(
  lead: Pick<LeadRow, 'state' | 'rank' | 'ladder_step'>,
  playbook: Playbook,
): boolean {
  const isBehind = lead.ladder_step > steps.untouched.indexOf('nudge');
  return (
    lead.state !== 'offered' && isBehind && playbook.ranks[lead.rank]?.ladder.untouched.nudge !== undefined
  );
}

/**
 * Brings the ladder up to date after any change of a lead's state, owner or rank. A lead with an owner gets this from
 * `saveProgress`; who offers or holds one calls it.
 */
export async function saveLadder(work: Work, lead: LeadRow, team: Team): Promise<LeadRow> {
  const playbook = await work.playbooks.version(work.db, lead.playbook_version);
  const ladder = ladderOf(lead, playbook, hoursOf(team, lead.owner_id), work.now);
  const isSame = (Object.keys(ladder) as (keyof LadderColumns)[]).every((key) => ladder[key] === lead[key]);
  return isSame ? lead : updateLead(work.db, lead.id, ladder);
}
