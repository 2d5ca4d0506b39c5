import { isReachable, type LeadDraft } from '../intake/draft.ts';
import { emailsIn } from '../intake/email.ts';
import { phoneInProse } from '../intake/phone.ts';
import {
  completeFromList,
  completeFromProse,
  completeOrigin,
  firstWords,
  headings,
} from './complete-draft.ts';
import { draftFromFields } from './draft-fields.ts';
import { isNotice, saysLeadNews } from './notices.ts';
import { afterTrigger, namedBehindTrigger } from './one-line.ts';
import type { SlackPost } from './post-text.ts';
import { postUnits } from './post-text.ts';
import type { Unit } from './post-unit.ts';
import { isRecord } from './post-unit.ts';
import type { FieldReading } from './read-fields.ts';
import { allEmails, readFields } from './read-fields.ts';
import { deedIn, senderName, sourceOf } from './source.ts';

/** More distinct addresses than this make a post a list (an export, a mail thread), not a lead. */
export const MOST_ADDRESSES = 3;
const READABLE_SUBTYPES: ReadonlySet<unknown> = new Set([undefined, null, '', 'bot_message', 'file_share']);

/**
 * Reads a message of a lead channel as one lead, or null where it is none: no mail address and no phone number, a
 * list, a notice of another kind, a channel event, or a person's chat that neither starts with "Lead:" nor has
 * labelled fields. Never throws, whatever the post contains; what it costs is bounded by the 20,000 characters read.
 *
 * @param options.region ISO country of phone numbers without a country code.
 */
export function readPost(post: SlackPost, options: { region?: string } = {}): LeadDraft | null {
  const opened = openPost(post);
  return opened === null || opened.isList ? null : readOpened(post, opened, options);
}

/** A post taken apart: the same for reading it and for showing somebody what there is to read. */
export interface OpenedPost {
  /** What followed "New lead:"; null where the post does not start so. */
  trigger: string | null;
  reading: FieldReading;
  /** More distinct mail addresses than a lead has. */
  isList: boolean;
}

/** Null where there is nothing that could be read: channel events, empty posts. Never throws. */
export function openPost(post: SlackPost): OpenedPost | null {
  if (!isRecord(post) || !READABLE_SUBTYPES.has(post.subtype)) return null;
  const units = postUnits(post);
  if (units.length === 0) return null;
  const isList = allEmails(units).length > MOST_ADDRESSES;
  const trigger = takeTrigger(units);
  return { trigger, reading: readFields(units), isList };
}

/**
 * The lead that an opened post tells of, or null.
 * @param options.isLead somebody taught the app that posts like this are leads: nothing else has to say so
 */
export function readOpened(
  post: SlackPost,
  { trigger, reading }: OpenedPost,
  options: { region?: string; isLead?: boolean },
): LeadDraft | null {
  const { region, isLead = false } = options;
  const draft = draftFromFields(reading.found, region);
  if (isFromApp(post)) {
    if (!isLead && isNotice(senderName(post), headings(reading, trigger))) return null;
    if (!isLead && !saysLead(post, reading, trigger)) return null;
    completeFromProse(draft, reading, trigger, region);
    completeOrigin(draft, reading);
    const said =
      draft.source ??
      reading.free
        .flat()
        .map(deedIn)
        .find((deed) => deed !== null) ??
      null;
    draft.source = sourceOf(reading.found, draft, senderName(post), said);
  } else {
    const labelled = draft.name !== null && (draft.email !== null || draft.phone !== null);
    if (!isLead && trigger === null && !labelled) return null;
    if (trigger !== null) completeFromList(draft, reading, region);
    draft.source = sourceOf(reading.found, draft, null, draft.source);
  }
  return isReachable(draft) ? draft : null;
}

/** Whether an app's post names somebody whom one could reach, without being news of another kind. */
export function mayTellOfLeads(post: SlackPost): boolean {
  const opened = openPost(post);
  if (opened === null || !isFromApp(post)) return false;
  const { reading, trigger } = opened;
  if (isNotice(senderName(post), headings(reading, trigger))) return false;
  const texts = [...reading.found.map(({ value }) => value), ...reading.free.flat()];
  return texts.some((text) => emailsIn(text).length > 0 || phoneInProse(text) !== null);
}

/** Who typed the post; null where an app posted it. */
export function authorOf(post: SlackPost): string | null {
  return isFromApp(post) || typeof post.user !== 'string' ? null : post.user;
}

/** Whether a colleague meant to post a lead, named the prospect, and forgot how to reach them. */
export function lacksContact(post: SlackPost): boolean {
  if (authorOf(post) === null || !READABLE_SUBTYPES.has(post.subtype)) return false;
  const units = postUnits(post);
  if (takeTrigger(units) === null || allEmails(units).length > 0) return false;
  return namedBehindTrigger(firstWords(readFields(units))) !== null;
}

export function isFromApp(post: SlackPost): boolean {
  return typeof post.bot_id === 'string' || post.subtype === 'bot_message';
}

/** A form's fields speak for themselves; an app's sentence has to say that somebody wants something from us. */
function saysLead(post: SlackPost, { found, free }: FieldReading, trigger: string | null): boolean {
  if (trigger !== null || found.some(({ key }) => key !== null)) return true;
  return saysLeadNews(
    [senderName(post) ?? '', ...found.map(({ label }) => label), ...free.flat()].join('\n'),
  );
}

/** Where the post starts with "New lead:", takes that away, so that the rest of the line can be read like the others. */
function takeTrigger(units: Unit[]): string | null {
  const first = units[0];
  const line = first?.lines.findIndex((text) => text.trim() !== '') ?? -1;
  if (first === undefined || line === -1 || first.label !== undefined) return null;
  const trigger = afterTrigger(first.lines[line] ?? '');
  if (trigger !== null) first.lines[line] = trigger;
  return trigger;
}
