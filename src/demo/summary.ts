import type { LogEntry } from '../sandbox/index.ts';
import { count } from '../slack/kit.ts';

/** What the app did meanwhile, in few words: `3 nudges`, `1 digest`, `5 updates`. */
export function summarise(entries: readonly LogEntry[]): string[] {
  const posts = entries.filter((entry) => entry.direction === 'from_app' && entry.ok);
  const texts = posts
    .filter((entry) => entry.kind === 'chat.postMessage')
    .map((entry) => textOf(entry.payload));
  const nudges = texts.filter((text) => / attempt is due|^Attempt \d+ is due/.test(text)).length;
  const digests = texts.filter((text) => text.startsWith('Lead digest')).length;
  const other = texts.length - nudges - digests;
  const parts: string[] = [];
  if (nudges > 0) parts.push(count(nudges, 'nudge'));
  if (digests > 0) parts.push(count(digests, 'digest'));
  if (other > 0) parts.push(count(other, 'message'));
  return parts;
}

function textOf(payload: unknown): string {
  const text = (payload as { text?: unknown } | undefined)?.text;
  return typeof text === 'string' ? text : '';
}
