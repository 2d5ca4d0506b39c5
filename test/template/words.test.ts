import { expect, test } from 'vitest';
import { messageProblems, viewProblems } from '../../src/sandbox/index.ts';
import { nextStepBlocks, nextStepText } from '../../src/template/blocks.ts';
import { valuesOf } from '../../src/template/fill.ts';
import type { Memory } from '../../src/template/memory.ts';
import { messagesModal } from '../../src/template/modal.ts';
import { messageOrder, nextStep } from '../../src/template/next-step.ts';
import { variantFor, wordsOf } from '../../src/template/wording.ts';
import { callsIn, hostileParts, hostileTexts } from '../support/hostile.ts';
import { leadRow, personRow, someTime, standardPlaybook } from '../support/rows.ts';

const cadence = standardPlaybook.ranks['A']?.cadence ?? [];
const [call, mail] = cadence;
if (!call || !mail) throw new Error('rank A begins with a call and a mail');

function remembered(...messages: string[]): Memory {
  const used = messages.map((message, index) => ({
    message,
    at: someTime + index,
    userId: 'U0ALICE',
    touchId: index + 1,
  }));
  return { used, signature: 'Alice from Acme' };
}

test.each([
  ['Ada Lovelace', 'Ada'],
  ['Dr. Ada Lovelace', 'Ada'],
  ['Lovelace, Ada', 'Ada'],
  ['Ada', 'Ada'],
  ['  ', 'there'],
  [null, 'there'],
])('%s is greeted as %s', (name, expected) => {
  expect(valuesOf(leadRow({ name })).name).toBe(expected);
});

test.each([
  ['Please call me.', 'Please call me'],
  [
    'We need\nsomething for forty people in three countries, and soon',
    'We need something for forty people in three countries, and…',
  ],
  [null, 'your request'],
  ['W'.repeat(100), `${'W'.repeat(59)}…`],
])('of what they asked a few whole words are named (%#)', (message, expected) => {
  expect(valuesOf(leadRow({ message })).asked).toBe(expected);
});

const message = {
  label: 'First mail',
  subject: 'Hello',
  text: 'plain',
  variants: [
    { persona: ['Buyer'], obstacle: ['deal_size'], text: 'both' },
    { persona: ['Buyer', 'Decision maker'], obstacle: [], subject: 'Prices', text: 'buyer' },
    { persona: [], obstacle: ['deal_size'], text: 'size' },
  ],
};

test.each([
  ['Buyer', null, 'deal_size', 'both', 'Hello'],
  ['Buyer', null, null, 'buyer', 'Prices'],
  [null, 'Decision maker', 'deal_size', 'buyer', 'Prices'],
  ['Engineer', 'User', 'deal_size', 'size', 'Hello'],
  ['Engineer', null, 'new_buyer', 'plain', 'Hello'],
])(
  'persona %s/%s and obstacle %s choose the variant %s with the subject %s',
  (marketing_persona, sales_persona, obstacle, text, subject) => {
    expect(variantFor(message, leadRow({ marketing_persona, sales_persona, obstacle }))).toEqual({
      subject,
      text,
    });
  },
);

test('a colleague is greeted by their own name, without the words for the lead’s persona', () => {
  const playbook = { messages: { hi: { ...message, text: 'Hi {name}, you asked: {asked}' } } };
  const lead = leadRow({ marketing_persona: 'Buyer', message: 'Prices, please' });
  expect(wordsOf('hi', lead, playbook, { person: personRow() })?.text).toBe(
    'Hi Bob, you asked: your request',
  );
});

test('a message that the playbook has no more has no words', () => {
  expect(wordsOf('gone', leadRow(), standardPlaybook)).toBeUndefined();
  expect(wordsOf('constructor', leadRow(), standardPlaybook)).toBeUndefined();
});

test.each([
  [[], 'first_mail'],
  [['first_mail'], 'useful_thing'],
  [['useful_thing'], 'first_mail'],
  [['first_mail', 'useful_thing'], 'short_question'],
  [['first_mail', 'useful_thing', 'short_question'], undefined],
])('a mail is due and %j was used: %s is suggested, never what greets a stranger', (used, expected) => {
  expect(nextStep(mail, leadRow(), standardPlaybook, new Set(used)).message).toBe(expected);
});

