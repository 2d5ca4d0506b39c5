import type { StateValues } from './types.ts';
import { ControlError, fieldsOf, isFields, listOf, textOf, type Fields } from './values.ts';

const chosen = /^(multi_)?(static|users|conversations|channels)_select$/;

/** The name under which an element's value travels, for example `selected_option`; `undefined` if it has none. */
export function valueKey(element: Fields): string | undefined {
  const type = String(element.type);
  const [isSelect, multi, of = ''] = chosen.exec(type) ?? [];
  if (isSelect !== undefined) {
    const what = of === 'static' ? 'option' : of.slice(0, -1);
    return `selected_${what}${multi === undefined ? '' : 's'}`;
  }
  if (/^(plain_text|email_text|url_text|number)_input$/.test(type)) return 'value';
  if (type.endsWith('picker'))
    return `selected_${type === 'datetimepicker' ? 'date_time' : type.slice(0, 4)}`;
  const others: Record<string, string> = {
    file_input: 'files',
    radio_buttons: 'selected_option',
    checkboxes: 'selected_options',
  };
  return others[type];
}

/** The elements that people can act on, with the ids under which their values are kept. */
export function elementsOf(blocks: Fields[]): { block: Fields; element: Fields; id: [string, string] }[] {
  return blocks.flatMap((block) =>
    [block.element, block.accessory, ...listOf(block.elements)]
      .filter(isFields)
      .filter(({ action_id }) => typeof action_id === 'string')
      .map((element) => ({ block, element, id: [String(block.block_id), String(element.action_id)] })),
  );
}

/** The values of all elements that have one: what was there before where the ids stayed, the initial ones elsewhere. */
export function stateOf(blocks: Fields[], before: StateValues = {}): StateValues {
  const values: StateValues = {};
  for (const { element, id } of elementsOf(blocks)) {
    const key = valueKey(element);
    if (key === undefined) continue;
    const kept = before[id[0]]?.[id[1]];
    const initial =
      element[key.startsWith('selected_') ? key.replace('selected', 'initial') : 'initial_value'];
    (values[id[0]] ??= {})[id[1]] = kept?.type === element.type && kept ? kept : stateValue(element, initial);
  }
  return values;
}

/**
 * What Slack keeps for an element when a person chose or typed `given`: either Slack's own form
 * (`{ selected_option: … }`) or the bare value. @throws ControlError when an option is not offered.
 */
export function stateValue(element: Fields, given: unknown): Fields {
  const key = valueKey(element) ?? '';
  const raw = isFields(given) && key in given ? given[key] : given;
  const all: unknown[] = raw == null || raw === '' ? [] : Array.isArray(raw) ? raw : [raw];
  const kept = all.map((one) =>
    key.startsWith('selected_option') ? optionOf(element, one) : key === 'value' ? String(one) : one,
  );
  return { type: element.type, [key]: key.endsWith('s') ? kept : (kept[0] ?? null) };
}

/** The offered option with this value. @throws ControlError when there is none. */
export function optionOf(element: Fields, given: unknown): Fields {
  const value = textOf(fieldsOf(given).value ?? given);
  const options = [element, ...listOf(element.option_groups)].flatMap((owner) => listOf(owner.options));
  const option = options.find((candidate) => candidate.value === value);
  if (option !== undefined) return option;
  const offered = options.map((candidate) => String(candidate.value)).join(', ');
  throw new ControlError(404, `"${value}" is not an option of ${String(element.action_id)}: ${offered}.`);
}

/**
 * The state after a person filled in `given`: by block_id and action_id, or shorter where it is plain what is meant,
 * `{ block_id: value }` for a block with one element and `{ action_id: value }` for an id used once.
 */
export function filledIn(blocks: Fields[], before: StateValues | undefined, given: Fields): StateValues {
  const values = stateOf(blocks, before);
  const places = elementsOf(blocks).filter(({ element }) => valueKey(element) !== undefined);
  for (const [key, value] of Object.entries(given)) {
    const inBlock = places.filter(({ id }) => id[0] === key);
    const named = inBlock.filter(({ id }) => id[1] in fieldsOf(value));
    const meant = inBlock.length > 0 ? inBlock : places.filter(({ id }) => id[1] === key);
    if (named.length === 0 && meant.length !== 1)
      throw new ControlError(404, `The form has no field ${key}.`);
    for (const { element, id } of named.length > 0 ? named : meant) {
      const own = named.length > 0 ? fieldsOf(value)[id[1]] : value;
      (values[id[0]] ??= {})[id[1]] = stateValue(element, own);
    }
  }
  return values;
}

/** What Slack itself says about a form before it bothers the app, by block_id. */
export function formErrors(blocks: Fields[], values: StateValues): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { block, element, id } of elementsOf(blocks)) {
    if (block.type !== 'input') continue;
    const value = values[id[0]]?.[id[1]]?.[valueKey(element) ?? ''];
    const isBlank = value == null || (Array.isArray(value) && value.length === 0);
    const required = block.optional === true ? undefined : 'Please complete this required field.';
    const error = isBlank ? required : valueError(element, value);
    if (error !== undefined) errors[id[0]] = error;
  }
  return errors;
}

function valueError(element: Fields, value: unknown): string | undefined {
  const [text, number, files] = [String(value), Number(value), listOf(value)];
  const limit = (field: string, otherwise: number): number => Number(element[field] ?? otherwise);
  const [shortest, longest] = [limit('min_length', 0), limit('max_length', 3000)];
  const [least, most, mostFiles] = [
    limit('min_value', -Infinity),
    limit('max_value', Infinity),
    limit('max_files', 10),
  ];
  const endings = Array.isArray(element.filetypes) ? (element.filetypes as unknown[]) : undefined;
  const isOdd = files.some(({ filetype }) => endings?.includes(filetype) === false);
  const complaints: [type: string, isWrong: boolean, sentence: string][] = [
    ['plain_text_input', text.length < shortest, `Please use at least ${shortest} characters.`],
    ['plain_text_input', text.length > longest, `Please use at most ${longest} characters.`],
    ['email_text_input', !/^\S+@\S+\.\S+$/.test(text), 'Please enter a valid email address.'],
    ['url_text_input', !URL.canParse(text), 'Please enter a valid URL.'],
    ['number_input', Number.isNaN(number), 'Please enter a number.'],
    [
      'number_input',
      element.is_decimal_allowed === false && number % 1 !== 0,
      'Please enter a whole number.',
    ],
    ['number_input', number < least, `Please enter a number of at least ${least}.`],
    ['number_input', number > most, `Please enter a number of at most ${most}.`],
    ['file_input', files.length > mostFiles, `Please upload at most ${mostFiles} files.`],
    ['file_input', isOdd, `Please upload only files of these types: ${endings?.join(', ')}.`],
  ];
  return complaints.find(([type, isWrong]) => type === element.type && isWrong)?.[2];
}
