import { describe, expect, test } from 'vitest';
import type { ColumnUse } from '../../src/imports/columns.ts';
import { readRow, rowKey } from '../../src/imports/row-draft.ts';
import { draftOf, type LeadDraft } from '../../src/intake/draft.ts';

/** @param row label of a column, its use, and the cell */
function reading(row: [label: string, use: ColumnUse, cell: string][]): ReturnType<typeof readRow> {
  const columns = row.map(([label, use]) => ({ label, use }));
  return readRow(
    row.map(([, , cell]) => cell),
    { columns, source: 'spring fair' },
  );
}

function draft(...row: [label: string, use: ColumnUse, cell: string][]): LeadDraft {
  const read = reading(row);
  if ('reason' in read) throw new Error(read.reason);
  return read.draft;
}

function reason(...row: [label: string, use: ColumnUse, cell: string][]): string {
  const read = reading(row);
  return 'reason' in read ? read.reason : 'it was read';
}

const mail: [string, ColumnUse, string] = ['Email', 'email', 'ada@analytical.example'];

describe('a row becomes a draft', () => {
  test('with every field in its place', () => {
    expect(
      draft(
        ['First', 'firstName', ' Ada '],
        ['Last', 'lastName', 'Lovelace'],
        ['Mail', 'email', 'mailto:Ada+fair@Analytical.example'],
        ['Tel', 'phone', '+49 (0)30 90 18 20'],
        ['Company', 'account', 'Analytical  Engines'],
        ['Role', 'title', 'Programmer'],
        ['Form', 'form', 'Demo'],
        ['Page', 'page', 'https://x.example/demo'],
        ['Campaign', 'campaign', 'Spring'],
        ['Message', 'message', 'Please call.\nThank you'],
        ['Seats', 'detail', '40'],
        ['Internal', 'skip', 'secret'],
      ),
    ).toEqual({
      name: 'Ada Lovelace',
      email: 'ada+fair@analytical.example',
      phone: '+4930901820',
      account: 'Analytical Engines',
      title: 'Programmer',
      source: 'spring fair',
      form: 'Demo',
      page: 'https://x.example/demo',
      campaign: 'Spring',
      message: 'Please call.\nThank you',
      details: [{ label: 'Seats', value: '40' }],
    });
  });

  test('a source column goes before the source of the form', () => {
    expect(draft(mail, ['Source', 'source', 'Webinar']).source).toBe('Webinar');
    expect(draft(mail, ['Source', 'source', '']).source).toBe('spring fair');
  });

  test('a full name goes before its parts', () => {
    expect(draft(mail, ['First', 'firstName', 'A.'], ['Name', 'name', 'Ada Lovelace']).name).toBe(
      'Ada Lovelace',
    );
  });

  test('a second mail address or number is kept as an answer, the same one is not', () => {
    const read = draft(
      mail,
      ['Work email', 'email', 'countess@lovelace.example'],
      ['Email again', 'email', 'ADA@analytical.example'],
      ['Phone', 'phone', '+4930901820'],
      ['Mobile', 'phone', '+49 170 1234567'],
    );
    expect(read.email).toBe('ada@analytical.example');
    expect(read.details).toEqual([
      { label: 'Work email', value: 'countess@lovelace.example' },
      { label: 'Mobile', value: '+49 170 1234567' },
    ]);
  });

  test('several addresses in one cell: the first is the person’s, the others are kept', () => {
    const read = draft(['Email', 'email', 'ada@x.example; bob@x.example, cid@x.example']);
    expect(read).toEqual(
      draftOf({
        email: 'ada@x.example',
        source: 'spring fair',
        details: [{ label: 'Email', value: 'bob@x.example, cid@x.example' }],
      }),
    );
  });

  test('an address that can’t be read is kept when there is a phone number', () => {
    const read = draft(['Email', 'email', 'ada at analytical'], ['Phone', 'phone', '+4930901820']);
    expect([read.email, read.phone]).toEqual([null, '+4930901820']);
    expect(read.details).toEqual([{ label: 'Email', value: 'ada at analytical' }]);
  });

  test.each([
    '=HYPERLINK("http://evil.example","Ada")',
    '+cmd|calc',
    '@SUM(A1:A9)',
    "-2+3+cmd|' /C calc'!A0",
  ])('the formula %s is nobody’s name, company or address; elsewhere it is text like any other', (cell) => {
    for (const written of [cell, `'${cell}`]) {
      expect(reason(mail, ['Name', 'name', written])).toBe('The name looks like a formula');
      expect(reason(mail, ['Surname', 'lastName', written])).toBe('The name looks like a formula');
      expect(reason(mail, ['Firm', 'account', written])).toBe('The company looks like a formula');
      expect(reason(['Email', 'email', written])).toBe('The mail address looks like a formula');
      expect(draft(mail, ['Message', 'message', written]).message).toBe(cell);
    }
  });

  test.each(['@home', '+Plus (Berlin)', '-', '- Ada -', '+49 30 901820', '@ada_lovelace'])(
    '%s is no formula',
    (cell) => {
      expect(draft(mail, ['Company', 'account', cell]).account).toBe(cell);
    },
  );

  test('cells that are missing at the end of a row are empty', () => {
    const columns = [mail, ['Name', 'name', '']].map(([label, use]) => ({ label, use })) as never;
    expect(readRow(['ada@analytical.example'], { columns, source: 'x' })).toHaveProperty('draft');
  });

  test('a long message and a long answer are cut, with a sign that they were', () => {
    const read = draft(mail, ['Message', 'message', 'm'.repeat(5000)], ['Other', 'detail', 'd'.repeat(5000)]);
    expect(read.message).toBe(`${'m'.repeat(2999)}…`);
    expect(read.details[0]?.value).toBe(`${'d'.repeat(499)}…`);
  });

  test('at most 20 extra answers are kept', () => {
    const many = Array.from({ length: 30 }, (_, index): [string, ColumnUse, string] => [
      `Q${index}`,
      'detail',
      'yes',
    ]);
    expect(draft(mail, ...many).details).toHaveLength(20);
  });
});

