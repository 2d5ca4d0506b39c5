import type { ArrivalWay } from '../db/schema.ts';
import type { Playbook } from '../playbook/schema.ts';
import type { LeadDraft } from './draft.ts';
import { saysOneOf } from './words.ts';

export interface Rank {
  rank: string;
  /** Stands on the card: everybody sees why. */
  reason: string;
}

export interface Origin extends Pick<LeadDraft, 'form' | 'page' | 'campaign' | 'message'> {
  source: string;
  way: ArrivalWay;
}

type Rule = Playbook['rankRules'][number];

/**
 * Ranks a lead by how it was generated, never by how it looks: the first rule whose every part fits. Where the origin
 * says nothing, what the prospect wrote may lift the rank (A is the highest), but never lower it: who writes to us
 * that they have a list does not come from one.
 */
export function rankOf(origin: Origin, playbook: Pick<Playbook, 'rankRules' | 'otherwise'>): Rank {
  const { rankRules: rules, otherwise } = playbook;
  const { message } = origin;
  const asked = (): Rule | undefined =>
    message === null
      ? undefined
      : rules.find(({ rank, source }) => rank < otherwise.rank && saysOneOf(source, message));
  const { rank, reason } = rules.find((rule) => fits(rule, origin)) ?? asked() ?? otherwise;
  return { rank, reason };
}

function fits({ source, form, page, campaign, way }: Rule, origin: Origin): boolean {
  return (
    said(source, origin.source) &&
    said(form, origin.form) &&
    said(page, origin.page) &&
    said(campaign, origin.campaign) &&
    (way.length === 0 || way.includes(origin.way))
  );
}

/** A rule that names no words here does not look here. */
function said(words: readonly string[], text: string | null): boolean {
  return words.length === 0 || (text !== null && saysOneOf(words, text));
}
