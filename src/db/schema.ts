import type { ColumnType, Generated, Insertable, Kysely, Selectable, Updateable } from 'kysely';
import type {
  ArrivalTable,
  SignalTable,
  ProbableDuplicateTable,
  PostMappingTable,
  WebhookSourceTable,
  LeadImportTable,
  ImportFileTable,
  ImportBadRowTable,
} from './intake-tables.ts';
import type {
  RepTable,
  AbsenceTable,
  AssignmentTable,
  LadderNewsTable,
  RoutingDecisionTable,
} from './routing-tables.ts';
import type {
  HomeListTable,
  NudgeTable,
  PersonTable,
  PreferenceTable,
  TouchKind,
  TouchTable,
} from './touch-tables.ts';

export type * from './intake-tables.ts';
export type * from './routing-tables.ts';
export type * from './touch-tables.ts';

/**
 * The tables, as Kysely sees them. `team_id` is the Slack workspace, in every table; a sales team inside it is
 * `sales_team_id`. All times are UTC milliseconds, all lists and objects JSON text.
 */
export interface Database {
  playbook_version: PlaybookVersionTable;
  sales_team: SalesTeamTable;
  lead_channel: LeadChannelTable;
  member: MemberTable;
  lead: LeadTable;
  arrival: ArrivalTable;
  signal: SignalTable;
  probable_duplicate: ProbableDuplicateTable;
  post_mapping: PostMappingTable;
  webhook_source: WebhookSourceTable;
  lead_import: LeadImportTable;
  import_file: ImportFileTable;
  import_bad_row: ImportBadRowTable;
  assignment: AssignmentTable;
  rep: RepTable;
  absence: AbsenceTable;
  routing_decision: RoutingDecisionTable;
  ladder_news: LadderNewsTable;
  touch: TouchTable;
  person: PersonTable;
  nudge: NudgeTable;
  preference: PreferenceTable;
  home_list: HomeListTable;
  flag: FlagTable;
  audit: AuditTable;
  outbox: OutboxTable;
  slack_message: SlackMessageTable;
  direct_channel: DirectChannelTable;
}

/** The database or one open transaction: every store function takes this first. */
export type Db = Kysely<Database>;

export interface PlaybookVersionTable {
  team_id: string;
  version: number;
  hash: string;
  body: string;
  loaded_at: number;
}

export type RoutingMode = 'claim' | 'round_robin' | 'least_loaded';

export interface SalesTeamTable {
  id: Generated<number>;
  team_id: string;
  name: string;
  mode: RoutingMode;
  /** JSON: ranks with a mode of their own, `{ "A": "round_robin" }`. */
  rank_modes: Generated<string>;
  same_account_first: Generated<number>;
  /** Whether a card on offer keeps name and account to itself. */
  blind_claim: Generated<number>;
  /** Whose public holidays the team keeps: `DE`, `DE-BY`; null for the playbook's alone. */
  region: string | null;
  zone: string;
  /** JSON list of ISO weekdays, Monday is 1. */
  working_days: string;
  /** `HH:MM`, in `zone`. */
  day_start: string;
  day_end: string;
  marketing_channel_id: string;
  next_digest_at: number;
  /** Which hours and holidays the leads' due dates were counted with; with others they are counted anew. */
  scheduled_with: string | null;
  /** That has to be done for the open leads after this id; null when it is done. */
  reschedule_after: number | null;
  created_at: number;
  updated_at: number;
}

export interface LeadChannelTable {
  team_id: string;
  channel_id: string;
  sales_team_id: number;
}

export type Role = 'rep' | 'manager';

export interface MemberTable {
  team_id: string;
  sales_team_id: number;
  user_id: string;
  role: Role;
  /** The order of the roster, which is round robin's order. */
  position: number;
}

/** `product.md`, "The life of a lead"; one that has arrived is held or offered at once. */
export type LeadState = 'held' | 'offered' | 'owned' | 'working' | 'resolved';
/** How it came: posted in a channel, by a webhook, with a file, or typed into our form. */
export type ArrivalWay = 'post' | 'webhook' | 'import' | 'hand';
export type Resolution = 'qualified' | 'nurture' | 'disqualified' | 'rejected' | 'unresponsive';

