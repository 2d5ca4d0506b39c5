import type { LeadDraft } from './draft.ts';
import { emailsIn, withoutEmails } from './email.ts';
import { namesOurSide } from './labels.ts';
import { isNotice, saysLeadNews } from './notices.ts';
import { afterTrigger, namedBehindTrigger, readOneLine } from './one-line.ts';
import { phoneInProse, readPhone } from './phone.ts';
import type { SlackPost } from './post-text.ts';
import { postUnits } from './post-text.ts';
import type { Unit } from './post-unit.ts';
import { isRecord } from './post-unit.ts';
import { looksLikeName, nameInHeading, readProse } from './prose.ts';
import type { FieldReading, FoundField } from './read-fields.ts';
import { allEmails, pick, readFields } from './read-fields.ts';
import { formInHeading, senderName, sourceOf } from './source.ts';

/** More distinct addresses than this make a post a list (an export, a mail thread), not a lead. */
const MOST_ADDRESSES = 3;
const READABLE_SUBTYPES: ReadonlySet<unknown> = new Set([undefined, null, '', 'bot_message', 'file_share']);

/**
 * Reads a message of a lead channel as one lead, or null where it is none: no mail address and no phone number, a
 * list, a notice of another kind, a channel event, or a person's chat that neither starts with "Lead:" nor has
 * labelled fields. Never throws, whatever the post contains; what it costs is bounded by the 20,000 characters read.
 *
 * @param options.region ISO country of phone numbers without a country code.
 */
export function readPost(post: SlackPost, options: { region?: string } = {}): LeadDraft | null {
  if (!isRecord(post) || !READABLE_SUBTYPES.has(post.subtype)) return null;
  const units = postUnits(post);
  if (units.length === 0 || allEmails(units).length > MOST_ADDRESSES) return null;
  const trigger = takeTrigger(units);
  const reading = readFields(units);
  const draft = draftFromFields(reading, options.region);

  if (isFromApp(post)) {
    if (isNotice(senderName(post), headings(reading, trigger))) return null;
    if (!saysLead(post, reading, trigger)) return null;
    completeFromProse(draft, reading, trigger, options.region);
    draft.source = sourceOf(
      reading.found,
      senderName(post),
      draft.source ?? formInHeading(headings(reading, null), draft),
    );
  } else {
    const labelled = draft.name !== null && (draft.email !== null || draft.phone !== null);
    if (trigger === null && !labelled) return null;
    if (trigger !== null) completeFromList(draft, reading, options.region);
    draft.source = sourceOf(reading.found, null, draft.source);
  }
  return draft.email === null && draft.phone === null ? null : draft;
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

function isFromApp(post: SlackPost): boolean {
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

function draftFromFields({ found }: FieldReading, region: string | undefined): LeadDraft {
  const contact = pick(found, 'name', (value) => (emailsIn(value).length > 0 ? value : null));
  return {
    name: fullName(found),
    email: pick(found, 'email', firstEmail) ?? (contact === null ? null : firstEmail(contact)),
    phone: pick(found, 'phone', (value) => readPhone(value, region)),
    account: pick(found, 'account', shortText),
    title: pick(found, 'title', shortText),
    source: null,
    message: pick(found, 'message', (value) => value),
  };
}

/** `Nom` or `Nombre` may be a full name or half of one; the other half tells. */
function fullName(found: FoundField[]): string | null {
  const first = pick(found, 'firstName', shortText);
  const last = pick(found, 'lastName', shortText);
  const name = pick(found, 'name', shortText);
  if (first === null && last === null) return name;
  if (name === null) return [first, last].filter((part) => part !== null).join(' ');
  const has = (part: string | null): boolean =>
    part === null || name.toLowerCase().includes(part.toLowerCase());
  if (has(first) && has(last)) return name;
  return [first ?? name, last ?? name].join(' ');
}

function firstEmail(value: string): string | null {
  return emailsIn(value)[0] ?? null;
}

/** A value for one line of the card: the first line, without link targets and mail addresses. */
function shortText(value: string): string | null {
  const line = value.split('\n', 1)[0] ?? '';
  const text = withoutEmails(line.replace(/\s*\(https?:\/\/[^()\s]{1,2000}\)/g, ''))
    .slice(0, 200)
    .toWellFormed();
  return text === '' || /^https?:\/\/\S+$/i.test(text) ? null : text;
}

/** An app's free text, with the mail address as the anchor, or failing that a phone number with its country code. */
function completeFromProse(
  draft: LeadDraft,
  { found, free }: FieldReading,
  trigger: string | null,
  region: string | undefined,
): void {
  const lines = free.flat();
  if (trigger !== null && looksLikeName(trigger) && trigger.includes(' ')) draft.name ??= trigger;
  draft.name ??=
    lines
      .slice(0, 4)
      .map(nameInHeading)
      .find((name) => name !== null) ?? null;
  if (draft.email === null) {
    const line = lines.find((text) => prospectEmail(text) !== null);
    const field = found.find(
      ({ key, label, value }) => key === null && !namesOurSide(label) && firstEmail(value) !== null,
    );
    if (line !== undefined) completeFromLine(draft, line, lines, trigger);
    else if (field !== undefined) draft.email = firstEmail(field.value);
  }
  if (draft.phone === null && draft.email === null) {
    const number = lines.map(phoneInProse).find((phone) => phone !== null);
    if (number !== undefined && number !== null) draft.phone = readPhone(number, region);
  }
}

function completeFromLine(draft: LeadDraft, line: string, lines: string[], trigger: string | null): void {
  const email = prospectEmail(line) ?? '';
  const isList = trigger !== null && trigger !== '' && line === trigger && /[,;|]/.test(line);
  const said = isList ? readOneLine(line) : readProse(line, email);
  draft.email = email;
  draft.name ??= said.name;
  draft.account ??= said.account;
  if ('title' in said) draft.title ??= said.title;
  draft.source = 'via' in said ? said.via : said.source;
  if (said.message === null) return;
  const below = 'via' in said ? lines.slice(lines.indexOf(line) + 1) : [];
  draft.message ??= [said.message, ...below].join('\n').trim();
}

/** The first address of a line that is not introduced as somebody's of ours. */
function prospectEmail(line: string): string | null {
  const lower = line.toLowerCase();
  return (
    emailsIn(line).find((email) => {
      const before = lower.slice(0, lower.indexOf(email)).replace(/[\s:(<]+$/, '');
      return !/\b(?:assigned to|owned by|owner|organi[sz]er|organi[sz]ed by|cc|reply to|contact us at|zugewiesen an)$/.test(
        before,
      );
    }) ?? null
  );
}

/** What a person wrote after "New lead:", on that line and the next ones. Labelled parts have been read already. */
function completeFromList(draft: LeadDraft, reading: FieldReading, region: string | undefined): void {
  const said = readOneLine(firstWords(reading));
  draft.name ??= said.name;
  draft.email ??= said.email;
  draft.phone ??= said.phone === null ? null : readPhone(said.phone, region);
  draft.account ??= said.account;
  draft.title ??= said.title;
  draft.source = said.source;
  draft.message ??= said.message;
}

/** The first unit that says anything outside its fields. */
function firstWords({ free }: FieldReading): string {
  return (free.find((lines) => lines.some((line) => line !== '')) ?? []).join('\n');
}

function headings({ free }: FieldReading, trigger: string | null): string[] {
  const lines = free.flat().filter((line) => line !== '');
  return trigger === null ? lines.slice(0, 3) : ['New lead', ...lines.slice(0, 2)];
}
