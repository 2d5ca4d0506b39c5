import { isUtf8 } from 'node:buffer';
import { Refusal } from '../errors.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** What the person reads about it. */
export const encodingNames: Record<Encoding, string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'Windows-1252',
};

const excel =
  'This is an Excel file, whatever its name says. Open it, save it as *CSV UTF-8*, and import that file.';
const notText =
  'This is not a text file, so I can’t read rows from it. Save the list as *CSV UTF-8* and import that file.';
const pieceBytes = 32_768;

/**
 * How the file's bytes are to be read: a byte order mark decides, else UTF-8 where all of it is valid, else
 * Windows-1252, what Excel writes in Western Europe.
 * @throws Refusal for what is no text: an archive, a spreadsheet, anything with NUL bytes
 */
export function encodingOf(bytes: Buffer): Encoding {
  if (bytes.length === 0) throw new Refusal(emptyFile);
  refuseArchive(bytes);
  const marked = markedEncoding(bytes);
  if (marked !== undefined) return marked;
  if (bytes.includes(0)) {
    throw new Refusal(
      'There are NUL bytes in this file, so it is no plain text. Save the list as *CSV UTF-8* and import that file.',
    );
  }
  if (isMostlyControls(bytes.subarray(0, 65_536))) throw new Refusal(notText);
  return isUtf8(bytes) ? 'utf-8' : 'windows-1252';
}

export const emptyFile = 'This file is empty. Choose another one.';

/**
 * The text, in pieces of at most 32 KB, without its byte order mark. A line `sep=;`, by which Excel is told the
 * delimiter, is left out.
 * @throws Refusal at a NUL character
 */
export function* textPieces(bytes: Buffer, encoding: Encoding): Generator<string, undefined> {
  const decoder = new TextDecoder(encoding);
  let isFirst = true;
  for (let from = 0; from <= bytes.length; from += pieceBytes) {
    const isLast = from + pieceBytes > bytes.length;
    const piece = decoder.decode(bytes.subarray(from, from + pieceBytes), { stream: !isLast });
    if (piece.includes('\0')) throw new Refusal(notText);
    yield isFirst ? piece.replace(sepLine, '') : piece;
    isFirst = false;
  }
  return undefined;
}

const sepLine = /^\s*"?sep=(.)"?[ \t]*(?:\r\n|\n|\r|$)/i;

/** The delimiter that a first line such as `sep=;` names. */
export function namedDelimiter(bytes: Buffer, encoding: Encoding): string | undefined {
  const start = new TextDecoder(encoding).decode(bytes.subarray(0, 64));
  return sepLine.exec(start)?.[1];
}

function markedEncoding(bytes: Buffer): Encoding | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

function refuseArchive(bytes: Buffer): void {
  const isZip = bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'));
  if (isZip && (bytes.includes('[Content_Types].xml') || bytes.includes('xl/'))) throw new Refusal(excel);
  if (isZip && bytes.includes('opendocument.spreadsheet')) {
    throw new Refusal('This is an OpenDocument spreadsheet. Save it as *CSV* and import that file.');
  }
  if (isZip) throw new Refusal('This is a zip archive. Unpack it and import the CSV file that is in it.');
  if (bytes.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))) throw new Refusal(excel);
}

/** Whether more than one byte in a hundred is a control character other than tab, line feed, form feed and return. */
function isMostlyControls(start: Buffer): boolean {
  let controls = 0;
  for (const byte of start) {
    if (byte < 9 || byte === 11 || (byte > 13 && byte < 32) || byte === 127) controls += 1;
  }
  return controls * 100 > start.length;
}
