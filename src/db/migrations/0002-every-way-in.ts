import type { Migration } from '../migrate.ts';

/**
 * Leads that come by webhook, import and hand, that are held at the gate, or that may be somebody we know. SQLite can't
 * change a CHECK, so `lead` and `outbox` are made anew; `inbox` becomes `arrival`, which knows all ways in.
 */
export const everyWayIn: Migration = {
  name: '0002-every-way-in',
  sql: `
CREATE TABLE lead_new (
  id INTEGER PRIMARY KEY,
  team_id TEXT NOT NULL,
  sales_team_id INTEGER NOT NULL REFERENCES sales_team (id),
  channel_id TEXT NOT NULL,
  way TEXT NOT NULL DEFAULT 'post' CHECK (way IN ('post', 'webhook', 'import', 'hand')),
  origin_channel_id TEXT,
  origin_ts TEXT,
  origin_deleted_at INTEGER,
  added_by TEXT,
  import_id INTEGER,
  state TEXT NOT NULL CHECK (state IN ('held', 'offered', 'owned', 'working', 'resolved')),
  held_reasons TEXT,
  name TEXT,
  name_key TEXT,
  email TEXT,
  email_key TEXT,
  phone TEXT,
  account TEXT,
  account_key TEXT,
  title TEXT,
  source TEXT NOT NULL,
  form TEXT,
  page TEXT,
  campaign TEXT,
  message TEXT,
  details TEXT NOT NULL DEFAULT '[]',
  rank TEXT NOT NULL,
  rank_reason TEXT NOT NULL,
  marketing_persona TEXT,
  sales_persona TEXT,
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
  CHECK ((state = 'held') = (held_reasons IS NOT NULL)),
  CHECK (state IN ('held', 'offered', 'resolved') OR owner_id IS NOT NULL)
) STRICT;
INSERT INTO lead_new (
  id, team_id, sales_team_id, channel_id, origin_channel_id, origin_ts, state, name, email, email_key, phone, account,
  account_key, title, source, message, rank, rank_reason, playbook_version, cadence_epoch, cadence_started_at, owner_id,
  owned_at, attempts, first_touch_at, last_touch_at, last_touch_kind, replied_at, next_attempt_at, nudge_at,
  snoozed_until, resolution, answered, resolution_note, resolved_at, resolved_by, created_at
)
SELECT
  id, team_id, sales_team_id, channel_id, channel_id, origin_ts, state, name, email, email_key, phone, account,
  account_key, title, source, message, rank, rank_reason, playbook_version, cadence_epoch, cadence_started_at, owner_id,
  owned_at, attempts, first_touch_at, last_touch_at, last_touch_kind, replied_at, next_attempt_at, nudge_at,
  snoozed_until, resolution, answered, resolution_note, resolved_at, resolved_by, created_at
FROM lead;
DROP TABLE lead;
ALTER TABLE lead_new RENAME TO lead;
CREATE INDEX lead_nudge ON lead (nudge_at) WHERE nudge_at IS NOT NULL;
CREATE INDEX lead_open ON lead (sales_team_id, owner_id, next_attempt_at, attempts, replied_at, state)
  WHERE state NOT IN ('held', 'resolved');
CREATE INDEX lead_held ON lead (sales_team_id, created_at) WHERE state = 'held';
CREATE INDEX lead_held_import ON lead (import_id, created_at, id) WHERE state = 'held' AND import_id IS NOT NULL;
CREATE INDEX lead_email ON lead (team_id, email_key, id) WHERE email_key IS NOT NULL;
CREATE INDEX lead_phone ON lead (team_id, phone, id) WHERE phone IS NOT NULL;
CREATE INDEX lead_phone_only ON lead (team_id, phone, id) WHERE phone IS NOT NULL AND email_key IS NULL;
CREATE INDEX lead_person ON lead (team_id, name_key, id) WHERE name_key IS NOT NULL;
CREATE INDEX lead_created ON lead (sales_team_id, created_at, source, form, way, rank, resolution, answered);
CREATE INDEX lead_resolved ON lead (sales_team_id, resolved_at, owner_id, resolution, answered, rank)
  WHERE resolved_at IS NOT NULL;

CREATE TABLE arrival (
  team_id TEXT NOT NULL,
  key TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('lead', 'signal', 'probable', 'not_lead', 'failed', 'ignored')),
  lead_id INTEGER REFERENCES lead (id),
  edited_ts TEXT,
  PRIMARY KEY (team_id, key)
) STRICT, WITHOUT ROWID;
INSERT INTO arrival (team_id, key, received_at, outcome, lead_id)
  SELECT team_id, 'post:' || channel_id || ':' || ts, received_at, outcome, lead_id FROM inbox;
DROP TABLE inbox;

CREATE TABLE signal (
  id INTEGER PRIMARY KEY,
  team_id TEXT NOT NULL,
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  way TEXT NOT NULL CHECK (way IN ('post', 'webhook', 'import', 'hand')),
  source TEXT,
  message TEXT,
  origin_channel_id TEXT,
  origin_ts TEXT,
  added_by TEXT,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX signal_lead ON signal (lead_id, at);

CREATE TABLE probable_duplicate (
  id INTEGER PRIMARY KEY,
  team_id TEXT NOT NULL,
  sales_team_id INTEGER NOT NULL REFERENCES sales_team (id),
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  arrivals TEXT NOT NULL,
  email_key TEXT,
  phone TEXT,
  decide_by INTEGER NOT NULL,
  decision TEXT CHECK (decision IN ('same', 'different')),
  decided_by TEXT,
  decided_at INTEGER,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX probable_duplicate_open ON probable_duplicate (decide_by) WHERE decision IS NULL;
CREATE INDEX probable_duplicate_lead ON probable_duplicate (lead_id, email_key, phone);
CREATE INDEX audit_gate ON audit (at, action, lead_id) WHERE action IN ('lead.released', 'lead.turned_down');

CREATE TABLE post_mapping (
  id INTEGER PRIMARY KEY,
  team_id TEXT NOT NULL,
  channel_id TEXT NOT NULL,
  sender TEXT NOT NULL,
  version INTEGER NOT NULL,
  rules TEXT NOT NULL,
  saved_by TEXT NOT NULL,
  saved_at INTEGER NOT NULL,
  UNIQUE (team_id, channel_id, sender, version)
) STRICT;

CREATE TABLE webhook_source (
  id INTEGER PRIMARY KEY,
  team_id TEXT NOT NULL,
  sales_team_id INTEGER NOT NULL REFERENCES sales_team (id),
  slug TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  secret TEXT NOT NULL,
  previous_secret TEXT,
  previous_until INTEGER,
  mapping TEXT,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  rotated_at INTEGER,
  last_received_at INTEGER,
  last_refused_at INTEGER,
  last_refused TEXT,
  removed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX webhook_source_slug ON webhook_source (sales_team_id, slug) WHERE removed_at IS NULL;

CREATE TABLE lead_import (
  id INTEGER PRIMARY KEY,
  team_id TEXT NOT NULL,
  sales_team_id INTEGER NOT NULL REFERENCES sales_team (id),
  user_id TEXT NOT NULL,
  file_name TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  format TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('preview', 'running', 'done', 'failed')),
  rows INTEGER NOT NULL,
  next_row INTEGER NOT NULL,
  added INTEGER NOT NULL,
  held INTEGER NOT NULL,
  known INTEGER NOT NULL,
  repeated INTEGER NOT NULL DEFAULT 0,
  twice INTEGER NOT NULL DEFAULT 0,
  bad INTEGER NOT NULL,
  release_wanted INTEGER NOT NULL DEFAULT 0,
  release_by TEXT,
  turn_down TEXT,
  created_at INTEGER NOT NULL,
  finished_at INTEGER
) STRICT;
CREATE INDEX lead_import_running ON lead_import (id) WHERE state = 'running';
CREATE INDEX lead_import_release ON lead_import (id)
  WHERE release_wanted > 0 OR turn_down IS NOT NULL;
CREATE INDEX lead_import_file ON lead_import (sales_team_id, content_hash);

CREATE TABLE import_file (
  import_id INTEGER PRIMARY KEY REFERENCES lead_import (id),
  team_id TEXT NOT NULL,
  content BLOB NOT NULL
) STRICT;

CREATE TABLE import_bad_row (
  import_id INTEGER NOT NULL REFERENCES lead_import (id),
  row INTEGER NOT NULL,
  team_id TEXT NOT NULL,
  cells TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (import_id, row)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox_new (
  id INTEGER PRIMARY KEY,
  team_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('post', 'update', 'ephemeral', 'respond', 'reply', 'file')),
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
INSERT INTO outbox_new SELECT * FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_new RENAME TO outbox;
CREATE UNIQUE INDEX outbox_dedupe ON outbox (team_id, dedupe_key) WHERE dedupe_key IS NOT NULL;
CREATE INDEX outbox_due ON outbox (lane, id, available_at, state) WHERE state IN ('ready', 'unknown');
CREATE INDEX outbox_lease ON outbox (lease_until) WHERE state = 'sending';
CREATE INDEX outbox_slot ON outbox (team_id, slot) WHERE state IN ('ready', 'sending', 'unknown');
CREATE INDEX outbox_dead ON outbox (lane, slot) WHERE state = 'dead';
`,
};
