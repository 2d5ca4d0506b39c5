import type { LeadDraft } from '../../../src/intake/draft.ts';
import type { Mapping } from '../../../src/webhooks/mapping.ts';

/** A payload as its service sends it, and what it has to be read as. */
export interface Sample {
  what: string;
  payload: unknown;
  /** A lead with exactly these parts (others null, unless named), or why it is none. */
  read: Partial<LeadDraft> | 'ignored' | 'unknown';
  /** The sender's own id of the event; null: its content is the id. */
  event?: string | null;
  mapping?: Mapping;
}
