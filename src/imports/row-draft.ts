import { createHash } from 'node:crypto';
import { type Detail, draftOf, isReachable, type LeadDraft } from '../intake/draft.ts';
import { emailsIn } from '../intake/email.ts';
import { readPhone } from '../intake/phone.ts';
import { count, truncate } from '../slack/kit.ts';
import type { ColumnUse } from './columns.ts';

/** Which column is what, and what holds for every row. */
export interface Mapping {
  columns: readonly { label: string; use: ColumnUse }[];
  /** Where the leads come from, for rows that don't say it themselves. */
  source: string;
}

export type RowReading =
  | { draft: LeadDraft }
  /** @property isUnreachable it could be read, and says nothing by which its person could be reached */
  | { reason: string; isUnreachable?: true };

/** Where a formula would be a person's name or address; elsewhere it is only ever text. */
const noFormulas: Partial<Record<ColumnUse, string>> = {
  name: 'name',
  firstName: 'name',
  lastName: 'name',
  account: 'company',
  email: 'mail address',
};

export const mostDetails = 20;
const mostInMessage = 3000;
const mostInDetail = 500;
/** Longer than any name, company or address: cells have run into each other. */
const mostInField = 300;

/**
 * One row as a lead, or the sentence that says why it can't be one. Cells are data: nothing in them is evaluated, and
 * none is read as another's column. Where two columns are the same field, the first that says something has it, and
 * the others are kept as extra answers.
 */
export function readRow(cells: readonly string[], mapping: Mapping): RowReading {
  const surplus = cells.slice(mapping.columns.length).some((cell) => cell.trim() !== '');
  if (surplus) {
    return {
      reason: `The row has ${count(cells.length, 'cell')}, the headings are ${mapping.columns.length}: put cells with a delimiter in them into quotation marks`,
    };
  }
  const row = new RowReader();
  for (const [index, { label, use }] of mapping.columns.entries()) {
    const cell = tidy(cells[index] ?? '');
    if (cell === '' || use === 'skip') continue;
    const noFormula = noFormulas[use];
    if (noFormula !== undefined && looksLikeFormula(cell))
      return { reason: `The ${noFormula} looks like a formula` };
    const isText = use === 'message' || use === 'detail' || use === 'page';
    if (!isText && cell.length > mostInField)
      return {
        reason: `The cell “${truncate(label, 60)}” has ${cell.length} characters: is a quotation mark missing?`,
      };
    row.take(label, use, cell);
  }
  const draft = row.draft(mapping.source);
  return isReachable(draft) ? { draft } : { reason: row.whyUnreachable(), isUnreachable: true };
}

class RowReader {
  readonly #found = new Map<ColumnUse, string>();
  readonly #details: Detail[] = [];
  /** What stood in columns for mail addresses and phone numbers and is none. */
  readonly #unread: { use: 'email' | 'phone'; cell: string }[] = [];

  take(label: string, use: ColumnUse, cell: string): void {
    if (use === 'email' || use === 'phone') this.#takeContact(label, use, cell);
    else if (use === 'detail') this.#keep(label, cell);
    else if (use === 'message') {
      const before = this.#found.get('message');
      this.#found.set('message', before === undefined ? cell : `${before}\n${cell}`);
    } else if (!this.#found.has(use))
      this.#found.set(use, use === 'page' ? truncate(cell, mostInDetail) : oneLine(cell));
    else if (this.#found.get(use) !== oneLine(cell)) this.#keep(label, cell);
  }

  #takeContact(label: string, use: 'email' | 'phone', cell: string): void {
    const values = use === 'email' ? emailsIn(cell) : [isShortened(cell) ? null : readPhone(cell)];
    const [first, ...more] = values.filter((value) => value !== null);
    if (first === undefined) this.#unread.push({ use, cell });
    if (first === undefined || (this.#found.has(use) && this.#found.get(use) !== first))
      this.#keep(label, cell);
    else this.#found.set(use, first);
    if (first !== undefined && more.length > 0) this.#keep(label, more.join(', '));
  }

  #keep(label: string, cell: string): void {
    if (this.#details.length < mostDetails)
      this.#details.push({ label: truncate(oneLine(label), 100), value: truncate(cell, mostInDetail) });
  }

  draft(source: string): LeadDraft {
    const found = (use: ColumnUse): string | null => this.#found.get(use) ?? null;
    const parts = [found('firstName'), found('lastName')].filter((part) => part !== null);
    const message = found('message');
    return draftOf({
      name: found('name') ?? (parts.length > 0 ? parts.join(' ') : null),
      email: found('email'),
      phone: found('phone'),
      account: found('account'),
      title: found('title'),
      source: found('source') ?? source,
      form: found('form'),
      page: found('page'),
      campaign: found('campaign'),
      message: message === null ? null : truncate(message, mostInMessage),
      details: this.#details,
    });
  }

  whyUnreachable(): string {
    const [mail, phone] = (['email', 'phone'] as const).map((use) =>
      this.#unread.find((entry) => entry.use === use),
    );
    const said = (cell: string): string => `“${truncate(oneLine(cell), 80)}”`;
    if (mail && phone)
      return `${said(mail.cell)} is not a mail address, and ${said(phone.cell)} not a phone number`;
    if (mail) return `${said(mail.cell)} is not a mail address, and there is no phone number`;
    if (phone && isShortened(phone.cell))
      return `A spreadsheet has shortened the phone number to ${said(phone.cell)}: format its column as text`;
    if (phone) return `${said(phone.cell)} is not a phone number, and there is no mail address`;
    return 'There is no mail address and no phone number';
  }
}

/** Two rows with the same key say the same, whatever the file around them looks like. */
export function rowKey(cells: readonly string[]): string {
  const plain = cells.map((cell) => oneLine(tidy(cell)).toLowerCase());
  while (plain.at(-1) === '') plain.pop();
  return createHash('sha256').update(plain.join('\u001f')).digest('base64url');
}

/**
 * What a spreadsheet would compute: `=cmd|'/C calc'!A0`, `@SUM(1)`, `+1+1`. A company may well be called `@home` or
 * `+Plus (Berlin)`.
 */
export function looksLikeFormula(cell: string): boolean {
  return /^(?:[=＝]\s*\S|[+\-@＋－＠]\s*(?:[\p{L}_][\p{L}\d_.]*\(|[\d.,]+\s*[-+*/^(]|[^\s|!]+[|!]))/u.test(
    cell,
  );
}

/** `4.93091E+11`: most digits of the number are gone for good. */
function isShortened(cell: string): boolean {
  return /^\+?\d([.,]\d+)?E\+\d+$/i.test(cell);
}

/** Without the apostrophe by which spreadsheets, and the file that we give back, keep a formula from running. */
function tidy(cell: string): string {
  return cell
    .normalize('NFC')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b\ufeff]/g, '')
    .trim()
    .replace(/^'(?=[=+\-@\t\r＝＋－＠])/, '');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
