import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parsePlaybook } from '../../src/playbook/parse.ts';

const good = readFileSync('data/playbook.yml', 'utf8');

function mistakeIn(from: string | RegExp, to: string): string {
  const changed = good.replace(from, to);
  expect(changed).not.toBe(good);
  try {
    parsePlaybook(changed, 'playbook.yml');
  } catch (error) {
    return String(error);
  }
  return '';
}

test('an answer that names a source of ours is a mistake with its place', () => {
  expect(mistakeIn('does not include {account}', 'does not include {source}')).toMatch(
    /playbook\.yml, line \d+: answers\.3\.text may only use the placeholders \{name\}, \{account\}/,
  );
});

test('two answers with one id are a mistake with its place', () => {
  expect(mistakeIn('{ id: test, label: Test }', '{ id: spam, label: Test }')).toMatch(
    /line \d+: answers\.7\.id spam stands here twice/,
  );
});

test('a playbook of before, without answers, still has a polite no and one that needs none', () => {
  const before = good.replace(/^answers:\n(?: .*\n|\n)+/m, '').replace(/,? +answer: \w+/g, '');
  const { answers } = parsePlaybook(before, 'playbook.yml');
  expect(answers.map((answer) => answer.id)).toEqual(['no_fit', 'nobody']);
  expect(answers.map((answer) => answer.text === undefined)).toEqual([false, true]);
});
