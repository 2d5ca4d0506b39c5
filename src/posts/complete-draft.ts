import type { LeadDraft } from '../intake/draft.ts';
import { emailsIn } from '../intake/email.ts';
import { namesOurSide } from '../intake/labels.ts';
import { phoneInProse, readPhone } from '../intake/phone.ts';
import { firstEmail } from './draft-fields.ts';
import { readOneLine } from './one-line.ts';
import { accountBehind, isFullName, nameInHeading, readProse } from './prose.ts';
import type { FieldReading } from './read-fields.ts';
import { originInHeading } from './source.ts';

/** An app's free text, with the mail address as the anchor, or failing that a phone number with its country code. */
export function completeFromProse(
  draft: LeadDraft,
  { found, free }: FieldReading,
  trigger: string | null,
  region: string | undefined,
): void {
  const lines = free.flat();
  const announced = trigger === null ? null : readOneLine(trigger.replaceAll('*', ''));
  if (announced?.email === null && announced.name !== null && isFullName(announced.name)) {
    draft.name ??= announced.name;
    draft.account ??= announced.account;
  }
  const heading = lines.slice(0, 4).find((line) => nameInHeading(line) !== null);
  const named = heading === undefined ? null : nameInHeading(heading);
  draft.name ??= named;
  if (heading !== undefined && named !== null && draft.name === named)
    draft.account ??= accountBehind(named, heading.replaceAll('*', ''));
  if (draft.email === null) {
    const line = lines.find((text) => prospectEmail(text) !== null);
    const field = found.find(
      ({ key, label, value }) => key === null && !namesOurSide(label) && emailsIn(value).length === 1,
    );
    if (line !== undefined) completeFromLine(draft, line, lines, trigger);
    else if (field !== undefined) {
      draft.email = firstEmail(field.value);
      draft.details = draft.details.filter(({ value }) => firstEmail(value) !== draft.email);
    }
  }
  const quoted = lines.flatMap((text) => /^>\s?(\S.*)$/.exec(text)?.[1] ?? []);
  if (quoted.length > 0 && quoted.every((text) => emailsIn(text).length === 0))
    draft.message ??= quoted.join('\n');
  if (draft.phone === null && draft.email === null) {
    const number = lines.map(phoneInProse).find((phone) => phone !== null);
    if (number !== undefined && number !== null) draft.phone = readPhone(number, region);
  }
}

/** The form or page that the headline names, where no field does. */
export function completeOrigin(draft: LeadDraft, reading: FieldReading): void {
  const named = originInHeading(headings(reading, null), draft);
  if (named === null) return;
  if ('form' in named) draft.form ??= named.form;
  else draft.page ??= named.page;
}

function completeFromLine(draft: LeadDraft, line: string, lines: string[], trigger: string | null): void {
  const email = prospectEmail(line) ?? '';
  const isList = trigger !== null && trigger !== '' && line === trigger && /[,;|]/.test(line);
  const said = isList ? readOneLine(line) : readProse(line, email);
  draft.email = email;
  draft.name ??= said.name ?? nameAbove(line, lines);
  draft.account ??= said.account;
  if ('title' in said) draft.title ??= said.title;
  if ('via' in said) draft.form ??= said.via;
  else draft.source = said.source;
  const opens = 'via' in said && /:\s*$/.test(line);
  if (said.message === null && !opens) return;
  const below = 'via' in said ? lines.slice(lines.indexOf(line) + 1) : [];
  draft.message ??= [said.message ?? '', ...below].join('\n').trim() || null;
}

/** The name in a line of its own above the mail address. */
function nameAbove(line: string, lines: string[]): string | null {
  const above = (lines[lines.indexOf(line) - 1] ?? '').replace(/^[\s>•-]+|\*/g, '').trim();
  const isAlone = /^[\s>•-]*\S+@\S+$/.test(line);
  return isAlone && isFullName(above) ? above : null;
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
export function completeFromList(draft: LeadDraft, reading: FieldReading, region: string | undefined): void {
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
export function firstWords({ free }: FieldReading): string {
  return (free.find((lines) => lines.some((line) => line !== '')) ?? []).join('\n');
}

export function headings({ free }: FieldReading, trigger: string | null): string[] {
  const lines = free.flat().filter((line) => line !== '');
  return trigger === null ? lines.slice(0, 3) : ['New lead', ...lines.slice(0, 2)];
}
