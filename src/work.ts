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
