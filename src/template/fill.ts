import type { LeadRow } from '../db/schema.ts';
import type { placeholders } from '../playbook/schema.ts';
import { truncate } from '../slack/kit.ts';

export type Placeholder = (typeof placeholders)[number];
/** What stands in the places of a text; plain, nothing of it is escaped. */
export type Values = Record<Placeholder, string>;

/** Where a rep's name belongs who has not said how they sign. */
export const noSignature = '(your name)';

/** Of whom a text speaks: a lead, or with another name somebody else at its account. */
export type Named = Pick<LeadRow, 'name' | 'account'>;

/** Fills a text in once: a name that looks like a placeholder stays a name, and unknown ones stay as they are. */
export function fill(text: string, values: Partial<Values>): string {
  return text.replace(/\{(\w+)\}/g, (match, name: string) =>
    Object.hasOwn(values, name) ? (values[name as Placeholder] ?? match) : match,
  );
}

/** Name and account, or plain words where they are not known. */
export function namesOf({ name, account }: Named): Pick<Values, 'name' | 'account'> {
  return { name: oneLine(firstName(name), 40) ?? 'there', account: oneLine(account, 80) ?? 'your company' };
}

/** @param signature how the rep signs; a mention copied into a mail would be a stray id */
export function valuesOf(
  lead: Named & Pick<LeadRow, 'source' | 'message'>,
  signature: string | null = null,
): Values {
  return {
    ...namesOf(lead),
    source: oneLine(formName(lead.source), 80) ?? 'our website',
    asked: fewWords(lead.message) ?? 'your request',
    rep: signed(signature),
  };
}

/** How the rep signs, or what shows that nobody has said it. */
export function signed(signature: string | null): string {
  return oneLine(signature, 60) ?? noSignature;
}

/** `Dr. Ada Lovelace` and `Lovelace, Ada` are Ada. */
function firstName(name: string | null): string | undefined {
  const [last = '', first] = (name ?? '').split(',');
  const words = (first?.trim() ? first : last).trim().split(/\s+/);
  return words.find((word) => !/^(mr|mrs|ms|dr|prof|herr|frau)\.?$/i.test(word)) ?? words[0];
}

/** The source as the prospect knows it: without the app that posted it, as in `HubSpot: Demo request`. */
function formName(source: string): string {
  return source.replace(/^[^:]{1,30}:\s+(?=\S)/, '');
}

const mostAsked = 60;

/** The beginning of what they wrote, whole words. */
function fewWords(message: string | null): string | undefined {
  const line = oneLine(message, 400);
  if (line === undefined || line.length <= mostAsked) return line?.replace(/[.,;:!]+$/, '') || undefined;
  const words = line.slice(0, mostAsked).replace(/\s+\S*$/, '');
  return truncate(`${words.replace(/[.,;:!?]+$/, '')}…`, mostAsked).toWellFormed();
}

function oneLine(text: string | null | undefined, length: number): string | undefined {
  const line = truncate((text ?? '').replace(/\s+/g, ' ').trim(), length).toWellFormed();
  return line === '' ? undefined : line;
}
