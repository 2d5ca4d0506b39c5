import { weekdayText } from '../calendar/date-text.ts';
import { endOfLocalDay, localDay } from '../calendar/zone.ts';
import { startOfLocalWeek } from '../calendar/recurring.ts';
import { cardUrls } from '../lead/card-slot.ts';

import { type Waiting, waitingOf } from '../gate/waiting.ts';
import { availabilityOf } from '../team/availability.ts';
import { openAbsences } from '../team/people/store.ts';
import { channelsOf } from '../team/store.ts';
import { isMember, type Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { type OpenQuestions, questionsOpen } from './questions.ts';
import {
  mostOverdue,
  type NamedLead,
  type OpenGroup,
  openGroups,
  type ResolvedCount,
  resolvedSince,
  unclaimedLeads,
} from './store.ts';

export interface RepStanding {
  userId: string;
  open: number;
  dueToday: number;
  overdue: number;
  /** How many leads are late on which attempt, lowest attempt first; late replies and steps are counted apart. */
  lateOn: { attempt: number; leads: number }[];
  /** Leads that never had a touch, late or not. */
  untouched: number;
  repliesWaiting: number;
  /** Of these, so many wait longer than the playbook allows. */
  repliesLate: number;
  /** Agreed next steps that are past due. */
  stepsLate: number;
  /** Would be late or due, had their rep not put them off. */
  putOff: number;
  /** Late although nudge and direct message have asked for them. */
  ignored: number;
  /** All planned attempts made, waiting for a result. */
  toClose: number;
  resolvedThisWeek: number;
  qualifiedThisWeek: number;
  /** Some of the late leads, replies that wait first, then the most overdue. */
  late: LinkedLead[];
  /** Why they get no leads: `away until Friday`; undefined while they are there. */
  absent?: string;
}

export interface LinkedLead {
  lead: NamedLead;
  /** Of its card; undefined while that is not posted. */
  url: string | undefined;
}

export interface Standup {
  teamName: string;
  reps: RepStanding[];
  /** Leads on offer that nobody has taken. */
  unclaimed: number;
  /** Of these, so many were begun by somebody who has them no more: they are late. */
  begun: number;
  /** Open leads of people who are gone: out of the roster, or deactivated in Slack. */
  abandoned: { userId: string; leads: number }[];
  /** Some of those on offer: those that were begun first, then by rank, then the oldest. */
  offered: LinkedLead[];
  /** Where the cards of the leads without a rep are. */
  channels: string[];
  /** Questions to the managers whether two are one. */
  questions: OpenQuestions;
  /** What is held and waits for marketing; undefined when nothing is. */
  held: HeldStanding | undefined;
}

export interface HeldStanding extends Waiting {
  /** The day since when the oldest waits, by the team's clock: `Tuesday`; null when that is a week ago or longer. */
  weekday: string | null;
}

/** So many leads are named, for each rep and of those on offer. */
const namedLeads = 3;
const namedOffered = 5;
/** More reps than this are told in numbers alone: a message takes only so much text. */
const detailedReps = 10;

/** The team now: everyone in the roster, and whoever else holds its leads, the latest first. */
export async function standupOf(work: Work, team: Team): Promise<Standup> {
  const { zone } = team.calendar;
  const groups = await openGroups(work, team.id, endOfLocalDay(zone, work.now));
  const resolved = await resolvedSince(work, team.id, startOfLocalWeek(zone, work.now));
  const standup = standupFrom(team, groups, resolved);
  const late = standup.reps.filter((rep) => rep.overdue > 0).slice(0, detailedReps);
  const lateLeads = await mostOverdue(
    work,
    team.id,
    late.map((rep) => rep.userId),
    namedLeads,
  );
  const begun = standup.begun === 0 ? [] : await unclaimedLeads(work, team.id, namedOffered, 'begun');
  const left = namedOffered - begun.length;
  const fresh = standup.unclaimed === standup.begun ? [] : await unclaimedLeads(work, team.id, left, 'fresh');
  const offered = [...begun, ...fresh];
  const urls = await cardUrls(
    work,
    [...lateLeads, ...offered].map((lead) => lead.id),
  );
  const linked = (lead: NamedLead): LinkedLead => ({ lead, url: urls.get(lead.id) });
  for (const rep of late) {
    rep.late = lateLeads.filter((lead) => lead.owner_id === rep.userId).map(linked);
  }
  for (const [userId, there] of await availabilityOf(work, team)) {
    const rep = standup.reps.find((each) => each.userId === userId);
    if (rep && !there.available) rep.absent = there.why;
  }
  const abandoned = await abandonedIn(work, team, standup.reps);
  return {
    ...standup,
    abandoned,
    offered: offered.map(linked),
    channels: await channelsOf(work.db, work.workspace.teamId, team.id),
    questions: await questionsOpen(work, team),
    held: await heldStanding(work, team),
  };
}

async function abandonedIn(
  work: Work,
  team: Team,
  standings: readonly RepStanding[],
): Promise<Standup['abandoned']> {
  const holders = standings.filter(({ open }) => open > 0);
  const absences = await openAbsences(
    work,
    holders.map(({ userId }) => userId),
  );
  const gone = new Set(absences.filter(({ why }) => why === 'deactivated').map((each) => each.user_id));
  return holders
    .filter(({ userId }) => gone.has(userId) || !isMember(team, userId))
    .map(({ userId, open }) => ({ userId, leads: open }));
}

async function heldStanding(work: Work, team: Team): Promise<HeldStanding | undefined> {
  const waiting = await waitingOf(work, team.id);
  if (!waiting) return undefined;
  const { zone } = team.calendar;
  const isThisWeek = localDay(zone, work.now) - localDay(zone, waiting.since) < 7;
  return { ...waiting, weekday: isThisWeek ? weekdayText(zone, waiting.since) : null };
}

/** Puts the counts together per rep. */
export function standupFrom(
  team: Pick<Team, 'name' | 'reps'>,
  groups: readonly OpenGroup[],
  resolved: readonly ResolvedCount[],
): Standup {
  const holders = [...groups, ...resolved].flatMap((row) => (row.ownerId === null ? [] : [row.ownerId]));
  const users = [...new Set([...team.reps, ...holders])];
  const reps = users.map((userId): RepStanding => {
    const own = groups.filter((group) => group.ownerId === userId);
    const closed = resolved.find((row) => row.ownerId === userId);
    const total = (read: (group: OpenGroup) => number): number =>
      own.reduce((sum, group) => sum + read(group), 0);
    return {
      userId,
      open: total((group) => group.open),
      dueToday: total((group) => group.today),
      overdue: total((group) => group.overdue),
      lateOn: own
        .map((group) => ({
          attempt: group.attempts + 1,
          leads: group.overdue - group.repliedLate - group.stepsLate,
        }))
        .filter(({ leads }) => leads > 0)
        .sort((a, b) => a.attempt - b.attempt),
      untouched: total((group) => (group.attempts === 0 ? group.open - group.replied - group.steps : 0)),
      repliesWaiting: total((group) => group.replied),
      repliesLate: total((group) => group.repliedLate),
      stepsLate: total((group) => group.stepsLate),
      putOff: total((group) => group.putOff),
      ignored: total((group) => group.ignored),
      toClose: total((group) => group.finished),
      resolvedThisWeek: closed?.resolved ?? 0,
      qualifiedThisWeek: closed?.qualified ?? 0,
      late: [],
    };
  });
  return {
    teamName: team.name,
    reps: reps.sort((a, b) => b.overdue - a.overdue),
    unclaimed: groups.reduce((sum, group) => sum + (group.ownerId === null ? group.open : 0), 0),
    begun: groups.reduce(
      (sum, group) => sum + (group.ownerId === null && group.attempts > 0 ? group.open : 0),
      0,
    ),
    abandoned: [],
    offered: [],
    channels: [],
    questions: { open: 0, url: undefined },
    held: undefined,
  };
}
