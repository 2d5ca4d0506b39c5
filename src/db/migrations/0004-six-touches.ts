import type { Migration } from '../migrate.ts';

/**
 * Touches with a person, a message and a day of their own; other people at the account; where each nudge was shown; what
 * a rep prefers; deputies; the next step after a reply; the day a nurtured lead comes back. `touch` is made anew for its
 * CHECK.
 */
export const sixTouches: Migration = {
  name: '0004-six-touches',
  sql: `
CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  team_id TEXT NOT NULL,
  sales_team_id INTEGER NOT NULL REFERENCES sales_team (id),
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  name TEXT,
  name_key TEXT,
  email TEXT,
  email_key TEXT,
  phone TEXT,
  title TEXT,
  added_by TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX person_lead ON person (lead_id, id);
CREATE INDEX person_email ON person (team_id, email_key) WHERE email_key IS NOT NULL;

CREATE TABLE touch_new (
  id INTEGER PRIMARY KEY,
  team_id TEXT NOT NULL,
  sales_team_id INTEGER NOT NULL REFERENCES sales_team (id),
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  person_id INTEGER REFERENCES person (id),
  user_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN
    ('no_answer', 'voicemail', 'spoke', 'email', 'linkedin', 'text', 'met', 'replied')),
  message TEXT,
  cadence_epoch INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  note TEXT,
  at INTEGER NOT NULL,
  logged_at INTEGER NOT NULL,
  undone_at INTEGER
) STRICT;
INSERT INTO touch_new (id, team_id, sales_team_id, lead_id, user_id, kind, cadence_epoch, attempt, note, at, logged_at,
  undone_at)
SELECT touch.id, touch.team_id, lead.sales_team_id, lead_id, user_id, kind, touch.cadence_epoch, attempt, note, at, at,
  undone_at FROM touch JOIN lead ON lead.id = touch.lead_id;
DROP TABLE touch;
ALTER TABLE touch_new RENAME TO touch;
CREATE INDEX touch_lead ON touch (lead_id, at);
CREATE INDEX touch_person ON touch (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX touch_answer ON touch (sales_team_id, at, user_id, lead_id, cadence_epoch, attempt)
  WHERE kind IN ('spoke', 'met', 'replied') AND undone_at IS NULL;

CREATE TABLE nudge (
  id INTEGER PRIMARY KEY,
  team_id TEXT NOT NULL,
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  user_id TEXT NOT NULL,
  about TEXT NOT NULL,
  slot TEXT NOT NULL,
  due TEXT,
  at INTEGER NOT NULL,
  again_at INTEGER
) STRICT;
CREATE UNIQUE INDEX nudge_lead ON nudge (lead_id, about, slot);
CREATE INDEX nudge_slot ON nudge (slot, team_id);
CREATE INDEX nudge_again ON nudge (again_at) WHERE again_at IS NOT NULL;
INSERT INTO nudge (team_id, lead_id, user_id, about, slot, at)
SELECT slack_message.team_id, lead.id, coalesce(lead.owner_id, ''), slot, slot, lead.created_at FROM slack_message
JOIN lead ON lead.id = CAST(substr(slot, 7) AS INTEGER) WHERE slot GLOB 'nudge:[0-9]*';

CREATE TABLE preference (
  team_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  nudge_in TEXT NOT NULL DEFAULT 'thread' CHECK (nudge_in IN ('thread', 'direct')),
  quiet_from TEXT,
  quiet_to TEXT,
  brief INTEGER NOT NULL DEFAULT 1,
  brief_time TEXT,
  next_brief_at INTEGER,
  signature TEXT,
  PRIMARY KEY (team_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX preference_brief ON preference (next_brief_at) WHERE next_brief_at IS NOT NULL;

ALTER TABLE absence ADD COLUMN deputy_id TEXT;
ALTER TABLE absence ADD COLUMN said TEXT;
ALTER TABLE sales_team ADD COLUMN reschedule_after INTEGER;
ALTER TABLE sales_team ADD COLUMN scheduled_with TEXT;
ALTER TABLE lead ADD COLUMN next_step TEXT;
ALTER TABLE lead ADD COLUMN next_step_at INTEGER;
ALTER TABLE lead ADD COLUMN next_step_set_at INTEGER;
ALTER TABLE lead ADD COLUMN step_due_at INTEGER;
ALTER TABLE lead ADD COLUMN return_at INTEGER;
ALTER TABLE lead ADD COLUMN obstacle TEXT;
ALTER TABLE lead ADD COLUMN resolution_reason TEXT;
ALTER TABLE lead ADD COLUMN answer TEXT;
ALTER TABLE lead ADD COLUMN needs_answer INTEGER;
ALTER TABLE lead ADD COLUMN ignored_at INTEGER;
CREATE TABLE ladder_news (
  id INTEGER PRIMARY KEY,
  team_id TEXT NOT NULL,
  sales_team_id INTEGER NOT NULL REFERENCES sales_team (id),
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  ladder_from INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('reminder', 'unclaimed', 'untouched')),
  slot TEXT NOT NULL,
  is_open INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX ladder_news_lead ON ladder_news (lead_id);
CREATE INDEX ladder_news_slot ON ladder_news (team_id, slot);
UPDATE lead SET answer = said.reason, needs_answer = said.needs
FROM (SELECT lead_id, at, detail ->> 'reason' AS reason, detail ->> 'needsAnswer' AS needs FROM audit
  WHERE action = 'lead.turned_down') AS said
WHERE said.lead_id = lead.id AND said.at = lead.resolved_at;
ALTER TABLE lead ADD COLUMN redraw_at INTEGER;
CREATE INDEX lead_redraw ON lead (redraw_at) WHERE redraw_at IS NOT NULL;
DROP INDEX lead_open;
CREATE INDEX lead_open ON lead (sales_team_id, owner_id, next_attempt_at, attempts, replied_at, step_due_at, state,
  ignored_at)
  WHERE state NOT IN ('held', 'resolved');
CREATE INDEX lead_return ON lead (return_at) WHERE return_at IS NOT NULL;
`,
};
