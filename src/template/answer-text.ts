import type { LeadRow } from '../db/schema.ts';
import type { Answer } from '../playbook/schema.ts';
import { escape, truncate } from '../slack/kit.ts';

/** What a section of Slack takes, with room for the words around the link. */
const longestLink = 2800;
/** What a text field of Slack holds. */
export const longestText = 3000;
/** People from a list have not asked for anything. */
const subject = 'A short note';

/** A polite no with its placeholders filled in, as plain text; undefined where nobody needs an answer. */
export function answerText({ text }: Answer, lead: Pick<LeadRow, 'name' | 'account'>): string | undefined {
  const values: Record<string, string> = {
    name: oneLine(lead.name?.trim().split(/\s+/)[0], 40) ?? 'there',
    account: oneLine(lead.account, 80) ?? 'your company',
  };
  if (text === undefined) return undefined;
  const filled = text.replace(/\{(\w+)\}/g, (match, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? match) : match,
  );
  return truncate(filled, longestText);
}

function oneLine(text: string | null | undefined, length: number): string | undefined {
  const line = truncate((text ?? '').replace(/\s+/g, ' ').trim(), length).toWellFormed();
  return line === '' ? undefined : line;
}

/**
 * The address that opens a new mail with subject and text, percent-encoded. Without the text where Slack takes no link
 * that long.
 */
export function mailtoLink(email: string, text: string): { url: string; hasText: boolean } {
  const to = `mailto:${encode(email).replaceAll('%40', '@')}?subject=${encode(subject)}`;
  const url = `${to}&body=${encode(text.replace(/\r?\n/g, '\r\n'))}`;
  return url.length <= longestLink ? { url, hasText: true } : { url: to, hasText: false };
}

/** Also the few marks that may stand in an address but end or format a link in Slack. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*~]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** How the words reach the prospect, for mrkdwn. @param how what the link does, where it carries the text */
export function mailText({ email }: Pick<LeadRow, 'email'>, text: string, how: string): string {
  if (email === null) return 'No mail address is known: call them, or write on another channel.';
  const { url, hasText } = mailtoLink(email, text);
  return `:email: <${escape(url)}|Open in your mail program> ${hasText ? how : 'and paste the text'}.`;
}
