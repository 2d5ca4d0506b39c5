import type { PreferenceRow } from '../db/schema.ts';

/** What one person wants, over all their teams. */
export interface Preferences {
  /** Where a nudge comes: into the lead's thread, or as a direct message. */
  nudgeIn: PreferenceRow['nudge_in'];
  /** Between these local times (`HH:MM`, over midnight too) nothing is sent; null for no such time. */
  quiet: { from: string; to: string } | null;
  /** Whether they want a morning brief, and when; null for the start of their working day. */
  brief: boolean;
  briefTime: string | null;
  /** How they sign what they send; null where they have not said. */
  signature: string | null;
}

export const defaultPreferences: Preferences = {
  nudgeIn: 'thread',
  quiet: null,
  brief: true,
  briefTime: null,
  signature: null,
};

export function preferencesOfRow(row: PreferenceRow | undefined): Preferences {
  if (!row) return defaultPreferences;
  const { quiet_from: from, quiet_to: to } = row;
  return {
    nudgeIn: row.nudge_in,
    quiet: from === null || to === null ? null : { from, to },
    brief: row.brief === 1,
    briefTime: row.brief_time,
    signature: row.signature,
  };
}

/** Whether a local time (`HH:MM`) lies in these quiet hours; their end is no part of them. */
export function isQuiet({ from, to }: NonNullable<Preferences['quiet']>, time: string): boolean {
  return from < to ? from <= time && time < to : time >= from || time < to;
}
