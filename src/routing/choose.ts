import type { LeadRow, RoutingMode } from '../db/schema.ts';
import { user } from '../slack/kit.ts';
import type { Availability } from '../team/availability.ts';
import { names, sameAccount, waitText, whyNot, withinRule } from './explain.ts';
import { nextTurn } from './rotation.ts';
import { type RoutingRule, ruleFor } from './rules.ts';

/** A rep as the choice sees them. */
export interface Candidate {
  userId: string;
  weight: number;
  tags: readonly string[];
  availability: Availability;
  mostOpen: number | null;
  mostNewADay: number | null;
  /** Open leads, and leads that count towards the limit of the day. */
  open: number;
  newToday: number;
  owed: number;
  servedAt: number | null;
}

/** Who had to do with the lead's person or account before. */
export interface Acquaintance {
  userId: string;
  /** Of the same person, or another open lead at the same account. */
  of: 'person' | 'account';
  /** The lead it was, in mrkdwn. */
  lead: string;
}

export type RoutedLead = Pick<
  LeadRow,
  'rank' | 'source' | 'country' | 'language' | 'account_size' | 'marketing_persona' | 'sales_persona'
>;

export interface ChooseInput {
  lead: RoutedLead;
  mode: RoutingMode;
  /** The playbook's, in order. */
  rules: readonly RoutingRule[];
  /** Closest first; empty where the team does not want it. */
  acquaintances: readonly Acquaintance[];
  /** In roster order. */
  reps: readonly Candidate[];
  /** Who does not get it, whatever else says so. */
  without: readonly string[];
}

export type ChoiceResult =
  | {
      kind: 'assign';
      userId: string;
      how: 'round_robin' | 'least_loaded' | 'same_account';
      /** One line for the lead's thread in mrkdwn; null where there is nothing to explain. */
      note: string | null;
      /** The accounts of round robin after this turn. */
      owed?: ReadonlyMap<string, number>;
    }
  | { kind: 'offer' }
  | { kind: 'wait'; why: string };

export interface Choice {
  /** How it came about, one sentence each, in mrkdwn. */
  steps: string[];
  result: ChoiceResult;
}

/**
 * Whom a lead goes to: who knows the person, else who knows the account; else the reps that the routing rules leave,
 * who are there and have room, by the mode. On offer, anybody may claim it, so absence and capacity don't matter.
 */
export function chooseRep(input: ChooseInput): Choice {
  const steps: string[] = [];
  const roster = input.reps.filter(({ userId }) => !input.without.includes(userId));
  const barred = input.reps.filter(({ userId }) => input.without.includes(userId));
  if (barred.length > 0) steps.push(`Not to ${names(barred)} again.`);

  const known = acquaintance(input, roster, steps);
  if (known) return { steps, result: known };

  const rule = ruleFor(input.lead, input.rules);
  const tagged = rule ? roster.filter(({ tags }) => tags.includes(rule.tag)) : roster;
  if (rule) steps.push(withinRule(rule, tagged));
  else if (input.rules.length > 0) steps.push('No routing rule fits.');
  const tag = tagged.length === 0 ? undefined : rule?.tag;
  const pool = tagged.length === 0 ? roster : tagged;

  if (input.mode === 'claim') {
    steps.push('On offer: the first to claim it has it.');
    return { steps, result: { kind: 'offer' } };
  }
  const away = pool.filter(({ availability }) => !availability.available);
  if (away.length > 0) steps.push(`Not there: ${names(away, whyNot)}.`);
  const here = pool.filter(({ availability }) => availability.available);
  const full = here.filter((rep) => !hasRoom(rep));
  if (full.length > 0) steps.push(`No room: ${names(full, whyNot)}.`);
  const free = here.filter(hasRoom);
  if (free.length === 0) {
    const why = waitText(pool, full.length, tag);
    steps.push(`It waits: ${why}.`);
    return { steps, result: { kind: 'wait', why } };
  }
  return { steps, result: byMode(input.mode, free, pool, steps) };
}

export function hasRoom({ mostOpen, mostNewADay, open, newToday }: Candidate): boolean {
  return (mostOpen === null || open < mostOpen) && (mostNewADay === null || newToday < mostNewADay);
}

function acquaintance(
  { acquaintances }: ChooseInput,
  roster: readonly Candidate[],
  steps: string[],
): ChoiceResult | undefined {
  for (const known of acquaintances) {
    const rep = roster.find(({ userId }) => userId === known.userId);
    if (!rep) continue;
    const isFree = rep.availability.available && hasRoom(rep);
    steps.push(`${sameAccount(known)}${isFree ? '' : ` and is ${whyNot(rep)}`}.`);
    if (!isFree) continue;
    const note = `For ${user(rep.userId)}: same ${known.of} as ${known.lead}.`;
    return { kind: 'assign', userId: rep.userId, how: 'same_account', note };
  }
  return undefined;
}

function byMode(
  mode: 'round_robin' | 'least_loaded',
  free: readonly Candidate[],
  pool: readonly Candidate[],
  steps: string[],
): ChoiceResult {
  const pick = mode === 'round_robin' ? nextTurn : leastLoaded;
  const { userId, owed } = pick(free);
  const word = mode === 'round_robin' ? 'Round robin' : 'Least loaded';
  const weighed = free.some(({ weight }) => weight !== free[0]?.weight);
  const among = names(free, (rep) =>
    [mode === 'least_loaded' ? `${rep.open} open` : '', weighed ? `weight ${rep.weight}` : '']
      .filter(Boolean)
      .join(', '),
  );
  steps.push(`${word} among ${among}: ${user(userId)}.`);
  // Whose turn it would have been, had nobody been away. Who is full is named in the steps only: that lasts, and each
  // naming calls them.
  const first = pool.find((rep) => rep.userId === pick(pool).userId);
  const isAway = first !== undefined && !first.availability.available;
  const note = isAway ? `${user(userId)}’s turn; ${user(first.userId)} is ${whyNot(first)}.` : null;
  return { kind: 'assign', userId, how: mode, note, ...(owed && { owed }) };
}

/** Fewest open leads for their weight; of equals who was not served longest. */
function leastLoaded(free: readonly Candidate[]): { userId: string; owed?: undefined } {
  const [least] = [...free].sort(
    (a, b) => a.open * b.weight - b.open * a.weight || servedOrder(a) - servedOrder(b),
  );
  if (!least) throw new Error('Least loaded of nobody');
  return { userId: least.userId };
}

function servedOrder({ servedAt }: Candidate): number {
  return servedAt ?? 0;
}
