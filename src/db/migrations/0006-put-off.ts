import type { Migration } from '../migrate.ts';

/** What is put off is not late: whoever counts late leads reads the snooze from the index of open leads, too. */
export const putOff: Migration = {
  name: '0006-put-off',
  sql: `
DROP INDEX lead_open;
CREATE INDEX lead_open ON lead (sales_team_id, owner_id, next_attempt_at, attempts, replied_at, step_due_at, state,
  ignored_at, snoozed_until)
  WHERE state NOT IN ('held', 'resolved');
`,
};
