import type { Answer } from '../playbook/schema.ts';
import { truncate } from '../slack/kit.ts';
import { fill, type Named, namesOf, signed } from './fill.ts';

/** What a text field of Slack holds. */
export const longestText = 3000;

/**
 * A polite no with its placeholders filled in, as plain text; undefined where nobody needs an answer.
 * @param signature how whoever writes it signs
 */
export function answerText({ text }: Answer, lead: Named, signature: string | null): string | undefined {
  if (text === undefined) return undefined;
  return truncate(fill(text, { ...namesOf(lead), rep: signed(signature) }), longestText);
}