test('the suggestion says that the planned message was used and when', () => {
  expect(nextStepText(mail, leadRow(), standardPlaybook, remembered('first_mail'))).toMatch(
    /^\*Try next: Email\* · Something useful\n“First mail” was used <!date\^\d+\^\{date_short_pretty\}\|[^>]+>\.\n>Hi Ada, two teams/,
  );
});

test('where every message for the channel was used the rep is asked for words of their own', () => {
  const memory = remembered('first_mail', 'useful_thing', 'short_question');
  expect(nextStepText(mail, leadRow(), standardPlaybook, memory)).toBe(
    '*Try next: Email*\nWhat fits this attempt was used with Ada Lovelace: write your own words.',
  );
});

test('the suggestion can be copied as it stands, signed, and opened as a mail with its subject or as a call', () => {
  const written = JSON.stringify(nextStepBlocks(mail, leadRow(), standardPlaybook));
  expect(written).toContain('"type":"rich_text_preformatted"');
  expect(written).toContain(
    'mailto:ada@analytical.example?subject=A%20question%20about%20Analytical%20Engines',
  );
  expect(written).toContain('&amp;body=Hi%20Ada');
  const spoken = JSON.stringify(nextStepBlocks(call, leadRow(), standardPlaybook, remembered()));
  expect(spoken).toContain('Hi Ada, Alice from Acme here.');
  expect(spoken).toContain('<tel:+4930901820|+4930901820>');
});

test('all messages are listed, those of the lead’s own cadence first, those of other ranks last', () => {
  const keys = messageOrder('A', standardPlaybook);
  expect(keys.slice(0, 2)).toEqual(['first_call', 'first_mail']);
  expect(keys.at(-1)).toBe('cold_mail');
  expect([...keys].sort()).toEqual(Object.keys(standardPlaybook.messages).sort());
});

test.each(hostileTexts)('Slack accepts what to say to somebody who is called %s', (_what, text) => {
  const lead = leadRow(hostileParts(text));
  const people = Array.from({ length: 150 }, (_, id) =>
    personRow({ id: id + 1, name: text, email: text.slice(0, 254), phone: text }),
  );
  const label = text.slice(0, 60).trim() || '-';
  const messages = Object.fromEntries(
    Array.from({ length: 50 }, (_, index) => [
      `m${index}`,
      { label, subject: '{account} {asked}', text: '{name} '.repeat(180), variants: [] },
    ]),
  );
  const playbook = { ...standardPlaybook, messages: { ...standardPlaybook.messages, ...messages } };
  const memory = { ...remembered('first_mail', 'm3'), signature: text };
  for (const person of [undefined, people[149]]) {
    const view = messagesModal({ lead, people, person, playbook, memory });
    expect(viewProblems(view)).toEqual([]);
    expect(callsIn(view)).toEqual([]);
  }
  for (const step of cadence) {
    const blocks = nextStepBlocks(step, lead, playbook, memory);
    expect(messageProblems({ text: 'Next', blocks })).toEqual([]);
    expect(callsIn({ blocks })).toEqual([]);
  }
});

test('texts without the rep’s name say once where to set it, signed ones say nothing', () => {
  const view = { lead: leadRow(), people: [], playbook: standardPlaybook };
  const hints = (blocks: unknown): number => JSON.stringify(blocks).split('Set your signature').length - 1;
  const unsigned = { used: [], signature: null };
  expect(hints(messagesModal({ ...view, memory: unsigned }).blocks)).toBe(1);
  expect(hints(messagesModal({ ...view, memory: remembered() }).blocks)).toBe(0);
  expect(hints(nextStepBlocks(call, leadRow(), standardPlaybook, unsigned))).toBe(1);
  expect(hints(nextStepBlocks(call, leadRow(), standardPlaybook, remembered()))).toBe(0);
});
