import type { Playbook } from '../playbook/schema.ts';

export interface Rank {
  rank: string;
  /** Stands on the card: everybody sees why. */
  reason: string;
}

/** Ranks a lead by how it was generated, never by how it looks: the first rule whose word the source contains. */
export function rankOf(source: string, playbook: Pick<Playbook, 'rankRules' | 'otherwise'>): Rank {
  const text = source.toLowerCase();
  const rule = playbook.rankRules.find(({ source: words }) => words.some((word) => text.includes(word)));
  return rule ? { rank: rule.rank, reason: rule.reason } : playbook.otherwise;
}
