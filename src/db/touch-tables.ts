import type { Generated } from 'kysely';

/**
 * What a touch was: channel and outcome in one. `replied` is the prospect's answer and no outreach of ours; `spoke` (on
 * the phone) and `met` (in person) are both.
 */
export type TouchKind =
  'no_answer' | 'voicemail' | 'spoke' | 'email' | 'linkedin' | 'text' | 'met' | 'replied';

export interface TouchTable {
  id: Generated<number>;
  team_id: string;
  sales_team_id: number;
  lead_id: number;
  /** Whom it was with; null for the lead's own person. */
  person_id: number | null;
  user_id: string;
  kind: TouchKind;
  /** Which of the playbook's messages was used, if one was; `*` for words of the rep's own. */
  message: string | null;
  cadence_epoch: number;
  /** The attempt this touch belonged to when it was logged; a reply belongs to the attempt it answers. */
  attempt: number;
  note: string | null;
  /** When it happened; `logged_at` is when somebody said so. */
  at: number;
  logged_at: number;
  undone_at: number | null;
}

/** Somebody else at the lead's account whom the rep tries. */
export interface PersonTable {
  id: Generated<number>;
  team_id: string;
  sales_team_id: number;
  lead_id: number;
  name: string | null;
  name_key: string | null;
  email: string | null;
  email_key: string | null;
  phone: string | null;
  title: string | null;
  added_by: string;
  at: number;
  /** When somebody said that they are nobody to try; null while they are. */
  removed_at: number | null;
}

/** One lead in one message that asks for its next touch: a nudge, a list of those due together, a brief. */
export interface NudgeTable {
  id: Generated<number>;
  team_id: string;
  lead_id: number;
  /** Who was asked: the owner, or their deputy. */
  user_id: string;
  /** Which attempt or reply: `nudgeKey`. */
  about: string;
  /** The message it stands in. */
  slot: string;
  /** For which due moment it was sent (`dueKey`); null where the lead only stands in a list, and is not due by itself. */
  due: string | null;
  at: number;
  /** When to look whether anything has happened; null when that was done. */
  again_at: number | null;
}

/** The leads that somebody's App Home shows, in the order of when it was opened; a click there moves none of them. */
export interface HomeListTable {
  team_id: string;
  user_id: string;
  /** JSON list. */
  lead_ids: string;
  opened_at: number;
}

/** What one person wants, over all their teams; who has no row has the defaults. */
export interface PreferenceTable {
  team_id: string;
  user_id: string;
  nudge_in: Generated<'thread' | 'direct'>;
  /** `HH:MM`, local; between them nothing is sent. Null for none. */
  quiet_from: string | null;
  quiet_to: string | null;
  /** Whether they want a morning brief, and when; null for the start of their working day. */
  brief: Generated<number>;
  brief_time: string | null;
  next_brief_at: number | null;
  /** How they sign: `{rep}` in messages. */
  signature: string | null;
}
