import type { Resolution } from '../db/schema.ts';
import type { FormReply, Submission } from '../slack/listener.ts';
import { textValue } from '../slack/payload.ts';
import { type Place, placeIn } from '../slack/place.ts';
import { hoursOf } from '../team/calendars.ts';
import type { Work } from '../work.ts';
import { answerBlock, answerOf, type ClosingView, reasonOf, resolveModal, wordsBlock } from './modal.ts';
import { type Choice, readChoice } from './choice.ts';
import { whyNot } from './gates.ts';
import { needsReason } from './kinds.ts';
import { verdictOn } from '../feedback/verdict.ts';
import { type Closable, isTold, type ResolveInput } from './resolution.ts';
import { returnDate, returnMoment, wrongReturnDate } from './return-date.ts';

/** The form as it stands with what is chosen; a reason without an end is one for the end that is possible. */
export function closingView(work: Work, closable: Closable, chosen: Choice, place: Place): ClosingView {
  const { lead, team, playbook, standing, signature } = closable;
  const implied: Resolution = standing.contacted ? 'disqualified' : 'rejected';
  const choice =
    chosen.reason !== undefined && chosen.resolution === undefined
      ? { ...chosen, resolution: implied }
      : chosen;
  const returnOn = returnDate(hoursOf(team, lead.owner_id), work.now, playbook.nurtureDays);
  return { lead, playbook, standing, signature, choice, place, returnOn };
}

/**
 * What the form says; or, where something is missing, complaints under the fields, or the form with the fields that
 * belong to what was chosen: it may be sent before Slack could show them.
 */
export function readForm(
  work: Work,
  closable: Closable,
  form: Submission,
): { input: ResolveInput } | { reply: FormReply } {
  const { lead, playbook, standing, team } = closable;
  const hours = hoursOf(team, lead.owner_id);
  const choice = readChosen(form);
  const { resolution } = choice;
  if (resolution === undefined) return { reply: { close_as: 'Choose how it ended.' } };
  const no = whyNot(resolution, standing);
  if (no !== undefined) return { reply: { close_as: no } };
  const view = closingView(work, closable, choice, placeIn(form.metadata));
  const again = { reply: { next: resolveModal(view) } };
  const note = textValue(form, 'note') || null;
  if (resolution === 'qualified') return { input: { resolution, note } };

  const reason = needsReason(resolution) ? reasonOf(playbook, choice.reason) : undefined;
  if (needsReason(resolution) && !reason)
    return 'close_reason' in form.values ? { reply: { close_reason: 'Choose a reason.' } } : again;
  const verdict = reason ? verdictOn(reason, standing) : 'closes';
  if (verdict === 'verify' || verdict === 'ask') return { input: { resolution, reason, note } };

  const answer = answerOf(view);
  const isShown = answer === undefined ? 'close_told' in form.values : answerBlock(choice) in form.values;
  if (!isShown || (answer?.text !== undefined && !(wordsBlock(answer) in form.values))) return again;
  const told = textValue(form, 'close_told');
  const needsAnswer = answer === undefined || answer.text !== undefined;
  if (needsAnswer && !isTold(told)) return { reply: { close_told: 'Say whether they know.' } };
  const day = textValue(form, 'close_return');
  const wrong = resolution === 'nurture' ? wrongReturnDate(hours, work.now, day) : undefined;
  if (wrong !== undefined) return { reply: { close_return: wrong } };
  return {
    input: {
      resolution,
      reason,
      answer,
      note,
      ...(needsAnswer && isTold(told) && { told }),
      ...(answer?.text !== undefined && { words: textValue(form, wordsBlock(answer)) }),
      ...(resolution === 'nurture' && { returnAt: returnMoment(hours, day) }),
    },
  };
}

/** The last of the fields that carries a choice says most; one that belongs to another choice says nothing. */
function readChosen(form: Submission): Choice {
  const start = readChoice(form.metadata);
  const read = (block: string, before: Choice): Choice => {
    const value = textValue(form, block);
    return value === '' ? before : readChoice(value);
  };
  const { leadId } = start;
  const ended = read('close_as', { leadId });
  if (ended.resolution === undefined) return ended;
  const { reason } = read('close_reason', ended);
  const reasoned = needsReason(ended.resolution) && reason !== undefined ? { ...ended, reason } : ended;
  return read(answerBlock(reasoned), reasoned);
}
