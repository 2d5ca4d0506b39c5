import { z } from 'zod';

/** What one arriving lead says about itself, before it is de-duplicated, ranked and gated. */
export interface LeadDraft {
  /** Null when nobody said it; the card then shows the mail address. */
  name: string | null;
  /** Lower-case, without `mailto:`. Tags and dots are kept: this is the address to write to. */
  email: string | null;
  /** E.164 where the number can be read with the region hint, else the original without decoration. */
  phone: string | null;
  account: string | null;
  /** Job title. */
  title: string | null;
  /** What people call the place it came from: `Demo request form`, `HubSpot: Pricing page`. */
  source: string | null;
  message: string | null;
  /** The form's name, the page's title or address, the campaign: what the playbook's rank rules may look at. */
  form: string | null;
  page: string | null;
  campaign: string | null;
  /** What else was answered, in the sender's words: for personas, and for the rep. At most 20. */
  details: readonly Detail[];
}

export const detail = z.object({ label: z.string(), value: z.string() });
export type Detail = z.infer<typeof detail>;

/** The answers of a lead, as its row keeps them (JSON). */
export function savedDetails({ details }: { details: string }): Detail[] {
  return z.array(detail).parse(JSON.parse(details));
}

/** A draft of which nothing is known yet but these parts. */
export function draftOf(parts: Partial<LeadDraft>): LeadDraft {
  return {
    name: null,
    email: null,
    phone: null,
    account: null,
    title: null,
    source: null,
    message: null,
    form: null,
    page: null,
    campaign: null,
    details: [],
    ...parts,
  };
}

/** Whether there is a way to reach the person: without one, a draft is no lead. */
export function isReachable(draft: Pick<LeadDraft, 'email' | 'phone'>): boolean {
  return draft.email !== null || draft.phone !== null;
}
