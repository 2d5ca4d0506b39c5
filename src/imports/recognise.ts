import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { Refusal } from '../errors.ts';
import { emailsIn } from '../intake/email.ts';
import { fieldKey } from '../intake/labels.ts';
import { looksLikePhone } from '../intake/phone.ts';
import { type ColumnUse, guessUses } from './columns.ts';
import { emptyFile, type Encoding, encodingOf, namedDelimiter, textPieces } from './decode.ts';
import { delimiterOf } from './delimiter.ts';
import { readRows } from './read-rows.ts';

export const mostBytes = 20_000_000;
export const mostRows = 200_000;
const mostColumns = 500;
/** So many rows are looked at to find out what the columns are. */
const sampleRows = 100;

export interface FileFormat {
  encoding: Encoding;
  delimiter: string;
  hasHeadings: boolean;
  /** One for each column; `Column 3` where it has no heading. */
  labels: string[];
}

export interface Recognised {
  format: FileFormat;
  guess: ColumnUse[];
  /** The first rows below the headings. */
  sample: string[][];
  rows: number;
  /** Of the bytes: the same file again has the same. */
  hash: string;
}

/**
 * Reads the whole file once, before anything of it is kept: what it is, and whether every row can be read.
 * @throws Refusal that says what is wrong with it and how to mend that
 */
export async function recognise(bytes: Buffer): Promise<Recognised> {
  const encoding = encodingOf(bytes);
  const delimiter = namedDelimiter(bytes, encoding) ?? guessDelimiter(bytes, encoding);
  const first: string[][] = [];
  let rows = 0;
  for await (const row of readRows(bytes, { encoding, delimiter })) {
    if (row.length > mostColumns) {
      throw new Refusal(
        `Row ${rows + 1} has ${row.length.toLocaleString('en')} columns; ${mostColumns} are the most. Keep those that matter and import the file again.`,
      );
    }
    if (first.length <= sampleRows) first.push(row);
    rows += 1;
    if (rows > mostRows + 1) throw tooManyRows();
  }
  const hasHeadings = firstIsHeadings(first);
  const sample = hasHeadings ? first.slice(1) : first;
  if (hasHeadings) rows -= 1;
  if (rows > mostRows) throw tooManyRows();
  if (first.length === 0) throw new Refusal(emptyFile);
  if (rows === 0) {
    throw new Refusal(
      'This file has headings, but no rows under them. Put one person in each row and import it again.',
    );
  }
  const headings = headingsOf(first, hasHeadings);
  const guess = guessUses(headings, sample);
  if (!hasHeadings && !guess.includes('email') && !guess.includes('phone')) {
    throw new Refusal(
      'I found no headings in this file, no mail addresses and no phone numbers. Put headings in its first row, for instance First name, Last name, Email, Company, and import it again.',
    );
  }
  const labels = headings.map((heading, index) => heading || `Column ${index + 1}`);
  return {
    format: { encoding, delimiter, hasHeadings, labels },
    guess,
    sample,
    rows,
    hash: await hashOf(bytes),
  };
}

function tooManyRows(): Refusal {
  return new Refusal(
    `This file has more than ${mostRows.toLocaleString('en')} rows. Split it and import the parts one after the other.`,
  );
}

function guessDelimiter(bytes: Buffer, encoding: Encoding): string {
  const pieces = textPieces(bytes, encoding);
  const start = pieces.next().value ?? '';
  return delimiterOf(start, !pieces.next().value);
}

/** In parts: a large file takes longer than a click may wait. */
async function hashOf(bytes: Buffer): Promise<string> {
  const hash = createHash('sha256');
  for (let from = 0; from < bytes.length; from += 1_000_000) {
    hash.update(bytes.subarray(from, from + 1_000_000));
    await setImmediate();
  }
  return hash.digest('base64url');
}

/** Whether the first row names what stands below it: a label we know, or words above mail addresses or numbers. */
function firstIsHeadings([first = [], ...rest]: readonly string[][]): boolean {
  if (first.some((cell) => isContact(cell.trim()))) return false;
  if (first.some((cell) => fieldKey(cell) !== null)) return true;
  return first.some((cell, index) => {
    const below = rest.map((row) => row[index]?.trim() ?? '').filter((value) => value !== '');
    return cell.trim() !== '' && below.length > 0 && below.filter(isContact).length * 2 >= below.length;
  });
}

function isContact(cell: string): boolean {
  return emailsIn(cell).length > 0 || looksLikePhone(cell);
}

/**
 * One for each column, empty where there is none. Without headings, as many as the widest of the first rows has;
 * columns at the end with neither heading nor content (the delimiters that spreadsheets leave there) are none.
 */
function headingsOf(first: readonly string[][], hasHeadings: boolean): string[] {
  const width = hasHeadings ? (first[0]?.length ?? 0) : Math.max(...first.map((row) => row.length));
  const headings = Array.from({ length: width }, (_, index) =>
    hasHeadings ? (first[0]?.[index] ?? '').replace(/\s+/g, ' ').trim() : '',
  );
  const isUsed = (index: number): boolean => first.some((row) => (row[index] ?? '').trim() !== '');
  while (headings.length > 1 && !isUsed(headings.length - 1)) headings.pop();
  return headings;
}
