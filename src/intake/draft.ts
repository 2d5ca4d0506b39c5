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
  /** Free text such as `Demo request form` or `HubSpot: Pricing page`. */
  source: string | null;
  message: string | null;
}
