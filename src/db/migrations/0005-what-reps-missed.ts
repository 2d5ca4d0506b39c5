import type { Migration } from '../migrate.ts';

/**
 * The rows that somebody's App Home shows, in their order; next steps that are for a day and no time of it; when the lead
 * came into its present cadence, whoever had it then.
 */
export const whatRepsMissed: Migration = {
  name: '0005-what-reps-missed',
  sql: `
CREATE TABLE home_list (
  team_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  lead_ids TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  PRIMARY KEY (team_id, user_id)
) STRICT, WITHOUT ROWID;
ALTER TABLE lead ADD COLUMN next_step_all_day INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lead ADD COLUMN cadence_arrived_at INTEGER;
`,
};
