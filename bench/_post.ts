/** As HubSpot posts a form: one attachment with a labelled line for each field. */
export function hubspotPost(number: number): any {
  const email = `ada${number}@company${number % 900}.example`;
  const text = [
    `*First Name*: Ada`,
    `*Last Name*: Lovelace ${'abcdefghij'.charAt(number % 10)}`,
    `*Email*: <mailto:${email}|${email}>`,
    `*Phone*: +49 30 ${String(1_000_000 + number)}`,
    `*Company*: Analytical Engines ${number % 900}`,
    `*Job Title*: Head of Engines`,
    `*Form*: Demo request`,
    `*Message*: We would like to see how this works for about forty people.`,
  ].join('\n');
  return {
    ts: `17000${String(number).padStart(5, '0')}.000100`,
    subtype: 'bot_message',
    username: 'HubSpot',
    text: '',
    attachments: [{ fallback: text, text, mrkdwn_in: ['text'] }],
  };
}
