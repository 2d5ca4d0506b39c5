import type { Resolution } from '../db/schema.ts';

/** How a lead can end, in the words of the form. */
export const resolutions: Record<Resolution, { label: string; hint: string }> = {
  qualified: { label: 'Qualified', hint: 'They want to go on with us' },
  nurture: { label: 'Nurture', hint: 'Right person, wrong time: it comes back on a day you choose' },
  disqualified: { label: 'Disqualified', hint: 'We were in touch: this is no fit' },
  rejected: { label: 'Rejected', hint: 'Never contacted: misrouted, duplicate, not a prospect' },
  unresponsive: { label: 'Unresponsive', hint: 'They never answered' },
};

export function isResolution(text: string): text is Resolution {
  return Object.hasOwn(resolutions, text);
}

/** These need a reason. */
export function needsReason(resolution: Resolution): resolution is 'disqualified' | 'rejected' {
  return resolution === 'disqualified' || resolution === 'rejected';
}
