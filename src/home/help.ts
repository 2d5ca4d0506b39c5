/** What `/leads help` says. */
export const helpText = [
  '*What you can type*',
  '`/leads` your queue, in the order to work it',
  '`/leads find TEXT` a lead by its number, or a part of its name, mail address or company, or its phone number, and its whole story',
  '`/leads more` more leads to work: first those you hold that have not had their touches',
  '`/leads add` a lead you met or heard of; you can type it right behind: `/leads add Ada Lovelace, ada@analytical.example`',
  '`/leads import` a list from a CSV file: you see what I read before anything is imported',
  '`/leads away until friday` no new leads for you until then, and with `deputy @bob` Bob looks after yours; `/leads back` ends it. Managers: `/leads away @person`',
  '`/leads why LEAD` why a lead is where it is: its number, or a part of its name or mail address',
  '`/leads digest` the last seven days for marketing: why leads were bad, what became of them',
  '`/leads setup` in a lead channel: roster, managers, marketing channel, routing, working hours',
  '`/leads help` this text',
  '`/standup` for managers: who is late on which attempt, what is untouched, what was resolved',
  '',
  'Everything else is on the lead’s card: claim it, log a touch, say why it is bad, close it. The app’s Home tab has your queue, your numbers and your settings.',
].join('\n');
