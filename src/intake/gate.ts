import { z } from 'zod';
import { inSentence } from '../slack/kit.ts';
import type { Playbook } from '../playbook/schema.ts';
import type { LeadDraft } from './draft.ts';

/** What the fields that a rank may require are called in a sentence. */
export const requirable = {
  name: 'the name',
  email: 'the mail address',
  phone: 'the phone number',
  account: 'the company',
  title: 'the job title',
  message: 'what they want',
} as const;

/**
 * Why marketing has to look at a lead of this rank before a rep does; empty when it may go on.
 * @param draft a lead that is held as one of a list stays one, until somebody releases it
 * @param listOf how many came with it, where they are a list
 */
export function gateReasons(
  draft: Pick<LeadDraft, keyof typeof requirable> & { held_reasons?: string | null },
  rank: string,
  playbook: Pick<Playbook, 'ranks'>,
  listOf?: number,
): string[] {
  const list =
    listOf === undefined
      ? savedReasons(draft.held_reasons ?? null).filter(isOfList)
      : [`${partOfList} ${listOf.toLocaleString('en')}.`];
  const rules = playbook.ranks[rank];
  if (!rules) return list;
  const missing = missingFields(draft, rules.requires);
  return [
    ...(rules.qualifyFirst ? [`Rank ${rank} (${inSentence(rules.label)}) is qualified first.`] : []),
    ...list,
    ...missing.map((field) => `${capitalised(requirable[field])} is missing.`),
  ];
}

const partOfList = 'Part of a list of';

/** Raw lists are never dumped on reps, whatever their source is called. */
export function isList(rows: number, { listsFrom }: Pick<Playbook, 'listsFrom'>): boolean {
  return rows > listsFrom;
}

/** Whether a reason says that the lead is one of a list. */
export function isOfList(reason: string): boolean {
  return reason.startsWith(partOfList);
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The reasons as a held lead's row keeps them (JSON). */
export function savedReasons(reasons: string | null): string[] {
  return z.array(z.string()).parse(JSON.parse(reasons ?? '[]'));
}

/** Which of the required fields a draft or a lead lacks. */
export function missingFields(
  draft: Pick<LeadDraft, keyof typeof requirable>,
  required: readonly (keyof typeof requirable)[],
): (keyof typeof requirable)[] {
  return required.filter((field) => draft[field] === null);
}
