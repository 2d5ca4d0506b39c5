import type { Migration } from '../migrate.ts';

/** The tables of the main job: teams, leads, touches, flags, audit, outbox. */
export const mainJob: Migration = {
  name: '0001-main-job',
  sql: `
CREATE TABLE playbook_version (
  team_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  hash TEXT NOT NULL,
  body TEXT NOT NULL,
  loaded_at INTEGER NOT NULL,
  PRIMARY KEY (team_id, version),
  UNIQUE (team_id, hash)
) STRICT;

CREATE TABLE sales_team (
  id INTEGER PRIMARY KEY,
  team_id TEXT NOT NULL,
  name TEXT NOT NULL,
  mode TEXT NOT NULL CHECK (mode IN ('claim', 'round_robin')),
  zone TEXT NOT NULL,
  working_days TEXT NOT NULL,
  day_start TEXT NOT NULL,
  day_end TEXT NOT NULL,
  marketing_channel_id TEXT NOT NULL,
  last_assigned_id TEXT,
  next_digest_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sales_team_digest ON sales_team (next_digest_at);

CREATE TABLE lead_channel (
  team_id TEXT NOT NULL,
  channel_id TEXT NOT NULL,
  sales_team_id INTEGER NOT NULL REFERENCES sales_team (id),
  PRIMARY KEY (team_id, channel_id)
) STRICT;

CREATE TABLE member (
  team_id TEXT NOT NULL,
  sales_team_id INTEGER NOT NULL REFERENCES sales_team (id),
  user_id TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('rep', 'manager')),
  position INTEGER NOT NULL,
  PRIMARY KEY (sales_team_id, role, user_id)
) STRICT;
CREATE INDEX member_user ON member (team_id, user_id);
CREATE INDEX member_roster ON member (sales_team_id, position, role, user_id);

CREATE TABLE lead (
  id INTEGER PRIMARY KEY,
  team_id TEXT NOT NULL,
  sales_team_id INTEGER NOT NULL REFERENCES sales_team (id),
  channel_id TEXT NOT NULL,
  origin_ts TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('offered', 'owned', 'working', 'resolved')),
  name TEXT,
  email TEXT,
  email_key TEXT,
  phone TEXT,
  account TEXT,
  account_key TEXT,
  title TEXT,
  source TEXT NOT NULL,
  message TEXT,
  rank TEXT NOT NULL,
  rank_reason TEXT NOT NULL,
  playbook_version INTEGER NOT NULL,
  cadence_epoch INTEGER NOT NULL,
  cadence_started_at INTEGER NOT NULL,
  owner_id TEXT,
  owned_at INTEGER,
  attempts INTEGER NOT NULL,
  first_touch_at INTEGER,
  last_touch_at INTEGER,
  last_touch_kind TEXT,
  replied_at INTEGER,
  next_attempt_at INTEGER,
  nudge_at INTEGER,
  snoozed_until INTEGER,
  resolution TEXT CHECK (resolution IN ('qualified', 'nurture', 'disqualified', 'rejected', 'unresponsive')),
  answered INTEGER,
  resolution_note TEXT,
  resolved_at INTEGER,
  resolved_by TEXT,
  created_at INTEGER NOT NULL,
  CHECK ((state = 'resolved') = (resolution IS NOT NULL)),
  CHECK (state IN ('offered', 'resolved') OR owner_id IS NOT NULL)
) STRICT;
CREATE INDEX lead_nudge ON lead (nudge_at) WHERE nudge_at IS NOT NULL;
CREATE INDEX lead_open ON lead (sales_team_id, owner_id, next_attempt_at, attempts, replied_at, state)
  WHERE state <> 'resolved';
CREATE INDEX lead_email ON lead (team_id, email_key, id) WHERE email_key IS NOT NULL;
CREATE INDEX lead_phone ON lead (team_id, phone, id) WHERE phone IS NOT NULL;
CREATE INDEX lead_created ON lead (sales_team_id, created_at, source, rank, resolution, answered);
CREATE INDEX lead_resolved ON lead (sales_team_id, resolved_at, owner_id, resolution, answered, rank)
  WHERE resolved_at IS NOT NULL;

CREATE TABLE inbox (
  team_id TEXT NOT NULL,
  channel_id TEXT NOT NULL,
  ts TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('lead', 'signal', 'not_lead', 'failed')),
  lead_id INTEGER REFERENCES lead (id),
  PRIMARY KEY (team_id, channel_id, ts)
) STRICT;
CREATE INDEX inbox_lead ON inbox (lead_id) WHERE lead_id IS NOT NULL;

CREATE TABLE assignment (
  id INTEGER PRIMARY KEY,
  team_id TEXT NOT NULL,
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  user_id TEXT NOT NULL,
  how TEXT NOT NULL CHECK (how IN ('claim', 'round_robin')),
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX assignment_lead ON assignment (lead_id, at);

CREATE TABLE touch (
  id INTEGER PRIMARY KEY,
  team_id TEXT NOT NULL,
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  user_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('no_answer', 'voicemail', 'email', 'linkedin', 'replied')),
  cadence_epoch INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  note TEXT,
  at INTEGER NOT NULL,
  undone_at INTEGER
) STRICT;
CREATE INDEX touch_lead ON touch (lead_id, at);

CREATE TABLE flag (
  id INTEGER PRIMARY KEY,
  team_id TEXT NOT NULL,
  sales_team_id INTEGER NOT NULL REFERENCES sales_team (id),
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  user_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  reason_label TEXT NOT NULL,
  source TEXT NOT NULL,
  rank TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  at INTEGER NOT NULL,
  undone_at INTEGER
) STRICT;
CREATE UNIQUE INDEX flag_once ON flag (lead_id, user_id, reason) WHERE undone_at IS NULL;
CREATE INDEX flag_week ON flag (sales_team_id, at, source, reason_label) WHERE undone_at IS NULL;

CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  team_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  lead_id INTEGER,
  detail TEXT NOT NULL
) STRICT;
CREATE INDEX audit_lead ON audit (lead_id, at) WHERE lead_id IS NOT NULL;

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  team_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('post', 'update', 'ephemeral', 'respond', 'reply')),
  state TEXT NOT NULL DEFAULT 'ready'
    CHECK (state IN ('ready', 'sending', 'unknown', 'sent', 'cancelled', 'dead')),
  lane TEXT NOT NULL,
  dedupe_key TEXT,
  channel_id TEXT,
  user_id TEXT,
  slot TEXT,
  thread_slot TEXT,
  thread_ts TEXT,
  response_url TEXT,
  message TEXT NOT NULL,
  available_at INTEGER NOT NULL,
  lease_until INTEGER,
  fence INTEGER NOT NULL DEFAULT 0,
  tries INTEGER NOT NULL DEFAULT 0,
  looks INTEGER NOT NULL DEFAULT 0,
  last_error TEXT,
  created_at INTEGER NOT NULL,
  settled_at INTEGER
) STRICT;
CREATE UNIQUE INDEX outbox_dedupe ON outbox (team_id, dedupe_key) WHERE dedupe_key IS NOT NULL;
CREATE INDEX outbox_due ON outbox (lane, id, available_at, state) WHERE state IN ('ready', 'unknown');
CREATE INDEX outbox_lease ON outbox (lease_until) WHERE state = 'sending';
CREATE INDEX outbox_slot ON outbox (team_id, slot) WHERE state IN ('ready', 'sending', 'unknown');
CREATE INDEX outbox_dead ON outbox (lane, slot) WHERE state = 'dead';

CREATE TABLE slack_message (
  team_id TEXT NOT NULL,
  slot TEXT NOT NULL,
  channel_id TEXT NOT NULL,
  ts TEXT NOT NULL,
  PRIMARY KEY (team_id, slot)
) STRICT;
CREATE INDEX slack_message_ts ON slack_message (team_id, channel_id, ts);

CREATE TABLE direct_channel (
  team_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  channel_id TEXT NOT NULL,
  PRIMARY KEY (team_id, user_id)
) STRICT;
`,
};
