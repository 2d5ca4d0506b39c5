import type { LeadDraft } from '../intake/draft.ts';
import { line } from '../slack/kit.ts';

/** Everything a draft says, a quoted line each; as long as one message takes. */
export function draftLines(draft: LeadDraft, most = 32): string[] {
  const { name, email, phone, account, title, message, source, form, page, campaign, details } = draft;
  const known = { name, email, phone, company: account, title, message, source, form, page, campaign };
  const lines = [
    ...Object.entries(known).flatMap(([label, value]) => (value === null ? [] : [{ label, value }])),
    ...details,
  ].map(({ label, value }) => `>*${line(label, 60)}:* ${line(value, label === 'message' ? 1000 : 300)}`);
  const more = lines.length - most;
  return more <= 0 ? lines : [...lines.slice(0, most), `… and ${more} more.`];
}
