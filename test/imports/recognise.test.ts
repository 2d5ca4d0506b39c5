import { describe, expect, test } from 'vitest';
import { Refusal } from '../../src/errors.ts';
import { type Recognised, recognise } from '../../src/imports/recognise.ts';

function read(text: string, encoding: BufferEncoding = 'utf8'): Promise<Recognised> {
  return recognise(Buffer.from(text, encoding));
}

async function refusal(bytes: Buffer | string): Promise<string> {
  const said = await recognise(Buffer.from(bytes)).then(
    () => 'it was read',
    (error: unknown) => error,
  );
  if (!(said instanceof Refusal)) throw new Error(`Not refused in a sentence: ${String(said)}`);
  return said.message;
}

const list = 'Name;Email;Company\r\nJürgen Müller;juergen@muster.example;Straße & Söhne\r\n';

describe('the encoding', () => {
  test.each([
    ['UTF-8', Buffer.from(list), 'utf-8'],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${list}`), 'utf-8'],
    ['UTF-16, little end first', Buffer.from(`\ufeff${list}`, 'utf16le'), 'utf-16le'],
    ['UTF-16, big end first', Buffer.from(`\ufeff${list}`, 'utf16le').swap16(), 'utf-16be'],
    ['Windows-1252', Buffer.from(list, 'latin1'), 'windows-1252'],
  ])('%s is read right', async (_name, bytes, encoding) => {
    const { format, sample } = await recognise(bytes);
    expect(format.encoding).toBe(encoding);
    expect(format.labels).toEqual(['Name', 'Email', 'Company']);
    expect(sample).toEqual([['Jürgen Müller', 'juergen@muster.example', 'Straße & Söhne']]);
  });

  test('what Windows-1252 has beyond Latin-1 is read right: dashes, quotes, the euro', async () => {
    const bytes = Buffer.concat([
      Buffer.from('Email,Message\nada@analytical.example,'),
      Buffer.from([0x93, 0x80, 0x20, 0x96, 0x94, 0x0a]),
    ]);
    expect((await recognise(bytes)).sample).toEqual([['ada@analytical.example', '“€ –”']]);
  });

  test('a character on the border of two pieces is read whole', async () => {
    const filler = 'ü'.repeat(5000);
    const rows = Array.from({ length: 40 }, (_, row) => `a${row}@x.example,x${filler}`);
    const { sample } = await read(`Email,Message\n${rows.join('\n')}\n`);
    expect(new Set(sample.map((row) => row[1]))).toEqual(new Set([`x${filler}`]));
  });
});

describe('the delimiter', () => {
  test.each([',', ';', '\t', '|'])('%j is found', async (delimiter) => {
    const text = ['Name,Email,Company', 'Ada,ada@x.example,Engines', 'Grace,grace@x.example,Navy'].join('\n');
    const { format, sample } = await read(text.replaceAll(',', delimiter));
    expect(format.delimiter).toBe(delimiter);
    expect(sample[1]).toEqual(['Grace', 'grace@x.example', 'Navy']);
  });

  test('commas inside of cells don’t count', async () => {
    const { format, sample } = await read(
      'Name;Email\nLovelace, Ada;ada@x.example\nHopper, Grace;grace@x.example\n',
    );
    expect(format.delimiter).toBe(';');
    expect(sample[0]).toEqual(['Lovelace, Ada', 'ada@x.example']);
  });

  test('delimiters and line ends inside of quotation marks don’t count', async () => {
    const { format, rows, sample } = await read(
      'Email,Message\nada@x.example,"one; two; three\nfour; ""five""; six; seven"\ngrace@x.example,"eight; nine"\n',
    );
    expect([format.delimiter, rows]).toEqual([',', 2]);
    expect(sample[0]).toEqual(['ada@x.example', 'one; two; three\nfour; "five"; six; seven']);
  });

  test('a first line `sep=;` is honoured and is no row', async () => {
    const { format, sample } = await read('sep=|\r\nName|Email\r\nAda, B, C|ada@x.example\r\n');
    expect(format).toMatchObject({ delimiter: '|', labels: ['Name', 'Email'] });
    expect(sample).toEqual([['Ada, B, C', 'ada@x.example']]);
  });

  test('a single column needs none', async () => {
    const { format, rows } = await read('Email\nada@x.example\ngrace@x.example\n');
    expect(format.labels).toEqual(['Email']);
    expect(rows).toBe(2);
  });

  test('a quotation mark inside of a cell is a character', async () => {
    const { sample } = await read('Name,Email,Message\nAda,ada@x.example,a 5" pipe\n');
    expect(sample).toEqual([['Ada', 'ada@x.example', 'a 5" pipe']]);
  });
});

describe('the columns', () => {
  test('headings in several languages say what a column is', async () => {
    const { guess } = await read(
      'Vorname;Nachname;E-Mail;Telefon;Firma;Position;Nachricht\nAda;Lovelace;ada@x.example;+49 30 901820;Engines;Chefin;Hallo\n',
    );
    expect(guess).toEqual(['firstName', 'lastName', 'email', 'phone', 'account', 'title', 'message']);
  });

  test.each(['Notiz', 'Notizen', 'Bemerkung', 'Kommentar', 'Kommentare'])(
    '%s is a message',
    async (heading) => {
      const { guess } = await read(`E-Mail;${heading}\nada@x.example;ruft zurück\n`);
      expect(guess).toEqual(['email', 'message']);
    },
  );

  test('a customer number in a file without headings is no phone number', async () => {
    const { guess } = await read('ada@x.example,4711000,+49 30 901820\ngrace@x.example,4711001,030 901821\n');
    expect(guess).toEqual(['email', 'skip', 'phone']);
  });

  test('form, page and campaign are told apart', async () => {
    const { guess } = await read(
      'Email,Form name,Page URL,UTM campaign,Lead source\nada@x.example,Demo,https://x.example/demo,spring,Fair\n',
    );
    expect(guess).toEqual(['email', 'form', 'page', 'campaign', 'source']);
  });

  test('a heading we don’t know is kept, one of our own side and an empty one are left out', async () => {
    const { guess } = await read(
      'Email,Number of seats,Contact owner,Favourite tea\nada@x.example,40,mona@acme.example,\n',
    );
    expect(guess).toEqual(['email', 'detail', 'skip', 'skip']);
  });

  test('headings in a language we don’t know are headings: mail addresses stand below one of them', async () => {
    const { format, guess, rows } = await read(
      'Imię;Sähköposti\nAda;ada@analytical.example\nGrace;grace@navy.example\n',
    );
    expect([format.hasHeadings, rows, guess[1]]).toEqual([true, 2, 'email']);
  });

  test('without headings, what stands in a column says what it is', async () => {
    const { format, guess, rows } = await read(
      'Ada Lovelace,Analytical Engines,ada.lovelace@analytical.example,+49 30 901820,red\nGrace Hopper,Navy Yard,grace@navy.example,+1 212 555 0100,blue\n',
    );
    expect([format.hasHeadings, rows]).toEqual([false, 2]);
    expect(guess).toEqual(['name', 'account', 'email', 'phone', 'skip']);
    expect(format.labels[4]).toBe('Column 5');
  });

  test('first and last names without headings are told by the mail address', async () => {
    const { guess } = await read(
      'Ada,Lovelace,ada.lovelace@x.example\nGrace,Hopper,grace.hopper@x.example\n',
    );
    expect(guess).toEqual(['firstName', 'lastName', 'email']);
  });

  test('delimiters that a spreadsheet leaves behind are no columns', async () => {
    const { format, rows } = await read('Name;Email;;\nAda;ada@x.example;;\n;;;\n\n');
    expect(format.labels).toEqual(['Name', 'Email']);
    expect(rows).toBe(1);
  });

  test('the column of reasons in what we gave back is left out', async () => {
    expect((await read('Reason,Email\nWhy,ada@x.example\n')).guess).toEqual(['skip', 'email']);
  });
});

describe('a file that can’t be imported is refused with what to do', () => {
  const zip = (content: string): Buffer => Buffer.from(`PK\x03\x04\x14\0${content}`, 'latin1');

  test.each<[string, Buffer | string, string]>([
    ['an empty file', '', 'This file is empty.'],
    ['nothing but a byte order mark and blank lines', '\ufeff\r\n \r\n', 'This file is empty.'],
    ['only headings', 'Name,Email\n', 'This file has headings, but no rows under them.'],
    ['no heading and nothing recognisable', 'apple,pear\nplum,cherry\n', 'I found no headings in this file'],
    [
      'an Excel file by another name',
      zip('[Content_Types].xml'),
      'This is an Excel file, whatever its name says.',
    ],
    ['an old Excel file', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'This is an Excel file'],
    [
      'an OpenDocument spreadsheet',
      zip('mimetypeapplication/vnd.oasis.opendocument.spreadsheet'),
      'OpenDocument',
    ],
    ['a zip renamed to .csv', zip('leads.csv'), 'This is a zip archive. Unpack it'],
    [
      'a binary file',
      Buffer.from(Array.from({ length: 3000 }, (_, index) => 1 + (index % 31))),
      'not a text file',
    ],
    ['NUL bytes', 'Name,Email\nAda,ada@x.example\0\n', 'There are NUL bytes in this file'],
    [
      'NUL characters in UTF-16',
      Buffer.from('\ufeffName,Email\nAda,ada@x.example\0\n', 'utf16le'),
      'not a text file',
    ],
    [
      'UTF-16 without a mark',
      Buffer.from('Name,Email\nAda,ada@x.example\n', 'utf16le'),
      'There are NUL bytes',
    ],
    [
      'an unclosed quotation mark',
      'Name,Email\nAda,ada@x.example\n"Grace,grace@x.example\n',
      'In row 3 a quotation mark',
    ],
    [
      'a single cell of 3 MB',
      `Name,Email\nAda,${'x'.repeat(3_000_000)}\n`,
      'Row 2 is longer than 250,000 characters.',
    ],
    [
      '5,000 columns',
      `Email${',x'.repeat(4999)}\nada@x.example\n`,
      'Row 1 has 5,000 columns; 500 are the most.',
    ],
    [
      'more than 200,000 rows',
      `Email\n${'a@x.example\n'.repeat(200_001)}`,
      'more than 200,000 rows. Split it',
    ],
  ])('%s', async (_name, bytes, sentence) => {
    expect(await refusal(bytes)).toContain(sentence);
  });

  test('200,000 rows are not too many', async () => {
    expect((await read(`Email\n${'a@x.example\n'.repeat(200_000)}`)).rows).toBe(200_000);
  });
});

test('the same bytes have the same hash, others another', async () => {
  const [first, again, other] = [await read(list), await read(list), await read(`${list}\n`)];
  expect(again.hash).toBe(first.hash);
  expect(other.hash).not.toBe(first.hash);
});
