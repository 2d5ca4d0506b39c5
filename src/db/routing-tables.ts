import type { Generated } from 'kysely';

/** A rep's own settings in one team; a rep without a row has the defaults. */
export interface RepTable {
  sales_team_id: number;
  user_id: string;
  team_id: string;
  /** Turns in round robin, against the others'. */
  weight: Generated<number>;
  /** Open leads at most, new leads a day at most; null for no limit. */
  most_open: number | null;
  most_new_a_day: number | null;
  /** JSON list of words that the playbook's routing rules ask for: `["german", "enterprise"]`. */
  tags: Generated<string>;
  /** Own working hours; null where the team's count. */
  zone: string | null;
  working_days: string | null;
  day_start: string | null;
  day_end: string | null;
  region: string | null;
  /** Turns that round robin still owes this rep; negative when they are ahead. Kept over restarts. */
  owed: Generated<number>;
  served_at: number | null;
}

/** While this lasts, a person gets no lead. */
export interface AbsenceTable {
  id: Generated<number>;
  team_id: string;
  user_id: string;
  why: 'away' | 'status' | 'deactivated';
  from_at: number;
  /** Null: until somebody ends it. */
  until_at: number | null;
  set_by: string;
  /** Who looks after the open leads meanwhile; null where their due dates move. */
  deputy_id: string | null;
  /** What the status said: once somebody is back, the same words mean nothing until they are gone. */
  said: string | null;
  ended_at: number | null;
}

export interface AssignmentTable {
  id: Generated<number>;
  team_id: string;
  lead_id: number;
  user_id: string;
  how: 'claim' | 'round_robin' | 'least_loaded' | 'same_account' | 'ladder' | 'manager' | 'swap';
  /** Who gave it, where a person did. */
  by_user_id: string | null;
  /** Who had it before. */
  from_user_id: string | null;
  /** In the words of whoever gave it back or on. */
  reason: string | null;
  at: number;
}

/** Why a lead went where it went: `/leads why` reads it out. */
export interface RoutingDecisionTable {
  id: Generated<number>;
  team_id: string;
  lead_id: number;
  at: number;
  /** JSON list of sentences in mrkdwn. */
  steps: string;
}

/** One lead in one message of the ladder's: it says what became of the lead. */
export interface LadderNewsTable {
  id: Generated<number>;
  team_id: string;
  sales_team_id: number;
  lead_id: number;
  /** The start of the ladder that the message is about. */
  ladder_from: number;
  /** To the channel, or to a manager about a lead that nobody has or its owner has not touched. */
  kind: 'reminder' | 'unclaimed' | 'untouched';
  /** The message it stands in. */
  slot: string;
  /** What the message says became of the lead (`becameOf`); null while it is still on that ladder. */
  shown: string | null;
}
