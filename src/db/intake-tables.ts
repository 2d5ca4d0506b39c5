import type { Generated } from 'kysely';
import type { ArrivalWay } from './schema.ts';

/** One row for everything that came in, so that what comes again finds what became of the first. */
export interface ArrivalTable {
  team_id: string;
  /** `post:<channel>:<ts>`, `webhook:<source>:<event>`, `import:<team>:<row>`; unique in the workspace. */
  key: string;
  received_at: number;
  outcome: 'lead' | 'signal' | 'probable' | 'not_lead' | 'failed' | 'ignored';
  lead_id: number | null;
  /** Posts only: Slack's `ts` of the newest edit or deletion that was taken in; older ones that come late are dropped. */
  edited_ts: string | null;
}

/** A lead that came in again. */
export interface SignalTable {
  id: Generated<number>;
  team_id: string;
  lead_id: number;
  way: ArrivalWay;
  source: string | null;
  message: string | null;
  origin_channel_id: string | null;
  origin_ts: string | null;
  added_by: string | null;
  at: number;
}

/** What came in and may be somebody we know: no lead before a manager has said which. */
export interface ProbableDuplicateTable {
  id: Generated<number>;
  team_id: string;
  sales_team_id: number;
  /** The lead it may repeat. */
  lead_id: number;
  /** JSON list of what `admit` was given: one, and what came again while it waited. */
  arrivals: string;
  /** Its own address and number, so that the same question is not asked twice. */
  email_key: string | null;
  phone: string | null;
  /** When nobody has decided by then, it becomes a lead of its own. */
  decide_by: number;
  decision: 'same' | 'different' | null;
  decided_by: string | null;
  decided_at: number | null;
  created_at: number;
}

/** How to read one sender's posts in one channel; the highest version counts, the others are its history. */
export interface PostMappingTable {
  id: Generated<number>;
  team_id: string;
  channel_id: string;
  sender: string;
  version: number;
  /** JSON; no rules at all mean: read it as if nobody had taught anything. */
  rules: string;
  saved_by: string;
  saved_at: number;
}

export interface WebhookSourceTable {
  id: Generated<number>;
  team_id: string;
  sales_team_id: number;
  /** The last part of its address. */
  slug: string;
  kind: string;
  name: string;
  /** A hash of a bearer token, or a signing secret encrypted with the key from the environment. */
  secret: string;
  /** Still good until `previous_until`, so that rotating drops no lead. */
  previous_secret: string | null;
  previous_until: number | null;
  /** JSON: our fields to the payload's paths. */
  mapping: string | null;
  created_by: string;
  created_at: number;
  rotated_at: number | null;
  last_received_at: number | null;
  /** When a request was last refused, and the sentence that its sender got. */
  last_refused_at: number | null;
  last_refused: string | null;
  removed_at: number | null;
}

export interface LeadImportTable {
  id: Generated<number>;
  team_id: string;
  sales_team_id: number;
  user_id: string;
  file_name: string;
  content_hash: string;
  /** JSON: encoding, delimiter, headings and which column is which field. */
  format: string;
  state: 'preview' | 'running' | 'done' | 'failed';
  rows: number;
  /** Where to go on, after a restart too. */
  next_row: number;
  added: number;
  held: number;
  known: number;
  /** Rows that came in with a file before. */
  repeated: Generated<number>;
  /** Rows of somebody who came in with this file already. */
  twice: Generated<number>;
  bad: number;
  /** How many of its held leads somebody has released that are not on their way yet. */
  release_wanted: Generated<number>;
  /** Who released them. */
  release_by: string | null;
  /** How somebody has turned down its rest, as JSON, until all of them are closed. */
  turn_down: string | null;
  created_at: number;
  finished_at: number | null;
}

/** In a table of its own: SQLite reads and writes a row as a whole, and the figures change with every batch. */
export interface ImportFileTable {
  import_id: number;
  team_id: string;
  /** The file that was put in until every row was read; then the CSV of the rows that go back, if there are any. */
  content: Buffer;
}

export interface ImportBadRowTable {
  import_id: number;
  row: number;
  team_id: string;
  /** JSON list of the row's cells. */
  cells: string;
  reason: string;
}
