import { escape, line } from '../slack/kit.ts';

/** What a section of Slack takes, with room for the words around the link. */
const longestLink = 2800;

/**
 * The address that opens a new mail with subject and text, percent-encoded. Without the text where Slack takes no link
 * that long. @param subject where nothing else is known: people from a list have not asked for anything
 */
export function mailtoLink(
  email: string,
  text: string,
  subject = 'A short note',
): { url: string; hasText: boolean } {
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

/** What the link next to a field for the words does: a form can't follow what is typed into it. */
export const originalText = 'with the original text; paste your changes there';

/**
 * How the words reach the prospect, for mrkdwn.
 * @param how what the link does, where it carries the text
 */
export function mailText(
  { email }: { email: string | null },
  text: string,
  how: string,
  subject?: string,
): string {
  if (email === null) return 'No mail address is known: call them, or write on another channel.';
  const { url, hasText } = mailtoLink(email, text, subject);
  return `:email: <${escape(url)}|Open in your mail program> ${hasText ? how : 'and paste the text'}.`;
}

/** A phone number to click, for mrkdwn; one without digits only to read. */
export function phoneLink(phone: string): string {
  const digits = phone.replace(/[^+\d]/g, '').slice(0, 40);
  return `:telephone_receiver: ${digits === '' ? line(phone) : `<tel:${digits}|${line(phone, 40)}>`}`;
}
