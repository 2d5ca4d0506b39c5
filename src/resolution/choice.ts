import type { Resolution } from '../db/schema.ts';
import { idOf } from '../slack/listener.ts';
import { memoryIn } from '../slack/place.ts';
import { isResolution } from './kinds.ts';

/** How far the form is filled in. A click in a modal tells only its own value, so every option carries all before it. */
export interface Choice {
  leadId: number;
  resolution?: Resolution;
  /** Ids of the playbook's. */
  reason?: string;
  answer?: string;
}

/** `12:disqualified:too_small:not_a_fit`; what is not chosen yet is left out, or empty. */
export function choiceValue({ leadId, resolution, reason, answer }: Choice): string {
  return [leadId, resolution ?? '', reason ?? '', answer ?? ''].join(':').replace(/:+$/, '');
}

/** Also what a form remembers. */
export function readChoice(value: string): Choice {
  const [leadId = '', resolution = '', reason = '', answer = ''] = memoryIn(value).split(':');
  return {
    leadId: idOf(leadId),
    ...(isResolution(resolution) && { resolution }),
    ...(reason !== '' && { reason }),
    ...(answer !== '' && { answer }),
  };
}
