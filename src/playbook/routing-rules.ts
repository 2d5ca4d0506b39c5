import type { LeadRow } from '../db/schema.ts';
import type { Playbook } from './schema.ts';

/** What rules ask about a lead. */
export type RoutedLead = Pick<
  LeadRow,
  'rank' | 'source' | 'country' | 'language' | 'account_size' | 'marketing_persona' | 'sales_persona'
>;

export type RoutingRule = Playbook['routingRules'][number];

/** The first rule of which every part that is given fits the lead. What the lead does not say fits no rule about it. */
export function ruleFor(lead: RoutedLead, rules: readonly RoutingRule[]): RoutingRule | undefined {
  return rules.find((rule) => fits(lead, rule));
}

function fits(lead: RoutedLead, rule: RoutingRule): boolean {
  const { country, language, source, persona, rank, sizeFrom, sizeTo } = rule;
  const personas = [lead.sales_persona, lead.marketing_persona];
  const said = lead.source.toLowerCase();
  const size = lead.account_size;
  return [
    country.length === 0 || (lead.country !== null && country.includes(lead.country)),
    language.length === 0 || (lead.language !== null && language.includes(lead.language)),
    source.length === 0 || source.some((words) => said.includes(words)),
    persona.length === 0 || personas.some((label) => label !== null && persona.includes(label)),
    rank.length === 0 || rank.includes(lead.rank),
    sizeFrom === undefined || (size !== null && size >= sizeFrom),
    sizeTo === undefined || (size !== null && size <= sizeTo),
  ].every(Boolean);
}

/** What a rule asks for, as part of a sentence: `country DE or AT, from 200 people`. */
export function ruleText(rule: RoutingRule): string {
  const list = (word: string, values: readonly string[]): string =>
    values.length === 0 ? '' : `${word} ${values.join(' or ')}`;
  return [
    list('country', rule.country),
    list('language', rule.language),
    list('source', rule.source),
    list('persona', rule.persona),
    list('rank', rule.rank),
    rule.sizeFrom === undefined ? '' : `from ${rule.sizeFrom} people`,
    rule.sizeTo === undefined ? '' : `up to ${rule.sizeTo} people`,
  ]
    .filter(Boolean)
    .join(', ');
}
