import { stringify } from 'csv-stringify/sync';
import { looksLikePhone } from '../intake/phone.ts';
import { reasonHeading } from './columns.ts';

export interface BadRow {
  /** As they stand in the file that was put in. */
  cells: readonly string[];
  reason: string;
}

/** The first line of the CSV that goes back: a byte order mark, without which Excel misreads accents, and headings. */
export function rejectedHeader(labels: readonly string[], delimiter: string): string {
  return `\ufeff${lines([[reasonHeading, ...labels]], delimiter)}`;
}

/** Rows that were not imported, each with its reason in the first column and its own cells behind it. */
export function rejectedRows(rows: readonly BadRow[], delimiter: string): string {
  return lines(
    rows.map(({ reason, cells }) => [reason, ...cells]),
    delimiter,
  );
}

function lines(rows: readonly (readonly string[])[], delimiter: string): string {
  const options = { delimiter, record_delimiter: '\r\n', quoted_match: /[\r\n]|^\s|\s$|^$/ };
  return stringify(
    rows.map((row) => row.map(harmless)),
    options,
  );
}

/**
 * A cell that a spreadsheet would take for a formula gets an apostrophe in front, and so becomes text; reading the
 * file again takes it away. A phone number with a country code keeps its plus where nothing in it can be computed:
 * digits, spaces and brackets alone (`+49 30 901820`). With a hyphen or slash a spreadsheet would subtract or divide.
 */
export function harmless(cell: string): string {
  const isFormula = /^\s*[=+\-@＝＋－＠]|^[\t\r]/.test(cell);
  const isPhone = /^\+\d[\d ()]*$/.test(cell) && looksLikePhone(cell);
  return isFormula && !isPhone ? `'${cell}` : cell;
}
