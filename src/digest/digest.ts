import { dateOfDay, DAY } from '../calendar/civil.ts';
import { localDay, startOfLocalDay } from '../calendar/zone.ts';
import { type GateWeek, gateWeek } from '../gate/waiting.ts';
import { leadName, permalink } from '../lead/lead.ts';
import type { WorkingSpan } from '../playbook/schema.ts';
import { count } from '../slack/kit.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import {
  arrivals,
  closedCounts,
  flagCounts,
  flaggedLeads,
  unansweredLeads,
  type ArrivalCount,
  type ClosedCount,
  type FlagCount,
  type FlaggedCount,
  type Origin,
  type Period,
} from './store.ts';
import { sourceKey, sourceName } from './source-name.ts';

/** How many of the prospects without an answer are named. */
const shownUnanswered = 3;
/** How many of the held leads that wait too long are named. */
const shownHeld = 3;

export interface SourceRow {
  source: string;
  /** Leads that arrived in the period, those of lists included. */
  arrived: number;
  /** Leads that were flagged in the period, each once; some may have arrived before it. */
  flagged: number;
  /** How often each reason was given, most frequent first. */
  reasons: Map<string, number>;
}

export interface RankRow {
  rank: string;
  label: string | null;
  /** Without those that came with lists. */
  arrived: number;
  listed: number;
  closed: number;
  qualified: number;
}

export interface Digest {
  teamName: string;
  zone: string;
  period: Period;
  /** Without those that came with lists: a list's thousands say nothing about a week. */
  arrived: number;
  /** So many came with lists. */
  listed: number;
  /** Leads that were flagged, each once. */
  flagged: number;
  closed: number;
  qualified: number;
  /** Closed without an answer to the prospect; the newest of them by name. */
  unanswered: { leads: number; named: UnansweredName[] };
  /** Leads that wait for marketing too long as of now, and what marketing decided in the period. */
  gate: GateWeek;
  /** How long a held lead may wait, in words: `2 working days`. */
  qualifyWithin: string;
  /** By number of flagged leads, most first. */
  sources: SourceRow[];
  /** All reasons of the period, most frequent first. */
  reasons: { reason: string; flags: number }[];
  /** In alphabetical order, with what the playbook calls them; null for a rank that it no longer has. */
  ranks: RankRow[];
}

/** Who was closed without an answer; `by`: who closed it. */
export interface UnansweredName {
  name: string;
  url: string | null;
  by: string | null;
}

export interface Counts {
  arrived: readonly ArrivalCount[];
  flags: readonly FlagCount[];
  flagged: readonly FlaggedCount[];
  closed: readonly ClosedCount[];
  /** The newest prospects without an answer. */
  unanswered: Digest['unanswered']['named'];
  gate: GateWeek;
  qualifyWithin: string;
  /** What the playbook calls the ranks. */
  rankLabels: Readonly<Record<string, string>>;
}

/** The digest of a period of whole local days (`wholeDays`). */
export async function digestOf(work: Work, team: Team, given: Period): Promise<Digest> {
  const period = wholeDays(team.calendar.zone, given);
  const unanswered = await unansweredLeads(work, team.id, period, shownUnanswered);
  const { ranks, qualifyWithin } = work.playbooks.current.playbook;
  return digestFrom(team, period, {
    arrived: await arrivals(work, team.id, period),
    flags: await flagCounts(work, team.id, period),
    flagged: await flaggedLeads(work, team.id, period),
    closed: await closedCounts(work, team.id, period),
    unanswered: unanswered.map((lead) => ({
      name: leadName(lead),
      by: lead.resolved_by,
      url: lead.card && permalink(work.workspace.url, lead.card.channelId, lead.card.ts),
    })),
    gate: await gateWeek(work, team, period, shownHeld),
    qualifyWithin: spanText(qualifyWithin),
    rankLabels: Object.fromEntries(Object.entries(ranks).map(([rank, { label }]) => [rank, label])),
  });
}

/** As many local dates as the period has days, the last of them the one it ends on: no half day at its start. */
export function wholeDays(zone: string, { from, to }: Period): Period {
  const days = Math.max(1, Math.round((to - from) / DAY));
  return { from: startOfLocalDay(zone, dateOfDay(localDay(zone, to - 1) - days + 1)), to };
}

/** Puts the counts together for the reader. Sources are free text, thousands of them: each row is looked at once. */
export function digestFrom(team: Pick<Team, 'name' | 'calendar'>, period: Period, counts: Counts): Digest {
  const sources = new Map<string, SourceRow>();
  const ofSource = (origin: Origin): SourceRow => {
    const source = sourceName(origin);
    return found(sources, sourceKey(source), () => ({ source, arrived: 0, flagged: 0, reasons: new Map() }));
  };
  const reasons = new Map<string, number>();
  const ranks = new Map<string, RankRow>();
  const ofRank = (rank: string): RankRow =>
    found(ranks, rank, () => {
      const label = Object.hasOwn(counts.rankLabels, rank) ? counts.rankLabels[rank] : undefined;
      return { rank, label: label ?? null, arrived: 0, listed: 0, closed: 0, qualified: 0 };
    });
  const total = { arrived: 0, listed: 0, flagged: 0, closed: 0, qualified: 0, unanswered: 0 };

  for (const { rank, leads, ...origin } of counts.arrived) {
    const came = origin.way === 'import' ? 'listed' : 'arrived';
    ofSource(origin).arrived += leads;
    ofRank(rank)[came] += leads;
    total[came] += leads;
  }
  // Most frequent first: so each source's reasons come in this order too.
  for (const { reason, flags, ...origin } of [...counts.flags].sort((a, b) => b.flags - a.flags)) {
    const own = ofSource(origin).reasons;
    own.set(reason, (own.get(reason) ?? 0) + flags);
    reasons.set(reason, (reasons.get(reason) ?? 0) + flags);
  }
  for (const { leads, ...origin } of counts.flagged) {
    ofSource(origin).flagged += leads;
    total.flagged += leads;
  }
  for (const { rank, resolution, leads, answered } of counts.closed) {
    const qualified = resolution === 'qualified' ? leads : 0;
    const row = ofRank(rank);
    row.closed += leads;
    row.qualified += qualified;
    total.closed += leads;
    total.qualified += qualified;
    total.unanswered += leads - answered;
  }
  return {
    teamName: team.name,
    zone: team.calendar.zone,
    period,
    arrived: total.arrived,
    listed: total.listed,
    flagged: total.flagged,
    closed: total.closed,
    qualified: total.qualified,
    unanswered: { leads: total.unanswered, named: counts.unanswered },
    gate: counts.gate,
    qualifyWithin: counts.qualifyWithin,
    sources: [...sources.values()].sort(
      (a, b) => b.flagged - a.flagged || b.arrived - a.arrived || alphabetically(a.source, b.source),
    ),
    reasons: [...reasons]
      .map(([reason, flags]) => ({ reason, flags }))
      .sort((a, b) => b.flags - a.flags || alphabetically(a.reason, b.reason)),
    ranks: [...ranks.values()].sort((a, b) => alphabetically(a.rank, b.rank)),
  };
}

function spanText({ unit, amount }: WorkingSpan): string {
  if (unit === 'days') return count(amount, 'working day');
  return amount % 60 === 0 ? count(amount / 60, 'working hour') : count(amount, 'working minute');
}

function found<T>(rows: Map<string, T>, key: string, make: () => T): T {
  let row = rows.get(key);
  if (row === undefined) rows.set(key, (row = make()));
  return row;
}

function alphabetically(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
