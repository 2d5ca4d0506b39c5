import { pipeline, Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse';
import { Refusal } from '../errors.ts';
import { type Encoding, textPieces } from './decode.ts';

/** A longer row is a quotation mark that is missing somewhere, or no list of people. */
const mostCharactersInRow = 250_000;

/**
 * The rows of a file one after the other, headings included, empty ones left out: cells as they are written. Reading
 * pauses while nobody asks for the next row, and lets others have their turn between two pieces of the text.
 * @throws Refusal for a quotation mark that never closes, or a row without end
 */
export async function* readRows(
  bytes: Buffer,
  { encoding, delimiter }: { encoding: Encoding; delimiter: string },
): AsyncGenerator<string[]> {
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    // A quotation mark inside a cell (5" pipe) is a character like any other.
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    max_record_size: mostCharactersInRow,
  });
  // An error on either side destroys both, and comes out of the loop below.
  pipeline(Readable.from(inTurns(bytes, encoding), { highWaterMark: 1 }), parser, () => undefined);
  try {
    for await (const row of parser as AsyncIterable<string[]>) yield row;
  } catch (error) {
    throw error instanceof CsvError ? inWords(error) : error;
  }
}

/** By pieces and not by rows: a file may have long rows, or a million empty ones that are left out. */
async function* inTurns(bytes: Buffer, encoding: Encoding): AsyncGenerator<string> {
  for (const piece of textPieces(bytes, encoding)) {
    await setImmediate();
    yield piece;
  }
}

function inWords(error: CsvError): Error {
  // Counted by the parser, the headings included: rows that were still to be fetched go with the error.
  const row = Number(error['records']) + 1;
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') {
    return new Refusal(
      `In row ${row} a quotation mark (") opens and never closes. Close it or remove it, and import the file again.`,
    );
  }
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    return new Refusal(
      `Row ${row} is longer than ${mostCharactersInRow.toLocaleString('en')} characters. Most often a quotation mark (") is missing there, or one is too many. Mend that row and import the file again.`,
    );
  }
  return error;
}
