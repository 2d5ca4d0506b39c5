import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerText } from '../../src/template/answer-text.ts';
import { mailtoLink } from '../../src/template/links.ts';
import { hostileTexts } from '../support/hostile.ts';
import { leadRow, standardPlaybook } from '../support/rows.ts';

const answer = { id: 'no', label: 'No', text: 'Hi {name} of {account}; {other}' };

test('the words name the person and the company, or plain words where these are not known', () => {
  expect(answerText(answer, { name: 'Ada Lovelace', account: 'Analytical Engines' }, null)).toBe(
    'Hi Ada of Analytical Engines; {other}',
  );
  expect(answerText(answer, { name: null, account: ' ' }, null)).toBe('Hi there of your company; {other}');
  expect(answerText({ id: 'spam', label: 'Spam' }, { name: 'Ada', account: null }, null)).toBeUndefined();
});

test('a name that looks like a placeholder is not filled in again', () => {
  expect(answerText(answer, { name: '{account}', account: '$& {name}' }, null)).toBe(
    'Hi {account} of $& {name}; {other}',
  );
});

test('the mail opens with exactly these words, whatever they are, and fits into a message', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
      const { url, hasText } = mailtoLink('ada@analytical.example', text);
      expect(url).toMatch(/^mailto:ada@analytical\.example\?subject=[\w%.-]+(&body=[\w%.-]*)?$/);
      expect(url.length).toBeLessThanOrEqual(2800);
      if (hasText) {
        const body = decodeURIComponent(/&body=(.*)$/.exec(url)?.[1] ?? '');
        expect(body.replaceAll('\r\n', '\n')).toBe(text.toWellFormed().replaceAll('\r\n', '\n'));
      }
    }),
  );
});

test.each(hostileTexts)('a mail address that says %s ends no link early', (_what, text) => {
  expect(mailtoLink(text.slice(0, 254), 'Hi').url).toMatch(
    /^mailto:[\w%.@-]*\?subject=A%20short%20note(&body=Hi)?$/,
  );
});

test('each polite no of the playbook is short, greets, thanks nobody from a list for writing, and names no source of ours', () => {
  const lead = { name: 'Ada Lovelace', account: 'Analytical Engines' };
  const texts = standardPlaybook.answers.flatMap((entry) => answerText(entry, lead, 'Alice from Acme') ?? []);
  expect(texts.length).toBeGreaterThan(3);
  for (const text of texts) {
    expect(text).toMatch(/^Hi Ada,\n\n[A-Z].*\n\nBest regards,\nAlice from Acme$/s);
    expect(text.length).toBeLessThan(500);
    expect(text).not.toMatch(/[{}]|\blists?\b|purchased|source|thank|enquiry|your name/i);
    expect(mailtoLink('ada@analytical.example', text).hasText).toBe(true);
  }
  const silent = standardPlaybook.answers.filter((entry) => entry.text === undefined);
  expect(silent.map((entry) => entry.id)).toEqual(['spam', 'test', 'duplicate']);
});

test('every mail and every polite no of the playbook ends with the rep’s name, or with the place for it', () => {
  const lead = leadRow({ email: 'ada@analytical.example' });
  const mails = Object.entries(standardPlaybook.messages).filter(([, { subject }]) => subject !== undefined);
  expect(mails.length).toBeGreaterThan(3);
  for (const [, { text, variants }] of mails)
    for (const each of [text, ...variants.map((variant) => variant.text)])
      expect(each).toMatch(/\n\nBest regards,\n\{rep\}$/);
  const [entry] = standardPlaybook.answers;
  expect(entry && answerText(entry, lead, null)).toMatch(/\nBest regards,\n\(your name\)$/);
});
