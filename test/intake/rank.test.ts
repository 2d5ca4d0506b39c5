import { expect, test } from 'vitest';
import { rankOf } from '../../src/intake/rank.ts';
import { standardPlaybook } from '../support/rows.ts';

test.each([
  ['HubSpot: Demo request', 'A'],
  ['Kontaktformular', 'A'],
  ['Free TRIAL', 'A'],
  ['https://www.ours.example/pricing', 'B'],
  ['Webinar in May', 'B'],
  ['October newsletter', 'C'],
  ['Whitepaper', 'C'],
  ['Badge scan', 'D'],
])('"%s" has rank %s', (source, rank) => {
  expect(rankOf(source, standardPlaybook).rank).toBe(rank);
});

test('the first rule that fits decides', () => {
  expect(rankOf('Demo from the newsletter', standardPlaybook)).toEqual({
    rank: 'A',
    reason: 'asked for a demo',
  });
});

test('a source that no rule knows gets the playbook’s "otherwise"', () => {
  expect(rankOf('???', standardPlaybook)).toEqual(standardPlaybook.otherwise);
});
