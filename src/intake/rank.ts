import type { Playbook } from '../playbook/schema.ts';

export interface Rank {
  rank: string;
  /** Stands on the card: everybody sees why. */
  reason: string;
}

interface Rule extends Rank {
  words: RegExp;
}

/** Rules are compiled once for each playbook, not for each lead. */
const compiled = new WeakMap<Playbook['rankRules'], readonly Rule[]>();

/**
 * Ranks a lead by how it was generated, never by how it looks: the first rule with a word of the source. Where the
 * source says nothing, what the prospect wrote may lift the rank (A is the highest), but never lower it: who writes
 * to us that they have a list does not come from one.
 */
export function rankOf(
  source: string,
  playbook: Pick<Playbook, 'rankRules' | 'otherwise'>,
  message: string | null = null,
): Rank {
  const rules = rulesOf(playbook.rankRules);
  const said = rules.find((rule) => names(rule, source));
  const asked = (): Rule | undefined =>
    message === null
      ? undefined
      : rules.find((rule) => rule.rank < playbook.otherwise.rank && names(rule, message));
  const { rank, reason } = said ?? asked() ?? playbook.otherwise;
  return { rank, reason };
}

function names({ words }: Rule, text: string): boolean {
  return words.test(text) || words.test(text.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2'));
}

function rulesOf(rankRules: Playbook['rankRules']): readonly Rule[] {
  let rules = compiled.get(rankRules);
  if (!rules) {
    rules = rankRules.map(({ rank, reason, source }) => ({ rank, reason, words: wholeWords(source) }));
    compiled.set(rankRules, rules);
  }
  return rules;
}

/** "demo" is in "demos" and in "/request-demo", but not in "demographics". */
function wholeWords(words: readonly string[]): RegExp {
  const escaped = words.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/\s+/g, '\\s+'));
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join('|')})(?:s|es)?(?![\\p{L}\\p{N}])`, 'iu');
}
