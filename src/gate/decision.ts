import { z } from 'zod';
import type { Answer } from '../playbook/schema.ts';
import type { GateDecision } from './store.ts';

/** What the audit keeps of a lead that was turned down. */
const turnDownDetail = z.object({
  resolution: z.literal('rejected'),
  /** Whether the prospect had been told then; the lead says whether they have been since. */
  answered: z.boolean(),
  /** The answer's id and what the playbook called it then. */
  reason: z.string(),
  label: z.string(),
  /** False for spam, tests and duplicates. */
  needsAnswer: z.boolean(),
  /** The words for the prospect, as they were typed. */
  text: z.string().optional(),
});
export type TurnDownDetail = z.infer<typeof turnDownDetail>;

/** @param text the words for the prospect; undefined where nobody needs any */
export function detailOf(answer: Answer, answered: boolean, text?: string): TurnDownDetail {
  const needsAnswer = answer.text !== undefined;
  const words = text === undefined ? {} : { text };
  return {
    resolution: 'rejected',
    answered,
    reason: answer.id,
    label: answer.label,
    needsAnswer,
    ...words,
  };
}

/** Why a lead was turned down; undefined for one that was let through. */
export function turnDownOf(decision: GateDecision): TurnDownDetail | undefined {
  return decision.action === 'lead.turned_down'
    ? turnDownDetail.parse(JSON.parse(decision.detail))
    : undefined;
}

/** How somebody has turned down the rest of a list, as its row keeps it until all of them are closed. */
const restDetail = z.object({ by: z.string(), detail: turnDownDetail });
export type RestDetail = z.infer<typeof restDetail>;

export function restOf(stored: string): RestDetail {
  return restDetail.parse(JSON.parse(stored));
}
