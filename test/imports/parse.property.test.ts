import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Refusal } from '../../src/errors.ts';
import { type ColumnUse, columnUses } from '../../src/imports/columns.ts';
import { type Encoding, encodingOf } from '../../src/imports/decode.ts';
import { delimiterOf } from '../../src/imports/delimiter.ts';
import { readRows } from '../../src/imports/read-rows.ts';
import { recognise } from '../../src/imports/recognise.ts';
import { rejectedRows } from '../../src/imports/rejected.ts';
import { readRow } from '../../src/imports/row-draft.ts';

async function allRows(bytes: Buffer, delimiter: string, encoding: Encoding = 'utf-8'): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const row of readRows(bytes, { encoding, delimiter })) rows.push(row);
  return rows;
}

/** What could break a reader: its own signs, line ends, formulas, other alphabets, long runs. */
const cell = fc.oneof(
  fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', '')),
  fc.constantFrom(
    '"',
    '""',
    ',',
    ';',
    '\t',
    '|',
    '\n',
    '\r',
    '\r\n',
    "'",
    '=1+1',
    'ü€😀',
    'sep=;',
    '\ufeff',
    ' ',
  ),
  fc
    .array(fc.constantFrom('"', ',', ';', '\n', 'a', '|', '\t'), { maxLength: 20 })
    .map((parts) => parts.join('')),
);
const delimiter = fc.constantFrom(',', ';', '\t', '|');

test('any bytes are read or refused in a sentence', async () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 2000 }).map((array) => Buffer.from(array)),
    fc.array(cell, { maxLength: 60 }).map((parts) => Buffer.from(parts.join(''))),
    fc.array(cell, { maxLength: 60 }).map((parts) => Buffer.from(`\ufeff${parts.join('')}`, 'utf16le')),
  );
  await fc.assert(
    fc.asyncProperty(bytes, async (content) => {
      const outcome = await recognise(content).catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(Refusal);
      else expect(outcome).toMatchObject({ rows: expect.any(Number) as number });
    }),
    { numRuns: 500 },
  );
});

test('what was written in a cell is read in that cell, and in no other', async () => {
  const table = fc
    .integer({ min: 1, max: 6 })
    .chain((width) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 20 }),
    );
  await fc.assert(
    fc.asyncProperty(table, delimiter, fc.constantFrom('\n', '\r\n', '\r'), async (cells, sign, lineEnd) => {
      // A first cell keeps the row from being empty, and from looking like a `sep=` line.
      const rows = cells.map((row, index) => [`row ${index}`, ...row]);
      const text = stringify(rows, { delimiter: sign, record_delimiter: lineEnd, quoted: true });
      expect(await allRows(Buffer.from(text), sign)).toEqual(
        rows.map((row) => row.map((value) => wellFormed(value))),
      );
    }),
    { numRuns: 300 },
  );
});

test('what we give back reads as what was put in, but for the apostrophes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 6 }), delimiter, async (cells, sign) => {
      const csv = rejectedRows([{ reason: 'why', cells }], sign);
      const [row = []] = await allRows(Buffer.from(csv), sign);
      const expected = ['why', ...cells.map(wellFormed)];
      expect(row.map((value, index) => (value === `'${expected[index]}` ? value.slice(1) : value))).toEqual(
        expected,
      );
    }),
    { numRuns: 300 },
  );
});

test('each field of a draft comes from its own column', () => {
  const uses = fc.array(fc.constantFrom(...(Object.keys(columnUses) as ColumnUse[])), {
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(uses, (chosen) => {
      // Every cell is a word of its own, so that it can be found again.
      const cells = chosen.map((use, index) =>
        use === 'email'
          ? `c${index}x@mail.example`
          : use === 'phone'
            ? `+49 30 90182${10 + index}`
            : `c${index}x`,
      );
      const columns = chosen.map((use, index) => ({ label: `L${index}`, use }));
      const reading = readRow(cells, { columns, source: 'none' });
      if ('reason' in reading) {
        expect(chosen.includes('email') || chosen.includes('phone')).toBe(false);
        return;
      }
      const { draft } = reading;
      const placed = { ...draft, firstName: draft.name, lastName: draft.name, detail: null, skip: null };
      for (const [index, use] of chosen.entries()) {
        const mark = new RegExp(`c${index}x`);
        for (const [field, value] of Object.entries(placed)) {
          if (typeof value !== 'string' || !mark.test(value)) continue;
          const own = field === use || (field === 'name' && ['firstName', 'lastName'].includes(use));
          expect(
            own || (field.endsWith('Name') && ['name', 'firstName', 'lastName'].includes(use)),
            field,
          ).toBe(true);
        }
        if (use === 'skip') expect(JSON.stringify(draft)).not.toMatch(mark);
      }
      for (const { label, value } of draft.details) {
        expect(value).toBe(cells[Number(label.slice(1))]);
      }
    }),
  );
});

test('a row of any cells becomes a draft that can be reached, or a reason', () => {
  const uses = fc.array(fc.constantFrom(...(Object.keys(columnUses) as ColumnUse[])), { maxLength: 12 });
  fc.assert(
    fc.property(uses, fc.array(cell, { maxLength: 14 }), (chosen, cells) => {
      const reading = readRow(cells, { columns: chosen.map((use) => ({ label: use, use })), source: 'none' });
      if ('reason' in reading) expect(reading.reason).not.toBe('');
      else expect(reading.draft.email ?? reading.draft.phone).not.toBeNull();
    }),
  );
});

test('the delimiter and the encoding of any text are found without an error', () => {
  fc.assert(
    fc.property(
      fc.array(cell).map((parts) => parts.join('')),
      fc.boolean(),
      (text, isWhole) => {
        expect([',', ';', '\t', '|']).toContain(delimiterOf(text, isWhole));
        if (text.length > 0)
          expect(['utf-8', 'windows-1252']).toContain(safely(() => encodingOf(Buffer.from(text))));
      },
    ),
  );
});

/** Half a surrogate pair can't be written to a file. */
function wellFormed(text: string): string {
  return text.toWellFormed();
}

function safely(run: () => string): string {
  try {
    return run();
  } catch (error) {
    if (error instanceof Refusal) return 'utf-8';
    throw error;
  }
}
