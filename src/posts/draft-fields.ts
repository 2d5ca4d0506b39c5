import { type Detail, draftOf, type LeadDraft } from '../intake/draft.ts';
import { emailsIn, withoutEmails } from '../intake/email.ts';
import { namesOurSide, plainLabel } from '../intake/labels.ts';
import { looksLikePhone, readPhone } from '../intake/phone.ts';
import type { FoundField } from './read-fields.ts';
import { pick } from './read-fields.ts';
import { originText } from './source.ts';

/** What the labelled values of a post say by themselves. @param region ISO country of numbers without a country code */
export function draftFromFields(found: FoundField[], region: string | undefined): LeadDraft {
  const contact = pick(found, 'name', (value) => (emailsIn(value).length > 0 ? value : null));
  const number = bareNumber(found);
  return draftOf({
    name: fullName(found),
    email: pick(found, 'email', firstEmail) ?? (contact === null ? null : firstEmail(contact)),
    phone:
      pick(found, 'phone', (value) => readPhone(value, region)) ??
      (number === undefined ? null : readPhone(number.value, region)),
    account: pick(found, 'account', shortText),
    title: pick(found, 'title', shortText),
    message: pick(found, 'message', (value) => value),
    form: pick(found, 'form', originText),
    page: pick(found, 'page', originText),
    campaign: pick(found, 'campaign', originText),
    details: detailsOf(found.filter((field) => field !== number)),
  });
}

/** `Number: 0049 30 …`: orders and tickets have numbers too, but theirs start with neither zero nor plus. */
function bareNumber(found: FoundField[]): FoundField | undefined {
  if (found.some(({ key }) => key === 'phone')) return undefined;
  return found.find(
    ({ label, value }) =>
      /^(?:number|nummer|nr|numero)$/.test(plainLabel(label)) &&
      /^[+0(]/.test(value) &&
      looksLikePhone(value),
  );
}

export function detailOf(label: string, value: string): Detail {
  return { label: label.slice(0, 80).toWellFormed(), value: value.slice(0, 300).toWellFormed() };
}

/** What apps note for themselves; no answer of anybody. */
const BOOKKEEPING =
  /(?:^| )(?:id|ip|ip address|timestamp|date|time|created|created at|submitted|submitted at|received at|user agent|datum|fecha|data)$/;

/** What was answered under labels that are no field of ours, and that do not name a colleague. */
function detailsOf(found: FoundField[]): Detail[] {
  return found
    .filter(({ key, label }) => key === null && !namesOurSide(label) && !BOOKKEEPING.test(plainLabel(label)))
    .slice(0, 20)
    .map(({ label, value }) => detailOf(label, value));
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

export function firstEmail(value: string): string | null {
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
