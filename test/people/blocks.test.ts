import { expect, test } from 'vitest';
import { personAdded, personForm } from '../../src/people/blocks.ts';
import { breadthText, wantsPerson } from '../../src/people/breadth.ts';
import { viewProblems } from '../../src/sandbox/index.ts';
import { callsIn, hostileParts, hostileTexts } from '../support/hostile.ts';
import { leadRow, personRow } from '../support/rows.ts';

test.each(hostileTexts)(
  'Slack accepts the form for a colleague of somebody who is called %s',
  (_what, text) => {
    const lead = leadRow(hostileParts(text));
    const view = personForm(lead, '{}', { known: 1, tried: 1, aim: 5 });
    expect(viewProblems(view)).toEqual([]);
    expect(callsIn(view)).toEqual([]);
    const said = personAdded(personRow({ name: text }), lead, undefined);
    expect(callsIn({ text: said })).toEqual([]);
  },
);

test.each([
  [{ known: 1, tried: 1, aim: 5 }, '1 of 5 people tried at Analytical Engines', true],
  [{ known: 5, tried: 2, aim: 5 }, '2 of 5 people tried at Analytical Engines', false],
  [{ known: 9, tried: 7, aim: 5 }, '7 of 7 people tried at Analytical Engines', false],
])('%o reads as a sentence, and asks for the next person where too few are known', (breadth, text, wants) => {
  expect(breadthText(breadth, leadRow())).toBe(text);
  expect(wantsPerson(breadth)).toBe(wants);
});
