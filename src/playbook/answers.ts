import type { Answer, Playbook, Reason } from './schema.ts';

/** The polite answers that a closing offers; one that names no closing is for disqualified and rejected. */
export function answersFor(playbook: Playbook, resolution: NonNullable<Answer['for']>[number]): Answer[] {
  const usual = resolution === 'disqualified' || resolution === 'rejected';
  return playbook.answers.filter((answer) => answer.for?.includes(resolution) ?? usual);
}

/**
 * The answers for closing a lead. Without any only those are closed whom nobody can answer: the reason has to name an
 * answer without text, or silence would pass for spam.
 */
export function closingAnswers(
  playbook: Playbook,
  resolution: NonNullable<Answer['for']>[number],
  reason: Reason | undefined,
): Answer[] {
  // A reason may name one that is meant for another end.
  const first = playbook.answers.filter(({ id }) => id === reason?.answer);
  const isSilent = first.some(({ text }) => text === undefined);
  const others = answersFor(playbook, resolution).filter(({ text }) => text !== undefined || isSilent);
  return [...first, ...others.filter(({ id }) => id !== reason?.answer)];
}
