import type { Fields } from './values.ts';

export interface Parcel {
  kind: 'events_api' | 'interactive' | 'slash_commands';
  body: Fields;
  retry?: { num: number; reason: string };
}

/** What came back for a parcel; `reason` says why nothing did, in Slack's words for `retry_reason`. */
export type Reaction = { acked: boolean; response: Fields; reason?: string };
export const unanswered = (reason?: string): Reaction => ({ acked: false, response: {}, reason });
