import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { harmless, rejectedHeader, rejectedRows } from '../../src/imports/rejected.ts';

test('rows go back with their reason first and their own cells behind it', () => {
  const csv =
    rejectedHeader(['Name', 'Email'], ';') +
    rejectedRows([{ cells: ['Lovelace; Ada', 'a "b"\nc'], reason: 'No mail' }], ';');
  expect(csv.startsWith('\ufeffReason;Name;Email\r\n')).toBe(true);
  expect(parse(csv, { delimiter: ';', bom: true })).toEqual([
    ['Reason', 'Name', 'Email'],
    ['No mail', 'Lovelace; Ada', 'a "b"\nc'],
  ]);
});

test.each([
  '=HYPERLINK("http://evil.example")',
  '+cmd|calc',
  '@SUM(A1)',
  '-1+1',
  '\t=1',
  ' =1+1',
  '＝1+1',
  '+49-30-901820',
  '+1+2',
])('a spreadsheet does not run %j', (cell) => {
  expect(harmless(cell)).toBe(`'${cell}`);
});

test.each(['+49 30 901820', '+4930901820', '+49 (30) 901820', 'Ada', '5-3', 'a=b', ''])(
  '%j stays as it is',
  (cell) => {
    expect(harmless(cell)).toBe(cell);
  },
);
