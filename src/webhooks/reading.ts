import type { LeadDraft } from '../intake/draft.ts';

/** What a payload turned out to be. */
export type Reading =
  | { kind: 'lead'; draft: LeadDraft; event: string | null }
  /** Fine, and nothing for us: a cancelled meeting. */
  | { kind: 'ignored'; why: string; event: string | null }
  /** Not what this kind of source sends; `why` says what was expected. */
  | { kind: 'unknown'; why: string };

/** `event` is the sender's own id of what happened, the same when it is sent again; null where there is none. */
export function leadReading(draft: LeadDraft, event: unknown): Reading {
  return { kind: 'lead', draft, event: eventId(event) };
}

export function ignoredReading(why: string, event: unknown): Reading {
  return { kind: 'ignored', why, event: eventId(event) };
}

export function unknownReading(why: string): Reading {
  return { kind: 'unknown', why };
}

function eventId(event: unknown): string | null {
  if (typeof event !== 'string' && typeof event !== 'number') return null;
  return String(event).trim() || null;
}
