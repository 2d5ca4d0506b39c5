import { expect, test } from 'vitest';
import { correctForm, personAdded, personForm } from '../../src/people/blocks.ts';
import { breadthText, wantsPerson } from '../../src/people/breadth.ts';
import { viewProblems } from '../../src/sandbox/index.ts';
import { callsIn, hostileParts, hostileTexts } from '../support/hostile.ts';
import { leadRow, personRow } from '../support/rows.ts';

test.each(hostileTexts)(
  'Slack accepts the form for a colleague of somebody who is called %s',
  (_what, text) => {
    const lead = leadRow(hostileParts(text));
    const somebody = Array.from({ length: 120 }, (_, index) =>
      personRow({
        name: text,
        title: text,
        email: text,
        phone: text,
        removed_at: index % 2 === 0 ? null : 1,
      }),
    );
    const view = personForm(lead, '{}', { known: 1, tried: 1, aim: 5 }, somebody);
    const edit = correctForm(lead, '{}', personRow({ name: text, email: text, phone: text, title: text }));
    for (const each of [view, edit]) {
      expect(viewProblems(each)).toEqual([]);
      expect(callsIn(each)).toEqual([]);
    }
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