describe('a row that can’t be a lead says why', () => {
  test.each<[string, string, string, string]>([
    ['nothing', '', '', 'There is no mail address and no phone number'],
    ['no mail', 'ada@analytical', '', '“ada@analytical” is not a mail address, and there is no phone number'],
    ['no phone', '', 'call me', '“call me” is not a phone number, and there is no mail address'],
    ['neither', 'n/a', 'n/a', '“n/a” is not a mail address, and “n/a” not a phone number'],
    ['shortened', '', '4.93091E+11', 'A spreadsheet has shortened the phone number to “4.93091E+11”'],
  ])('%s', (_name, email, phone, sentence) => {
    expect(reason(['Name', 'name', 'Ada'], ['Email', 'email', email], ['Phone', 'phone', phone])).toContain(
      sentence,
    );
  });

  test('more cells than headings: no cell is taken for another column’s', () => {
    const columns = [{ label: 'Email', use: 'email' as const }];
    expect(readRow(['ada@x.example', '', ''], { columns, source: 'x' })).toHaveProperty('draft');
    expect(readRow(['ada@x.example', ' Engines', ''], { columns, source: 'x' })).toEqual({
      reason:
        'The row has 3 cells, the headings are 1: put cells with a delimiter in them into quotation marks',
    });
  });

  test('a name as long as a page', () => {
    expect(reason(mail, ['Name', 'name', 'x'.repeat(5000)])).toBe(
      'The cell “Name” has 5000 characters: is a quotation mark missing?',
    );
  });
});

describe('the key of a row', () => {
  test('is the same for what a person would call the same', () => {
    const key = rowKey(['Ada Lovelace', 'ada@x.example', '+49 30 1']);
    expect(rowKey([' ada  lovelace', 'ADA@x.example ', "'+49 30 1", '', ''])).toBe(key);
  });

  test('is another when anything is another, or stands in another column', () => {
    const rows = [['a', 'b'], ['ab'], ['a', '', 'b'], ['b', 'a'], ['a b']];
    expect(new Set(rows.map(rowKey)).size).toBe(rows.length);
  });
});
