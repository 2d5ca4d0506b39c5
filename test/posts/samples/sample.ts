import { draftOf, type LeadDraft } from '../../../src/intake/draft.ts';
import type { SlackPost } from '../../../src/posts/post-text.ts';

/** One post as Slack delivers it, and the draft it must become; null where it must not become a lead. */
export interface Sample {
  name: string;
  post: SlackPost;
  region?: string;
  draft: LeadDraft | null;
}

/** A whole draft from the parts that are not null. */
export function draft(parts: Partial<LeadDraft>): LeadDraft {
  return draftOf(parts);
}

/** A message of a modern app: no subtype, a bot id and a profile. */
export function botPost(appName: string, content: Partial<SlackPost>): SlackPost {
  return { bot_id: 'B0LEADS', bot_profile: { name: appName }, text: '', ts: '1795000000.000100', ...content };
}

/** A message of a classic integration: `bot_message` and a user name. */
export function classicPost(username: string, content: Partial<SlackPost>): SlackPost {
  return { subtype: 'bot_message', bot_id: 'B0OLD', username, text: '', ts: '1795000000.000200', ...content };
}

/** A message that a colleague typed. */
export function personPost(text: string, content: Partial<SlackPost> = {}): SlackPost {
  return { user: 'U0REP', text, ts: '1795000000.000300', ...content };
}

/** A section block of marked-up text. */
export function section(text: string): unknown {
  return { type: 'section', text: { type: 'mrkdwn', text } };
}

/** A section block that is a grid of fields. */
export function grid(...fields: string[]): unknown {
  return { type: 'section', fields: fields.map((text) => ({ type: 'mrkdwn', text })) };
}

/** A header block. */
export function header(text: string): unknown {
  return { type: 'header', text: { type: 'plain_text', text, emoji: true } };
}
