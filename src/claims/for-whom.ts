import type { LeadRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import { ruleFor, ruleText } from '../playbook/routing-rules.ts';
import { escape, user } from '../slack/kit.ts';
import type { RepSettings } from '../team/reps.ts';
import type { Work } from '../work.ts';

/**
 * A routing rule leaves some reps for a lead where they claim too. One whose tag nobody has leaves everybody.
 * @throws Refusal that says who may
 */
export function refuseOutsideRule(
  work: Work,
  lead: LeadRow,
  reps: readonly RepSettings[],
  userId: string,
): void {
  const rule = ruleFor(lead, work.playbooks.current.playbook.routingRules);
  const meant = rule ? reps.filter(({ tags }) => tags.includes(rule.tag)) : [];
  if (!rule || meant.length === 0 || meant.some((rep) => rep.userId === userId)) return;
  const names = meant.map((rep) => user(rep.userId)).join(', ');
  throw new Refusal(
    `This lead is for reps with the tag ${rule.tag} (rule for ${escape(ruleText(rule))}): ${names}. Take the next one; a manager can give you this one.`,
  );
}
