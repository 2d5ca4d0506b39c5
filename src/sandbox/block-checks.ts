import { isDeepStrictEqual } from 'node:util';
import { fieldsOf, isFields, listOf, type Fields } from './values.ts';

/** What no field shows by itself. `at` is where below the thing that is checked. */
export type Check = (value: unknown, complain: (what: string, at?: (string | number)[]) => void) => void;

/** No two items of a list may have the same `key`; without one, no two items may be the same. */
export function distinct(key?: string): Check {
  return (items, complain) => {
    const seen = new Set<unknown>();
    for (const [index, item] of (items as unknown[]).entries()) {
      const found = key === undefined ? item : fieldsOf(item)[key];
      if (found !== undefined && seen.has(found)) {
        complain(`\`${key ?? 'item'}\` "${found as string}" already exists`, [index]);
      }
      seen.add(found);
    }
  };
}

/** At least one of these fields must be there. */
export function needs(...fields: string[]): Check {
  return (value, complain) => {
    const isThere = fields.some((field) => fieldsOf(value)[field] !== undefined);
    if (!isThere) complain(`missing required field: ${fields[0]}`);
  };
}

export const initialIsOffered: Check = (element, complain) => {
  const { options, option_groups: groups, initial_option: first, initial_options } = fieldsOf(element);
  const offered = [...listOf(options), ...listOf(groups).flatMap((group) => listOf(group.options))];
  const same = (one: Fields, other: Fields): boolean =>
    one.value === other.value && fieldsOf(one.text).text === fieldsOf(other.text).text;
  const chosen = isFields(first) ? [first] : listOf(initial_options);
  if (chosen.every((one) => offered.some((option) => same(option, one)))) return;
  complain('initial option not found among the options', [
    isFields(first) ? 'initial_option' : 'initial_options',
  ]);
};

export const tableIsEven: Check = (table, complain) => {
  const { rows, row_header_column_index: header } = fieldsOf(table);
  const [first = [], ...others] = (Array.isArray(rows) ? rows : []).map(listOf);
  if (others.some((row) => row.length !== first.length))
    complain('all rows must have the same length', ['rows']);
  if (first.some(({ type }) => type === 'rich_text')) complain('rich_text is not allowed here', ['rows', 0]);
  if (Number(header ?? 0) < first.length) return;
  complain('must be the index of a column', ['row_header_column_index']);
};

export const chartIsEven: Check = (chart, complain) => {
  const { series, axis_config: axes } = fieldsOf(chart);
  const categories = fieldsOf(axes).categories;
  const names = new Set(Array.isArray(categories) ? (categories as unknown[]) : []);
  for (const [index, { data }] of listOf(series).entries()) {
    const labels = new Set(listOf(data).map(({ label }) => label));
    if (isDeepStrictEqual(labels, names)) continue;
    complain('every series must have one value for each category', ['series', index, 'data']);
  }
};

/** Characters that people can read in these blocks, which Slack adds up. */
export function textLength(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, item]: [string, unknown]) =>
      sum + (key === 'text' && typeof item === 'string' ? item.length : textLength(item)),
    0,
  );
}

const mostOfType = { table: 1, data_visualization: 2 };
const mostCharacters = { table: 10_000, data_table: 20_000 };

/** What blocks may not be or have together. */
export const fitTogether: Check = (blocks, complain) => {
  const ofType = (type: string): Fields[] => listOf(blocks).filter((block) => block.type === type);
  for (const [type, most] of Object.entries(mostOfType)) {
    if (ofType(type).length > most) complain(`too many ${type} blocks`);
  }
  for (const [type, most] of Object.entries(mostCharacters)) {
    const isTooMuch = textLength(ofType(type)) > most;
    if (isTooMuch) complain(`must be less than ${most + 1} characters in all ${type} blocks`);
  }
  const focused = listOf(blocks)
    .flatMap((block) => [block.element, block.accessory, ...listOf(block.elements)])
    .filter((element) => fieldsOf(element).focus_on_load === true);
  if (focused.length > 1) complain('only one element may have focus_on_load');
};

export const formHasSubmit: Check = (view, complain) => {
  const { blocks, submit } = fieldsOf(view);
  const hasInput = listOf(blocks).some(({ type }) => type === 'input');
  if (hasInput && submit === undefined) complain('missing required field: submit');
};
