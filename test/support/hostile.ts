import type { LeadRow } from '../../src/db/schema.ts';

/** What people and other apps may put where a name, a company or a message is expected. */
export const hostileTexts: readonly (readonly [what: string, text: string])[] = [
  ['3,000 letters', 'W'.repeat(3000)],
  ['3,000 marks that escaping makes longer', '<&>'.repeat(1000)],
  ['a call for everybody', '<!channel> <!here> <!everyone> <!subteam^S0TEAM>'],
  ['a mention and a link that lies', '<@U0MONA> <https://evil.example|your bank>'],
  ['a date and a channel', '<!date^0^{date}|gone> <#C0LEADS>'],
  ['marks of mrkdwn', '*bold* _it_ ~no~ `code` ```block``` >quote'],
  ['emoji', '👩‍💻🏳️‍🌈'.repeat(400)],
  ['half a surrogate pair', `${'x'.repeat(78)}\ud83d`],
  ['text from right to left with marks', '\u202eعميل محتمل\u202c שלום'],
  ['many lines', 'one\n'.repeat(700)],
  ['braces of placeholders', '{name} {rep} $& $1 {constructor}'],
  ['a single space', ' '],
  ['nothing', ''],
];

/** A lead that says the same thing wherever somebody outside can say something; mail addresses have 254 characters. */
export function hostileParts(text: string): Partial<LeadRow> {
  return {
    name: text,
    email: text.slice(0, 254),
    phone: text,
    account: text,
    title: text,
    source: text,
    message: text,
  };
}

/**
 * The tokens of these texts by which Slack calls, mentions, links or formats, wherever Slack would read them as such:
 * in mrkdwn and in a message's own text. In plain text they are only letters.
 */
export function callsIn(rendered: object): string[] {
  const own = 'text' in rendered && typeof rendered.text === 'string' ? [rendered.text] : [];
  const call = /<(!channel|!here|!everyone|!subteam|@U0MONA|#C0LEADS|https:\/\/evil|!date\^0\^)/g;
  return [...own, ...markedTexts(rendered)].flatMap((text) =>
    [...text.matchAll(call)].map(([token]) => token),
  );
}

function markedTexts(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('type' in value && value.type === 'mrkdwn' && 'text' in value) return [String(value.text)];
  return Object.values(value).flatMap(markedTexts);
}
