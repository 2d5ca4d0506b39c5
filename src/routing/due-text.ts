import type { LeadRow } from '../db/schema.ts';
import { line, when } from '../slack/kit.ts';
import { stepOf, stepWhen } from '../touch/agreed-step.ts';

/** ` First touch due Friday.`: what a lead's new owner has to do by when, behind another sentence; empty for nothing. */
export function dueText(lead: LeadRow, now: number): string {
  const { attempts, next_attempt_at: due, replied_at: repliedAt } = lead;
  if (due === null) return '';
  const isPast = due <= now;
  const step = stepOf(lead);
  if (step) return ` Next step (${line(step.text)}) ${isPast ? 'was' : 'is'} due ${stepWhen(step)}.`;
  if (repliedAt !== null) return ` They replied; the answer ${isPast ? 'was' : 'is'} due ${when(due)}.`;
  if (attempts === 0) return isPast ? ` First touch was due ${when(due)}.` : ` First touch due ${when(due)}.`;
  return ` Attempt ${attempts + 1} ${isPast ? 'was' : 'is'} due ${when(due)}.`;
}

/** The same for the lead's thread, which tells of each later attempt in its time. */
export function firstDueText(lead: LeadRow, now: number): string {
  return lead.state === 'owned' ? dueText(lead, now) : '';
}
