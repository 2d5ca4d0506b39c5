import type { RoutingMode } from '../db/schema.ts';
import type { RoutedLead } from '../playbook/routing-rules.ts';
import { type Candidate, type ChoiceResult, chooseRep } from './choose.ts';
import { countIn } from './count-in.ts';

/** A lead of which nothing is known that a rule or an acquaintance could hold on to. */
const anyLead: RoutedLead = {
  rank: '',
  source: '',
  country: null,
  language: null,
  account_size: null,
  marketing_persona: null,
  sales_persona: null,
};

/** Whom the next leads would go to in a mode as things stand now; nothing is changed. */
export function dryRun(
  reps: readonly Candidate[],
  mode: RoutingMode,
  leads: number,
  now: number,
): ChoiceResult[] {
  const standing = [...reps];
  return Array.from({ length: leads }, () => {
    const input = { lead: anyLead, mode, rules: [], acquaintances: [], reps: standing, without: [] };
    const { result } = chooseRep(input);
    countIn(standing, result, now);
    return result;
  });
}
