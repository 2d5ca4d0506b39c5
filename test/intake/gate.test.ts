import { expect, test } from 'vitest';
import { gateReasons, requirable } from '../../src/intake/gate.ts';
import { draftOf } from '../../src/intake/draft.ts';

type Rules = Parameters<typeof gateReasons>[2];

function rules(parts: object): Rules {
  return {
    ranks: {
      B: {
        label: 'From a page',
        requires: [],
        qualifyFirst: false,
        ladder: { unclaimed: {}, untouched: {} },
        cadence: [],
        ...parts,
      },
    },
  };
}

test.each(Object.keys(requirable))('a rank that requires the %s says so in a sentence', (field) => {
  const [reason, ...others] = gateReasons(draftOf({}), 'B', rules({ requires: [field] }));
  expect(others).toEqual([]);
  expect(reason).toMatch(/^[A-Z].* (is|are) missing\.$/);
});

test('a rank that the playbook no longer has holds nobody', () => {
  expect(gateReasons(draftOf({}), 'Z', rules({ requires: ['phone'] }))).toEqual([]);
});
