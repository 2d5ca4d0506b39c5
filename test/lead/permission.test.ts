import { expect, test } from 'vitest';
import { refuseUnlessWorkable } from '../../src/lead/permission.ts';
import { leadRow, someTeam } from '../support/rows.ts';

test('nobody works a lead that is held, managers neither', () => {
  const team = someTeam({ reps: ['U0ALICE'], managers: ['U0MONA'] });
  for (const userId of ['U0ALICE', 'U0MONA'])
    expect(() => refuseUnlessWorkable(leadRow({ state: 'held', owner_id: null }), team, userId, 0)).toThrow(
      'marketing looks at this lead first',
    );
});
