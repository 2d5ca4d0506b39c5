import { emailsIn } from '../intake/email.ts';
import { fieldKey, namesOurSide, plainLabel } from '../intake/labels.ts';
import { looksLikePhone } from '../intake/phone.ts';
import { mostDetails } from './row-draft.ts';

/** What a column can be, in the order of the menu. */
export const columnUses = {
  firstName: 'First name',
  lastName: 'Last name',
  name: 'Name',
  email: 'Email',
  phone: 'Phone',
  account: 'Company',
  title: 'Job title',
  source: 'Source',
  form: 'Form',
  page: 'Page',
  campaign: 'Campaign',
  message: 'Message',
  detail: 'Keep as extra answer',
  skip: 'Leave out',
} as const;

export type ColumnUse = keyof typeof columnUses;

export function isColumnUse(text: string): text is ColumnUse {
  return Object.hasOwn(columnUses, text);
}

/** The heading of the first column in what we give back; correcting such a file and importing it again is the point. */
export const reasonHeading = 'Reason';

/**
 * A first guess for each column: by its heading, else by what stands in it. In a file without headings, what nobody
 * can tell is left out.
 * @param headings empty text where a column has none
 */
export function guessUses(headings: readonly string[], rows: readonly (readonly string[])[]): ColumnUse[] {
  const columns = headings.map((_, index) => rows.map((row) => (row[index] ?? '').trim()));
  const uses = headings.map((heading, index) => byHeading(heading, index));
  const take = (use: ColumnUse, test: (values: string[], index: number) => boolean): void => {
    if (uses.includes(use)) return;
    const index = uses.findIndex((known, place) => known === undefined && test(columns[place] ?? [], place));
    if (index !== -1) uses[index] = use;
  };
  take('email', (values) => mostly(values, (value) => emailsIn(value).length > 0));
  // Customer numbers look like phone numbers too: without headings only what is surely one counts, if that suffices.
  const isBare = headings.every((heading) => heading === '');
  if (isBare) take('phone', (values) => mostly(values, isSurelyPhone));
  if (!isBare || !uses.includes('email')) take('phone', (values) => mostly(values, looksLikePhone));
  take('page', (values) => mostly(values, (value) => /^https?:\/\//i.test(value)));
  guessNames(headings, columns, uses, take);
  let details = 0;
  return uses.map((use, index) => {
    if (use !== undefined) return use;
    const isEmpty = columns[index]?.every((value) => value === '') === true;
    return !isBare && !isEmpty && (details += 1) <= mostDetails ? 'detail' : 'skip';
  });
}

function isSurelyPhone(value: string): boolean {
  return looksLikePhone(value) && /^[^\d]*[+(0]/.test(value);
}

function byHeading(heading: string, index: number): ColumnUse | undefined {
  if (heading === '') return undefined;
  if (namesOurSide(heading) || (index === 0 && heading === reasonHeading)) return 'skip';
  const key = fieldKey(heading);
  if (key === null) return undefined;
  if (key !== 'form') return key;
  const words = plainLabel(heading);
  if (/\b(?:page|url|seite|pagina)\b/.test(words)) return 'page';
  return /\b(?:campaign|kampagne|campagne|campana|campanha)\b/.test(words) ? 'campaign' : 'form';
}

/** Columns without a heading whose words are also in the mail address: the person before the @, the company behind. */
function guessNames(
  headings: readonly string[],
  columns: readonly (readonly string[])[],
  uses: readonly (ColumnUse | undefined)[],
  take: (use: ColumnUse, test: (values: string[], index: number) => boolean) => void,
): void {
  const addresses = (columns[uses.indexOf('email')] ?? []).map((cell) =>
    (emailsIn(cell)[0] ?? '').split('@'),
  );
  const inAddress = (values: readonly string[], part: 0 | 1): boolean => {
    const filled = values.filter((value, row) => value !== '' && addresses[row]?.[0]);
    const found = values.filter((value, row) => sharesWord(value, addresses[row]?.[part] ?? ''));
    return found.length > 0 && found.length * 2 >= filled.length;
  };
  const isName = (values: string[], index: number, several: boolean): boolean =>
    headings[index] === '' &&
    inAddress(values, 0) &&
    mostly(values, (value) => /\s/.test(value) === several && !/\d/.test(value));
  take('name', (values, index) => isName(values, index, true));
  if (!uses.includes('name')) {
    take('firstName', (values, index) => isName(values, index, false));
    if (uses.includes('firstName')) take('lastName', (values, index) => isName(values, index, false));
  }
  take('account', (values, index) => headings[index] === '' && inAddress(values, 1));
}

function sharesWord(value: string, address: string): boolean {
  return plainLabel(value)
    .split(' ')
    .some((word) => word.length >= 3 && address.includes(word));
}

/** Whether at least half of the values that are there pass, and at least one. */
function mostly(values: readonly string[], test: (value: string) => boolean): boolean {
  const filled = values.filter((value) => value !== '');
  const passing = filled.filter(test).length;
  return passing > 0 && passing * 2 >= filled.length;
}
