import type { Migration } from '../migrate.ts';

/**
 * Who gets a lead: modes by rank, reps with weights, capacity, hours and tags, absences, the ladder of an unclaimed or
 * untouched lead, and why each decision was made. `sales_team` and `assignment` are made anew for their CHECKs.
 */
export const routing: Migration = {
  name: '0003-routing',
  sql: `
CREATE TABLE sales_team_new (
  id INTEGER PRIMARY KEY,
  team_id TEXT NOT NULL,
  name TEXT NOT NULL,
  mode TEXT NOT NULL CHECK (mode IN ('claim', 'round_robin', 'least_loaded')),
  rank_modes TEXT NOT NULL DEFAULT '{}',
  same_account_first INTEGER NOT NULL DEFAULT 1,
  blind_claim INTEGER NOT NULL DEFAULT 0,
  region TEXT,
  zone TEXT NOT NULL,
  working_days TEXT NOT NULL,
  day_start TEXT NOT NULL,
  day_end TEXT NOT NULL,
  marketing_channel_id TEXT NOT NULL,
  next_digest_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
INSERT INTO sales_team_new (id, team_id, name, mode, zone, working_days, day_start, day_end, marketing_channel_id,
  next_digest_at, created_at, updated_at)
SELECT id, team_id, name, mode, zone, working_days, day_start, day_end, marketing_channel_id, next_digest_at,
  created_at, updated_at FROM sales_team;

CREATE TABLE rep (
  sales_team_id INTEGER NOT NULL REFERENCES sales_team (id),
  user_id TEXT NOT NULL,
  team_id TEXT NOT NULL,
  weight INTEGER NOT NULL DEFAULT 1,
  most_open INTEGER,
  most_new_a_day INTEGER,
  tags TEXT NOT NULL DEFAULT '[]',
  zone TEXT,
  working_days TEXT,
  day_start TEXT,
  day_end TEXT,
  region TEXT,
  owed REAL NOT NULL DEFAULT 0,
  served_at INTEGER,
  PRIMARY KEY (sales_team_id, user_id)
) STRICT, WITHOUT ROWID;
INSERT INTO rep (sales_team_id, user_id, team_id, owed)
SELECT id, last_assigned_id, team_id, -1 FROM sales_team WHERE last_assigned_id IS NOT NULL;

DROP TABLE sales_team;
ALTER TABLE sales_team_new RENAME TO sales_team;
CREATE INDEX sales_team_digest ON sales_team (next_digest_at);

CREATE TABLE absence (
  id INTEGER PRIMARY KEY,
  team_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  why TEXT NOT NULL CHECK (why IN ('away', 'status', 'deactivated')),
  from_at INTEGER NOT NULL,
  until_at INTEGER,
  set_by TEXT NOT NULL,
  ended_at INTEGER
) STRICT;
CREATE INDEX absence_present ON absence (team_id, user_id) WHERE ended_at IS NULL;

CREATE TABLE assignment_new (
  id INTEGER PRIMARY KEY,
  team_id TEXT NOT NULL,
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  user_id TEXT NOT NULL,
  how TEXT NOT NULL CHECK (how IN
    ('claim', 'round_robin', 'least_loaded', 'same_account', 'ladder', 'manager', 'swap')),
  by_user_id TEXT,
  from_user_id TEXT,
  reason TEXT,
  at INTEGER NOT NULL
) STRICT;
INSERT INTO assignment_new (id, team_id, lead_id, user_id, how, at)
  SELECT id, team_id, lead_id, user_id, how, at FROM assignment;
DROP TABLE assignment;
ALTER TABLE assignment_new RENAME TO assignment;
CREATE INDEX assignment_lead ON assignment (lead_id, at);
CREATE INDEX assignment_user ON assignment (team_id, user_id, at);

CREATE TABLE routing_decision (
  id INTEGER PRIMARY KEY,
  team_id TEXT NOT NULL,
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  at INTEGER NOT NULL,
  steps TEXT NOT NULL
) STRICT;
CREATE INDEX routing_decision_lead ON routing_decision (lead_id, at);

ALTER TABLE lead ADD COLUMN country TEXT;
ALTER TABLE lead ADD COLUMN language TEXT;
ALTER TABLE lead ADD COLUMN account_size INTEGER;
ALTER TABLE lead ADD COLUMN waits_for TEXT;
ALTER TABLE lead ADD COLUMN ladder_step INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lead ADD COLUMN ladder_from INTEGER;
ALTER TABLE lead ADD COLUMN ladder_at INTEGER;
CREATE INDEX lead_ladder ON lead (ladder_at) WHERE ladder_at IS NOT NULL;
CREATE INDEX lead_waits ON lead (sales_team_id, created_at) WHERE waits_for IS NOT NULL;
CREATE INDEX lead_account ON lead (sales_team_id, account_key, id) WHERE account_key IS NOT NULL;
`,
};
