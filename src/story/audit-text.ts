import { z } from 'zod';
import { line, user, when } from '../slack/kit.ts';
import { resolutions } from '../resolution/kinds.ts';
import type { AuditEvent } from './store.ts';

/** What an audit row may say of itself; a row of another version of the app may say less. */
const detailOf = z
  .object({
    resolution: z.string(),
    answered: z.boolean(),
    needsAnswer: z.boolean(),
    step: z.string(),
    at: z.number(),
    until: z.number(),
    stepAt: z.number(),
    attempt: z.number(),
    from: z.string(),
    to: z.string(),
    userId: z.string(),
    reason: z.string(),
    obstacle: z.string().nullable(),
    rank: z.string(),
    changed: z.array(z.string()),
    fields: z.array(z.string()),
    name: z.string(),
  })
  .partial()
  .catch({});
type Detail = z.output<typeof detailOf>;

/** Told by the row that the action made: a touch, a flag, an arrival, an assignment. */
const toldElsewhere = new Set([
  'lead.arrived',
  'lead.assigned',
  'lead.claimed',
  'lead.handed_on',
  'lead.swap_accepted',
  'lead.flagged',
  'flag.undone',
  'touch.logged',
  'touch.noted',
  'duplicate.decided',
  'person.added',
]);

const told: Record<string, (by: string, detail: Detail) => string> = {
  'touch.undone': (by) => `${by} took a touch back.`,
  'nudge.snoozed': (by, detail) =>
    `:zzz: ${by} put ${snoozed(detail)} off${detail.until === undefined ? '' : ` until ${when(detail.until)}`}.`,
  'nudge.brought_back': (by, detail) => `${by} brought ${snoozed(detail)} back.`,
  'lead.resolved': (by, { resolution = '', answered, needsAnswer }) =>
    `:checkered_flag: ${by} closed it: ${labelOf(resolution)}. ${answerOf(answered, needsAnswer)}`,
  'lead.reopened': (by) => `${by} opened it again.`,
  'lead.returned': () => ':leftwards_arrow_with_hook: It came back, as agreed.',
  'step.set': (by, { step = '', at }) =>
    `:calendar: ${by} set the next step: ${line(step)}${at === undefined ? '' : `, ${when(at)}`}.`,
  'step.cleared': (by) => `${by} took the next step back.`,
  'lead.obstacle': (by, { obstacle }) =>
    obstacle == null
      ? `Nothing is in the way any more (${by}).`
      : `:construction: ${by} said what is in the way: ${line(obstacle.replaceAll('_', ' '), 80)}.`,
  'touch.edited': (by) => `${by} corrected a touch.`,
  'lead.passed_on': (by, { from }) =>
    `:handshake: It was passed on${from === undefined ? '' : ` from ${user(from)}`}, who is not there (${by}).`,
  'lead.turned_down': (by) => `:checkered_flag: ${by} turned it down.`,
  'lead.answered': (by) => `${by} told the prospect.`,
  'lead.answer_undone': (by) => `${by} had not told the prospect after all.`,
  'lead.released': (by) => `${by} released it to the reps.`,
  'lead.completed': (by, { fields }) => `${by} completed it${list(fields)}.`,
  'lead.corrected': (by, { changed }) => `${by} corrected it${list(changed)}.`,
  'lead.reranked': (by, { rank, to }) =>
    `Its rank changed${(rank ?? to) ? ` to ${line(rank ?? to ?? '', 20)}` : ''} (${by}).`,
  'lead.post_deleted': () => 'The original post was deleted in Slack.',
  'lead.given_back': (by, { from, reason }) =>
    from === undefined || by === user(from)
      ? `:handshake: ${by} gave it back${because(reason)}.`
      : `:handshake: ${by} took it back from ${user(from)}${because(reason)}.`,
  'lead.taken_back': (by, { from, reason }) =>
    from === undefined
      ? `${by} took the decision back.`
      : `:handshake: It was taken back from ${user(from)}${because(reason)}.`,
  'lead.claimed_anyway': (by) => `${by} claimed it past their own overdue leads.`,
  'claim.asked': (by) => `${by} asked a manager for it.`,
  'claim.allowed': (by, { userId }) => `${by} let ${userId === undefined ? 'them' : user(userId)} have it.`,
  'lead.swap_proposed': (by, { to, reason }) =>
    `${by} asked ${to === undefined ? 'somebody' : user(to)} to take it over${because(reason)}.`,
  'lead.swap_withdrawn': (by) => `${by} took the question back.`,
  'person.corrected': (by, { name = '', changed }) => `${by} corrected ${line(name, 80)}${list(changed)}.`,
  'person.removed': (by, { name = '' }) => `${by} removed ${line(name, 80)} from the people to try.`,
  'person.put_back': (by, { name = '' }) => `${by} put ${line(name, 80)} back.`,
  'lead.swap_declined': (by) => `${by} did not take it over.`,
};

/** A row of the audit as a sentence; undefined where something else tells it. One that nobody has worded reads plainly. */
export function auditText({ actor, action, detail }: AuditEvent): string | undefined {
  if (toldElsewhere.has(action)) return undefined;
  const by = actor === 'app' ? 'the app' : user(actor);
  const text =
    told[action]?.(by, detailOf.parse(parsed(detail))) ?? `${action.replace(/[._]+/g, ' ')} (${by}).`;
  return text.replace(/^[a-z]/, (letter) => letter.toUpperCase());
}

function snoozed({ attempt, stepAt }: Detail): string {
  return stepAt === undefined ? `attempt ${attempt ?? ''}`.trim() : 'the next step';
}

function parsed(detail: string): unknown {
  try {
    return JSON.parse(detail);
  } catch {
    return {};
  }
}

function labelOf(resolution: string): string {
  return Object.entries(resolutions).find(([id]) => id === resolution)?.[1].label ?? line(resolution, 40);
}

function answerOf(answered: boolean | undefined, needsAnswer: boolean | undefined): string {
  if (answered === true) return 'The prospect was told.';
  return needsAnswer === false ? 'Nobody was there to be answered.' : 'The prospect heard nothing.';
}

function because(reason: string | undefined): string {
  return reason === undefined || reason === '' ? '' : `: ${line(reason, 300).replace(/[.]$/, '')}`;
}

function list(fields: readonly string[] | undefined): string {
  return fields === undefined || fields.length === 0 ? '' : `: ${line(fields.join(', '), 200)}`;
}
