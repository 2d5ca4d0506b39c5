import type { Db } from './db/schema.ts';
import type { Playbooks } from './playbook/playbooks.ts';

/** What does not change while the app runs in one Slack workspace. */
export interface Workspace {
  teamId: string;
  botUserId: string;
  /** With the closing slash: `https://example.slack.com/`. */
  url: string;
}

/**
 * What every decision is made with: one transaction (or the database, for reading), one `now` in UTC milliseconds.
 * Handlers and the tick make it; the code below them never asks the clock.
 */
export interface Work {
  readonly db: Db;
  readonly now: number;
  readonly playbooks: Playbooks;
  readonly workspace: Workspace;
}

/** What one turn of a part of the tick found due: nothing; something; as much as one transaction may do, or more. */
export type Found = 'nothing' | 'something' | 'more';

/** @param limit so many are taken in one turn at most */
export function found(due: readonly unknown[], limit: number): Found {
  if (due.length === 0) return 'nothing';
  return due.length < limit ? 'something' : 'more';
}
