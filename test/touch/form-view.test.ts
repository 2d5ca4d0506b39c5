import { expect, test } from 'vitest';
import { viewProblems } from '../../src/sandbox/index.ts';
import { repeatWarning, touchForm, type TouchFormView } from '../../src/touch/form-view.ts';
import { kindGroups, touchKinds } from '../../src/touch/kinds.ts';
import { callsIn, hostileParts, hostileTexts } from '../support/hostile.ts';
import { leadRow, personRow, someTime, standardPlaybook } from '../support/rows.ts';

function form(parts: Partial<TouchFormView> = {}): TouchFormView {
  return {
    memory: { leadId: 7, openedAt: 1_795_000_000, channelId: 'C0LEADS' },
    fields: { kind: '', person: 'lead', message: '-', note: '', at: someTime },
    lead: leadRow(),
    people: [],
    playbook: standardPlaybook,
    used: [],
    zone: 'Europe/Berlin',
    now: someTime,
    ...parts,
  };
}

test.each(hostileTexts)('Slack accepts the form about somebody who is called %s', (_what, text) => {
  const people = Array.from({ length: 150 }, (_, id) =>
    personRow({ id: id + 1, name: text, email: text, phone: text }),
  );
  const messages = Object.fromEntries(
    Array.from({ length: 150 }, (_, index) => [
      `m${index}`,
      { label: text.slice(0, 60).trim() || '-', text: 'Hi', variants: [] },
    ]),
  );
  const view = touchForm(
    form({
      lead: leadRow(hostileParts(text)),
      people,
      playbook: { ...standardPlaybook, messages: { ...standardPlaybook.messages, ...messages } },
      used: ['first_mail', 'm1'].map((message) => ({ message, name: text, at: someTime })),
      fields: { kind: 'met', person: '150', message: 'm1', note: text, at: someTime },
      warning: repeatWarning({ who: 'You', label: text, isCall: false, name: text, on: '3 November' }),
    }),
  );
  expect(viewProblems(view)).toEqual([]);
  expect(callsIn(view)).toEqual([]);
});

test('the form offers every kind of touch once', () => {
  const offered = kindGroups.flatMap(({ kinds }) => kinds);
  expect([...offered].sort()).toEqual(Object.keys(touchKinds).sort());
});

test('whom it was with is asked only where somebody was added', () => {
  expect(JSON.stringify(touchForm(form()))).not.toContain('With whom?');
  expect(JSON.stringify(touchForm(form({ people: [personRow()] })))).toContain('With whom?');
});

test('a message that somebody there knows says who and since when', () => {
  const used = [
    { message: 'first_mail', name: 'Ada', at: someTime },
    { message: 'first_mail', name: 'Bob', at: someTime - 400 * 86_400_000 },
  ];
  expect(JSON.stringify(touchForm(form({ used })))).toContain(
    'Used with Ada on Tue 3 Nov, Bob on Mon 29 Sep 2025',
  );
});

test('the warning names who used it how', () => {
  const told = { label: 'First call', name: 'Ada <!here>', on: '3 November' };
  expect(repeatWarning({ ...told, who: 'You', isCall: true })).toBe(
    'You used “First call” with Ada &lt;!here&gt; on 3 November. Choose another message, or save once more to log it anyway.',
  );
});

test('messages stand under the channel that they are made for, those of the touch’s own first', () => {
  const { blocks } = touchForm(form({ fields: { ...form({}).fields, kind: 'email' } }));
  const text = JSON.stringify(blocks);
  const at = (part: string): number => text.indexOf(part);
  expect(at('"For: Email"')).toBeGreaterThan(at('"My own words"'));
  expect(at('"first_mail"')).toBeGreaterThan(at('"For: Email"'));
  expect(at('"For: Call"')).toBeGreaterThan(at('"first_mail"'));
  expect(at('"first_call"')).toBeGreaterThan(at('"For: Call"'));
});
