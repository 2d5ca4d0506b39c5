import { escape, user } from '../slack/kit.ts';
import type { Acquaintance, Candidate } from './choose.ts';
import { letGoByAll } from '../lead/waiting.ts';
import { type RoutingRule, ruleText } from '../playbook/routing-rules.ts';

/** The words of a decision, in mrkdwn. */

export function names(reps: readonly Candidate[], about: (rep: Candidate) => string = () => ''): string {
  const named = reps.map((rep) => {
    const more = about(rep);
    return more === '' ? user(rep.userId) : `${user(rep.userId)} (${more})`;
  });
  return named.length === 0 ? 'nobody' : named.join(', ');
}

export function sameAccount({ userId, of, lead }: Acquaintance): string {
  return of === 'person'
    ? `Same person as ${lead}, whom ${user(userId)} had`
    : `Same account as ${lead}, whom ${user(userId)} has`;
}

/** Why a rep gets nothing now, as a part of a sentence about them: `away until Friday`, `full: 5 of 5 open leads`. */
export function whyNot({ availability, mostOpen, mostNewADay, open, newToday }: Candidate): string {
  if (!availability.available) return availability.why;
  const reached = [
    mostOpen !== null && open >= mostOpen ? `${open} of ${mostOpen} open leads` : '',
    mostNewADay !== null && newToday >= mostNewADay ? `${newToday} of ${mostNewADay} new leads a day` : '',
  ];
  return `full: ${reached.filter(Boolean).join(', ')}`;
}

export function withinRule(rule: RoutingRule, tagged: readonly Candidate[]): string {
  const when = `Rule for ${escape(ruleText(rule))}: reps with the tag ${rule.tag}`;
  return tagged.length === 0
    ? `${when}. Nobody has it, so the rule is skipped.`
    : `${when}: ${names(tagged)}.`;
}

/**
 * Why a lead gets no rep, as a part of a sentence: `everybody with the tag german is away until Monday`.
 * @param pool the reps it could go to: how many of them are full, and how many are none any more
 */
export function waitText(
  pool: readonly Candidate[],
  { full, barred, tag }: { full: number; barred: number; tag: string | undefined },
): string {
  if (pool.length === 0) return barred > 0 ? letGoByAll(tag) : 'there is nobody it could go to';
  const who = `everybody${barred > 0 ? ' else' : ''}${tag === undefined ? '' : ` with the tag ${tag}`}`;
  if (full === pool.length) return `${who} is full`;
  if (full > 0) return `${who} is away (${pool.length - full}) or full (${full})`;
  const whys = pool.map(({ availability }) => (availability.available ? '' : availability.why));
  if (whys.every((why) => why === whys[0])) return `${who} is ${whys[0] ?? ''}`;
  const until = ({ availability }: Candidate): number =>
    availability.available ? 0 : (availability.until ?? Infinity);
  const [first] = [...pool].sort((a, b) => until(a) - until(b));
  const back = first && !first.availability.available ? first.availability.back : undefined;
  // Without a name: each naming calls them, and they are away.
  return `${who} is away${back === undefined ? '' : `; the first is back ${back}`}`;
}
