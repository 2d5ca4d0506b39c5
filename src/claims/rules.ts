import { limitDayFrom } from '../calendar/limit-day.ts';
import { startOfLocalDay, localDate } from '../calendar/zone.ts';
import { addWorkingMinutes, nextWorkingMoment, workingMinutesBetween } from '../calendar/working-time.ts';
import type { LeadRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import { count, when } from '../slack/kit.ts';
import { type RepSettings, repsOf } from '../team/reps.ts';
import { isManager, type Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { refuseOutsideRule } from './for-whom.ts';
import { claimQuestion } from './messages.ts';
import * as store from './store.ts';

/** What a claim is past: nothing, or the rep's own overdue leads. */
export interface Fairness {
  /** Whether it has to be kept that they went past them. */
  anyway: boolean;
}

/**
 * The playbook's rules for whoever takes a free lead, by claiming or by touching it. Managers set them and are free of
 * them, and so is whom a manager allows it.
 * @param asked `anyway`: they have seen their overdue leads; `allowed`: a manager has said yes
 * @throws Refusal with what to do; where overdue leads come first, with links to them and a way on
 */
export async function refuseUnfairClaim(
  work: Work,
  lead: LeadRow,
  team: Team,
  userId: string,
  asked: 'first' | 'anyway' | 'allowed' = 'first',
): Promise<Fairness> {
  const { claims } = work.playbooks.current.playbook;
  if (isManager(team, userId) || lead.added_by === userId) return { anyway: false };
  const today = startOfLocalDay(team.calendar.zone, localDate(team.calendar, work.now));
  if (asked !== 'allowed') {
    const reps = await repsOf(work, team);
    refuseOutsideRule(work, lead, reps, userId);
    await refuseFull(work, team, reps, userId);
    await refuseTooMany(work, team, userId, claims.mostADay, today);
    await refuseTooSoon(work, team, userId, claims.atLeastApart);
  }
  if (claims.overdueFirst === undefined) return { anyway: false };
  const { count: overdue } = await store.leadsPastTouch(work, team.id, userId, 0);
  if (overdue < claims.overdueFirst) return { anyway: false };
  if (asked === 'allowed') return { anyway: true };
  const needsManager =
    claims.secondNeedsManager && (await store.anywaySince(work, team.id, userId, today)) > 0;
  const isUsed = await store.hasClaimedAnyway(work.db, lead.id, userId);
  if (asked === 'anyway' && !needsManager && !isUsed) return { anyway: true };
  throw new Refusal(
    `You hold ${count(overdue, 'lead')} past their touch. Touch one of them first: \`/leads\` lists them.`,
    claimQuestion.of({ leadId: lead.id, userId, needsManager, isUsed }),
  );
}

/** The limits that a manager has set for this rep hold for claims as for what the app gives them. */
async function refuseFull(
  work: Work,
  team: Team,
  reps: readonly RepSettings[],
  userId: string,
): Promise<void> {
  const rep = reps.find((entry) => entry.userId === userId);
  if (!rep || (rep.mostOpen === null && rep.mostNewADay === null)) return;
  const { open, fresh } = await store.loadOf(work, team.id, userId, limitDayFrom(rep.calendar, work.now));
  if (rep.mostOpen !== null && open >= rep.mostOpen)
    throw new Refusal(
      `You hold ${count(open, 'open lead')}, and ${rep.mostOpen} is your limit. Close one first: \`/leads\` lists them. A manager can change the limit.`,
    );
  if (rep.mostNewADay !== null && fresh >= rep.mostNewADay)
    throw new Refusal(
      `You got ${count(fresh, 'new lead')} for this working day, and ${rep.mostNewADay} a day is your limit. When your next one begins there is room again; a manager can change the limit.`,
    );
}

async function refuseTooMany(
  work: Work,
  team: Team,
  userId: string,
  most: number | undefined,
  today: number,
): Promise<void> {
  if (most === undefined) return;
  const claimed = await store.claimsSince(work, team.id, userId, today);
  if (claimed < most) return;
  throw new Refusal(
    `You have claimed ${count(claimed, 'lead')} today, and ${most} a day is the most here, so that everybody gets some. Leave this one to the others; \`/leads\` shows yours. A manager can give you more.`,
  );
}

async function refuseTooSoon(
  work: Work,
  team: Team,
  userId: string,
  apart: number | undefined,
): Promise<void> {
  if (apart === undefined) return;
  const last = await store.lastClaimAt(work, team.id, userId);
  if (last === null || workingMinutesBetween(team.calendar, last, work.now) >= apart) return;
  const again = nextWorkingMoment(team.calendar, addWorkingMinutes(team.calendar, last, apart));
  throw new Refusal(
    `Claims are at least ${minutesText(apart)} of working time apart here, so that everybody gets some. You can claim again ${when(again)}. Until then, \`/leads\` shows yours.`,
  );
}

function minutesText(minutes: number): string {
  return minutes % 60 === 0 ? count(minutes / 60, 'hour') : count(minutes, 'minute');
}