export interface LeadTable {
  id: Generated<number>;
  team_id: string;
  sales_team_id: number;
  /** Where its card is. */
  channel_id: string;
  way: Generated<ArrivalWay>;
  /** The post the lead was read from, if it was one. */
  origin_channel_id: string | null;
  origin_ts: string | null;
  /** When that post was deleted in Slack. */
  origin_deleted_at: number | null;
  /** Who typed or imported it. */
  added_by: string | null;
  import_id: number | null;
  state: LeadState;
  /** JSON list of sentences, while it is held. */
  held_reasons: string | null;
  name: string | null;
  /** The name as identity: without case, accents and titles. */
  name_key: string | null;
  email: string | null;
  /** The mail address as identity: plus-tags and provider dots removed. */
  email_key: string | null;
  phone: string | null;
  account: string | null;
  account_key: string | null;
  title: string | null;
  source: string;
  form: string | null;
  page: string | null;
  campaign: string | null;
  message: string | null;
  /** JSON list of `{ label, value }`: what else was answered. */
  details: Generated<string>;
  rank: string;
  rank_reason: string;
  /** Whom the campaign addressed, and whom the rep sells to: labels of the playbook's. */
  marketing_persona: string | null;
  sales_persona: string | null;
  /** The playbook the lead started with, and keeps. */
  playbook_version: number;
  /** Counts cadences: reopening starts a new one, and old nudges no longer fit. */
  cadence_epoch: number;
  cadence_started_at: number;
  /** When the lead came (back) with this cadence, before anybody had it; null in the first one (`created_at`). */
  cadence_arrived_at: number | null;
  owner_id: string | null;
  owned_at: number | null;
  attempts: number;
  first_touch_at: number | null;
  last_touch_at: number | null;
  last_touch_kind: TouchKind | null;
  replied_at: number | null;
  /** When the next attempt (or the answer to a reply) is due; null when nothing is. */
  next_attempt_at: number | null;
  /** When the tick has to nudge; null when no nudge is wanted or the one for this attempt is out. */
  nudge_at: number | null;
  snoozed_until: number | null;
  resolution: Resolution | null;
  /** Whether the prospect got an answer; null while the lead is open. */
  answered: number | null;
  resolution_note: string | null;
  resolved_at: number | null;
  resolved_by: string | null;
  created_at: number;
  /** ISO country and language, head count of the account, where the lead says or its phone and domain tell. */
  country: string | null;
  language: string | null;
  account_size: number | null;
  /** Why nobody was given it yet: one sentence; null while it has an owner or is open to claim. */
  waits_for: string | null;
  /** How many steps of the ladder are behind it, since when its clock runs, and when the next is due. */
  ladder_step: Generated<number>;
  ladder_from: number | null;
  ladder_at: number | null;
  /** What was agreed after a reply, for when, and when it was set. */
  next_step: string | null;
  next_step_at: number | null;
  next_step_set_at: number | null;
  /** 1 for a step without a time: it is to be done until the end of that day. */
  next_step_all_day: Generated<number>;
  /** When that step is due; null when it is done or void, or there is none (`stepOf`). */
  step_due_at: number | null;
  /** When a nurtured lead comes back. */
  return_at: number | null;
  /** What keeps the rep from pursuing it: an id of the playbook's obstacles. */
  obstacle: string | null;
  /** Why it was disqualified or rejected: an id of the playbook's reasons. */
  resolution_reason: string | null;
  /** What the prospect was told: an id of the playbook's answers. */
  answer: string | null;
  /** 0 where nobody is there to be answered (spam, test, duplicate); null while the lead is open. */
  needs_answer: number | null;
  /** Since when nudge and direct message are both out and nothing has happened. */
  ignored_at: number | null;
  /** When its card says something else without anybody having touched it: the next attempt is late or asked for. */
  redraw_at: number | null;
}

export interface FlagTable {
  id: Generated<number>;
  team_id: string;
  sales_team_id: number;
  lead_id: number;
  user_id: string;
  reason: string;
  reason_label: string;
  source: string;
  rank: string;
  attempt: number;
  at: number;
  undone_at: number | null;
}

export interface AuditTable {
  id: Generated<number>;
  team_id: string;
  at: number;
  /** A Slack user id, or `app`. */
  actor: string;
  action: string;
  lead_id: number | null;
  detail: string;
}

/** `respond` replaces the ephemeral message that was clicked in, `reply` answers a slash command. */
export type OutboxKind = 'post' | 'update' | 'ephemeral' | 'respond' | 'reply' | 'file';
export type OutboxState = 'ready' | 'sending' | 'unknown' | 'sent' | 'cancelled' | 'dead';

export interface OutboxTable {
  id: Generated<number>;
  team_id: string;
  kind: OutboxKind;
  state: ColumnType<OutboxState, OutboxState | undefined, OutboxState>;
  /** What has to keep its order and share a rate limit: a channel, a person, all updates. */
  lane: string;
  /** A repeat with the same key is dropped. */
  dedupe_key: string | null;
  channel_id: string | null;
  /** The reader of an ephemeral or a direct message. */
  user_id: string | null;
  /** Names the message for later updates and threads, for instance `card:12`. */
  slot: string | null;
  thread_slot: string | null;
  thread_ts: string | null;
  response_url: string | null;
  /** JSON of the typed message; rendered when it is sent, so the last state wins. */
  message: string;
  available_at: number;
  lease_until: number | null;
  /** Raised by every claim: a late answer of an earlier claim no longer fits. */
  fence: Generated<number>;
  tries: Generated<number>;
  looks: Generated<number>;
  last_error: string | null;
  created_at: number;
  settled_at: number | null;
}

/** Where a slot's message ended up in Slack. */
export interface SlackMessageTable {
  team_id: string;
  slot: string;
  channel_id: string;
  ts: string;
}

export interface DirectChannelTable {
  team_id: string;
  user_id: string;
  channel_id: string;
}

export type SalesTeamRow = Selectable<SalesTeamTable>;
export type LeadRow = Selectable<LeadTable>;
export type NewLead = Insertable<LeadTable>;
export type LeadPatch = Updateable<LeadTable>;
export type TouchRow = Selectable<TouchTable>;
export type PersonRow = Selectable<PersonTable>;
export type NudgeRow = Selectable<NudgeTable>;
export type PreferenceRow = Selectable<PreferenceTable>;
export type FlagRow = Selectable<FlagTable>;
export type SignalRow = Selectable<SignalTable>;
export type AuditRow = Selectable<AuditTable>;
export type OutboxRow = Selectable<OutboxTable>;
