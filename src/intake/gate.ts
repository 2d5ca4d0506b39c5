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

/** Why marketing has to look at a lead of this rank before a rep does; empty when it may go on. */
export function gateReasons(
  draft: Pick<LeadDraft, keyof typeof requirable>,
  rank: string,
  playbook: Pick<Playbook, 'ranks'>,
): string[] {
  const rules = playbook.ranks[rank];
  if (!rules) return [];
  const missing = missingFields(draft, rules.requires);
  return [
    ...(rules.qualifyFirst ? [`Rank ${rank} (${inSentence(rules.label)}) is qualified first.`] : []),
    ...missing.map((field) => `${requirable[field].replace(/^t/, 'T')} is missing.`),
  ];
}

/** Which of the required fields a draft or a lead lacks. */
export function missingFields(
  draft: Pick<LeadDraft, keyof typeof requirable>,
  required: readonly (keyof typeof requirable)[],
): (keyof typeof requirable)[] {
  return required.filter((field) => draft[field] === null);
}
