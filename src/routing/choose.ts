import type { RoutingMode } from '../db/schema.ts';
import { user } from '../slack/kit.ts';
import type { Availability } from '../team/availability.ts';
import { type RoutedLead, type RoutingRule, ruleFor } from '../playbook/routing-rules.ts';
import { names, sameAccount, waitText, whyNot, withinRule } from './explain.ts';
import { nextTurn } from './rotation.ts';

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

export interface ChooseInput {
  lead: RoutedLead;
  mode: RoutingMode;
  /** The playbook's, in order. */
  rules: readonly RoutingRule[];
  /** Closest first; empty where the team does not want it. */
  acquaintances: readonly Acquaintance[];
  /** In roster order. */
  reps: readonly Candidate[];
  /** Who had it and let it go. */
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
 * Whom a lead goes to. The first rule that fits leaves some of the reps; among these who knows the person, else who
 * knows the account; else who is there and has room, by the mode. On offer, absence and capacity don't matter. A rule
 * whose tag nobody has is skipped, one whose reps have all let the lead go is not.
 */
export function chooseRep(input: ChooseInput): Choice {
  const steps: string[] = [];
  const rule = ruleFor(input.lead, input.rules);
  const tagged = rule ? input.reps.filter(({ tags }) => tags.includes(rule.tag)) : [];
  if (rule) steps.push(withinRule(rule, tagged));
  else if (input.rules.length > 0) steps.push('No routing rule fits.');
  const meant = tagged.length === 0 ? input.reps : tagged;
  const tag = tagged.length === 0 ? undefined : rule?.tag;

  const barred = meant.filter(({ userId }) => input.without.includes(userId));
  const pool = meant.filter(({ userId }) => !input.without.includes(userId));
  if (barred.length > 0) steps.push(`Not to ${names(barred)} again.`);
  const known = acquaintance(input, pool, steps);
  if (known) return { steps, result: known };

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
    const why = waitText(pool, { full: full.length, barred: barred.length, tag });
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
  return { kind: 'assign', userId, how: mode, note: turnNote(mode, userId, pool), ...(owed && { owed }) };
}

/**
 * Whose turn it would have been, had nobody been away: without a name, because each naming calls them. Who is full is
 * told in the steps only: that lasts. Nobody has a turn where the fewest leads count.
 */
function turnNote(mode: RoutingMode, userId: string, pool: readonly Candidate[]): string | null {
  if (mode !== 'round_robin' || pool.every(({ availability }) => availability.available)) return null;
  const first = pool.find((rep) => rep.userId === nextTurn(pool).userId);
  if (!first || first.availability.available) return null;
  return `${user(userId)}’s turn: who comes before is ${first.availability.why}.`;
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
