import { line, user } from '../slack/kit.ts';
import type { SlackPost } from './post-text.ts';
import { isFromApp } from './read-post.ts';
import { senderName } from './source.ts';

/** Whose posts look alike. */
export interface Sender {
  /** What stays the same from post to post: the app's id in Slack, else its name; for people their id. */
  key: string;
  /** As people know it; null for people, and where the name says nothing. */
  name: string | null;
}

/** Null where Slack does not say who posted. */
export function senderOf(post: SlackPost): Sender | null {
  if (!isFromApp(post)) {
    return typeof post.user === 'string' && post.user !== ''
      ? { key: `user:${post.user}`, name: null }
      : null;
  }
  const name = senderName(post);
  if (typeof post.bot_id === 'string' && post.bot_id !== '') return { key: `bot:${post.bot_id}`, name };
  const username = typeof post.username === 'string' ? post.username.trim().slice(0, 80).toWellFormed() : '';
  return username === '' ? null : { key: `name:${username}`, name };
}

/** The sender in a sentence, for mrkdwn. */
export function senderTitle({ key, name }: Sender): string {
  if (name !== null) return `*${line(name, 80)}*`;
  return key.startsWith('user:') ? user(key.slice('user:'.length)) : 'this app';
}
