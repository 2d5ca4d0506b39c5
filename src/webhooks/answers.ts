import { type Detail, draftOf, type LeadDraft } from '../intake/draft.ts';
import { emailsIn, withoutEmails } from '../intake/email.ts';
import { type FieldKey, fieldKey, namesOurSide, plainLabel } from '../intake/labels.ts';
import { readPhone } from '../intake/phone.ts';

/** One answer of a form: what was asked, and what was said. */
export interface Answer {
  label: string;
  value: string;
  /** The form itself asked for a mail address or a phone number, and checked that it is one. */
  typed?: 'email' | 'phone' | undefined;
  /** Which field it is, where that is known; null where it is none. Without it the label decides. */
  field?: FieldKey | null | undefined;
}

/** What the payload says beside the answers. */
export interface Surroundings {
  /** Who sends, in front of the form's name: `Typeform`. */
  sender: string;
  form?: string | null;
  page?: string | null;
  campaign?: string | null;
  /** Whether answers may also say which form and source it was: true where fields are not questions of a form. */
  open?: boolean;
}

const mostDetails = 20;
const detailLength = 300;
const labelLength = 150;
const lineLength = 200;
const messageLength = 5000;

/**
 * Makes a draft of answers, each field read only from an answer that is meant for it: what the form has typed first,
 * then by label. Whatever no field took is kept in `details`, in the order it was asked.
 */
export function draftFromAnswers(answers: readonly Answer[], around: Surroundings): LeadDraft {
  const said = answers.map(tidy).filter(({ value }) => value !== '');
  const taken = new Set<Answer>();
  const pick = (
    accept: (answer: Answer) => boolean,
    read: (value: string) => string | null,
  ): string | null => {
    for (const answer of said) {
      const value = !taken.has(answer) && accept(answer) ? read(answer.value) : null;
      if (value === null) continue;
      taken.add(answer);
      return value;
    }
    return null;
  };
  const field = (name: FieldKey, read: (value: string) => string | null): string | null =>
    pick((answer) => fieldOf(answer) === name, read);
  const contact = (type: 'email' | 'phone', read: (value: string) => string | null): string | null =>
    pick((answer) => answer.typed === type && fieldOf(answer) === type, read) ??
    pick((answer) => answer.typed === type && !namesOurSide(answer.label), read) ??
    field(type, read);

  const email = contact('email', firstEmail);
  const phone = contact('phone', readPhone);
  const name = fullName(field('firstName', oneLine), field('lastName', oneLine), field('name', oneLine));
  const account = field('account', oneLine);
  const title = field('title', oneLine);
  const message = field('message', (value) => value.slice(0, messageLength).toWellFormed());
  const campaign = cut(around.campaign) ?? field('campaign', oneLine);
  const page = cut(around.page) ?? field('page', firstLine);
  const form = cut(around.form) ?? (around.open ? field('form', firstLine) : null);
  const stated = around.open ? field('source', firstLine) : null;
  return draftOf({
    name,
    email,
    phone,
    account,
    title,
    message,
    form,
    page,
    campaign,
    source: stated ?? (form === null ? around.sender : `${around.sender}: ${form}`),
    details: said
      .filter((answer) => !taken.has(answer))
      .slice(0, mostDetails)
      .map(detailOf),
  });
}

/** Which field an answer is meant for. */
function fieldOf({ label, field }: Answer): FieldKey | null {
  if (field !== undefined) return field;
  const key = fieldKey(label);
  // Which ad network or search engine it was says nothing about what the person did.
  return key === 'source' && /^(?:utm|traffic)\b/.test(plainLabel(label)) ? null : key;
}

/** `Nom` or `Nombre` may be a full name or half of one; the other half tells. */
function fullName(first: string | null, last: string | null, name: string | null): string | null {
  if (first === null && last === null) return name;
  if (name === null) return [first, last].filter((part) => part !== null).join(' ');
  const has = (part: string | null): boolean =>
    part === null || name.toLowerCase().includes(part.toLowerCase());
  if (has(first) && has(last)) return name;
  return [first ?? name, last ?? name].join(' ');
}

function firstEmail(value: string): string | null {
  return emailsIn(value.slice(0, 1000))[0] ?? null;
}

/** A name, a company, a job: one line without mail addresses; a bare address on the web is none of these. */
function oneLine(value: string): string | null {
  const text = cut(withoutEmails(value.slice(0, 1000)));
  return text === null || /^https?:\/\/\S+$/i.test(text) ? null : text;
}

function firstLine(value: string): string | null {
  return cut(value.split('\n', 1)[0]);
}

function cut(text: string | null | undefined): string | null {
  const line = clean(text?.slice(0, 1000) ?? '').replace(/\s+/g, ' ');
  return line.slice(0, lineLength).toWellFormed().trim() || null;
}

function detailOf({ label, value }: Answer): Detail {
  return {
    label: label.slice(0, labelLength).toWellFormed(),
    value: value.slice(0, detailLength).toWellFormed(),
  };
}

function tidy(answer: Answer): Answer {
  const label = clean(answer.label.slice(0, 500)).replace(/\s+/g, ' ');
  return { ...answer, label: label === '' ? 'Answer' : label, value: clean(answer.value.slice(0, 20_000)) };
}

/** Without control characters, which no form means. */
function clean(text: string): string {
  return text.replace(/(?![\n\t])\p{Cc}/gu, ' ').trim();
}

/** A JSON value as a person would write it; empty for objects and for nothing. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (!Array.isArray(value)) return '';
  return value
    .slice(0, 50)
    .map((entry) => (Array.isArray(entry) ? '' : textOf(entry)))
    .filter((text) => text.trim() !== '')
    .join(', ');
}
