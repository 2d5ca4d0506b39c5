import type { Migration } from '../migrate.ts';

/** Who was added to a lead can be removed again, and stays in its story. */
export const peopleRemoved: Migration = {
  name: '0007-people-removed',
  sql: `
ALTER TABLE person ADD COLUMN removed_at INTEGER;
`,
};
