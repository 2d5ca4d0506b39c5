import type { Resolution } from '../db/schema.ts';
import { idOf } from '../slack/listener.ts';
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
  const [leadId = '', resolution = '', reason = '', answer = ''] = (value.split('|')[0] ?? '').split(':');
  return {
    leadId: idOf(leadId),
    ...(isResolution(resolution) && { resolution }),
    ...(reason !== '' && { reason }),
    ...(answer !== '' && { answer }),
  };
}

/** Where the form was opened; nowhere in the App Home. */
export interface Place {
  channelId?: string | undefined;
  threadTs?: string | undefined;
}

/** What the form remembers while it is open: `12:disqualified|C0LEADS|1790000000.000100`. */
export function formMemory(choice: Choice, { channelId = '', threadTs = '' }: Place): string {
  return `${choiceValue(choice)}|${channelId}|${threadTs}`;
}

/** Another form's memory names no place. */
export function readPlace(memory = ''): Place {
  const [, channelId, threadTs] = /\|([A-Z0-9]+)\|([\d.]*)$/.exec(memory) ?? [];
  return channelId === undefined ? {} : { channelId, ...(threadTs && { threadTs }) };
}
