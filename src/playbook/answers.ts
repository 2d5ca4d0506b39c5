import type { Answer, Playbook } from './schema.ts';

/** The polite answers that a closing offers; one that names no closing is for disqualified and rejected. */
export function answersFor(playbook: Playbook, resolution: NonNullable<Answer['for']>[number]): Answer[] {
  const usual = resolution === 'disqualified' || resolution === 'rejected';
  return playbook.answers.filter((answer) => answer.for?.includes(resolution) ?? usual);
}
