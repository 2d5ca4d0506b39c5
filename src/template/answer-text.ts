import type { Answer } from '../playbook/schema.ts';
import { truncate } from '../slack/kit.ts';
import { fill, type Named, namesOf } from './fill.ts';

/** What a text field of Slack holds. */
export const longestText = 3000;

/** A polite no with its placeholders filled in, as plain text; undefined where nobody needs an answer. */
export function answerText({ text }: Answer, lead: Named): string | undefined {
  return text === undefined ? undefined : truncate(fill(text, namesOf(lead)), longestText);
}
