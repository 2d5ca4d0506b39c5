import { ControlError } from './errors.ts';
import type { Fields, StateValues } from './types.ts';
import { fieldsOf, isFields, listOf, show, textOf } from './values.ts';

const text = { key: 'value', initial: 'initial_value' };
const picked = (what: string): { key: string; initial: string } => ({
  key: `selected_${what}`,
  initial: `initial_${what}`,
});

/** Where each kind of element keeps its value, and where its first value comes from. */
const kinds: Record<string, { key: string; initial: string }> = {
  plain_text_input: text,
  email_text_input: text,
  url_text_input: text,
  number_input: text,
  rich_text_input: { key: 'rich_text_value', initial: 'initial_value' },
  file_input: { key: 'files', initial: 'initial_files' },
  static_select: picked('option'),
  radio_buttons: picked('option'),
  checkboxes: picked('options'),
  multi_static_select: picked('options'),
  users_select: picked('user'),
  multi_users_select: picked('users'),
  conversations_select: picked('conversation'),
  multi_conversations_select: picked('conversations'),
  channels_select: picked('channel'),
  multi_channels_select: picked('channels'),
  datepicker: picked('date'),
  timepicker: picked('time'),
  datetimepicker: picked('date_time'),
};

/** The elements of a block that people can act on, whatever the block. */
export function elementsOf(block: Fields): Fields[] {
  const single = [block.element, block.accessory].filter(isFields);
  return [...single, ...listOf(block.elements)].filter((element) => typeof element.action_id === 'string');
}

/** The name under which an element's value travels, for example `selected_option`; `undefined` if it has none. */
export function valueKey(element: Fields): string | undefined {
  return kinds[String(element.type)]?.key;
}

/** The elements that hold a value, and the ids under which they do. */
function placesIn(blocks: Fields[]): { blockId: string; actionId: string; element: Fields }[] {
  return blocks.flatMap((block) =>
    elementsOf(block)
      .filter((element) => valueKey(element) !== undefined)
      .map((element) => ({ blockId: String(block.block_id), actionId: String(element.action_id), element })),
  );
}

/** The values of all elements that have one: what was there before where the ids stayed, the initial ones elsewhere. */
export function stateOf(blocks: Fields[], before: StateValues = {}): StateValues {
  const values: StateValues = {};
  for (const { blockId, actionId, element } of placesIn(blocks)) {
    const kept = before[blockId]?.[actionId];
    const initial = element[kinds[String(element.type)]?.initial ?? ''];
    (values[blockId] ??= {})[actionId] =
      kept !== undefined && kept.type === element.type ? kept : stateValue(element, initial);
  }
  return values;
}

/**
 * What Slack keeps for an element when a person chose or typed `given`: either Slack's own form
 * (`{ selected_option: … }`) or the bare value (`'text'`, an option's value, a list of them).
 *
 * @throws ControlError when an option is not offered.
 */
export function stateValue(element: Fields, given: unknown): Fields {
  const key = valueKey(element);
  if (key === undefined)
    throw new ControlError(400, `An element of type ${String(element.type)} has no value.`);
  const raw = isFields(given) && key in given ? given[key] : given;
  const isBlank = raw === undefined || raw === null || raw === '';
  const keep = (one: unknown): unknown =>
    key.startsWith('selected_option') ? optionOf(element, one) : key === 'value' ? show(one) : one;
  if (key.endsWith('s')) {
    const all: unknown[] = Array.isArray(raw) ? raw : isBlank ? [] : [raw];
    return { type: element.type, [key]: all.map(keep) };
  }
  return { type: element.type, [key]: isBlank ? null : keep(raw) };
}

/** The offered option with this value. @throws ControlError when there is none. */
export function optionOf(element: Fields, given: unknown): Fields {
  const value = isFields(given) ? textOf(given.value) : textOf(given);
  const options = [element, ...listOf(element.option_groups)].flatMap((owner) => listOf(owner.options));
  const option = options.find((candidate) => candidate.value === value);
  if (option !== undefined) return option;
  const offered = options.map((candidate) => String(candidate.value)).join(', ');
  throw new ControlError(
    404,
    `"${value ?? ''}" is not an option of ${String(element.action_id)}: ${offered}.`,
  );
}

/**
 * The state after a person filled in `given`: by block_id and action_id, or shorter where it is plain what is meant,
 * `{ block_id: value }` for a block with one element and `{ action_id: value }` for an id used once.
 *
 * @throws ControlError for a field that the form does not have.
 */
export function filledIn(blocks: Fields[], before: StateValues, given: Fields): StateValues {
  const values = stateOf(blocks, before);
  const places = placesIn(blocks);
  for (const [key, value] of Object.entries(given)) {
    const inBlock = places.filter(({ blockId }) => blockId === key);
    const named = isFields(value) ? inBlock.filter(({ actionId }) => actionId in value) : [];
    const meant = inBlock.length > 0 ? inBlock : places.filter(({ actionId }) => actionId === key);
    if (named.length === 0 && meant.length !== 1)
      throw new ControlError(404, `The form has no field ${key}.`);
    for (const { blockId, actionId, element } of named.length > 0 ? named : meant) {
      const own = named.length > 0 ? fieldsOf(value)[actionId] : value;
      values[blockId] = { ...values[blockId], [actionId]: stateValue(element, own) };
    }
  }
  return values;
}

/** What Slack itself says about a form before it bothers the app, by block_id. */
export function formErrors(blocks: Fields[], values: StateValues): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const block of blocks) {
    if (block.type !== 'input') continue;
    const element = fieldsOf(block.element);
    const blockId = String(block.block_id);
    const value = values[blockId]?.[String(element.action_id)]?.[valueKey(element) ?? ''];
    const isBlank = value === null || value === undefined || (Array.isArray(value) && value.length === 0);
    const required = block.optional === true ? undefined : 'Please complete this required field.';
    const error = isBlank ? required : valueError(element, value);
    if (error !== undefined) errors[blockId] = error;
  }
  return errors;
}

function valueError(element: Fields, value: unknown): string | undefined {
  const length = String(value).length;
  const number = Number(value);
  const { min_length: min = 0, max_length: max = 3000, min_value: least, max_value: most } = element;
  const items = listOf(value);
  const endings = Array.isArray(element.filetypes) ? (element.filetypes as unknown[]) : undefined;
  const checks: Record<string, [isWrong: boolean, sentence: string][]> = {
    plain_text_input: [
      [length < Number(min), `Please use at least ${show(min)} characters.`],
      [length > Number(max), `Please use at most ${show(max)} characters.`],
    ],
    email_text_input: [[!/^\S+@\S+\.\S+$/.test(String(value)), 'Please enter a valid email address.']],
    url_text_input: [[!URL.canParse(String(value)), 'Please enter a valid URL.']],
    number_input: [
      [Number.isNaN(number), 'Please enter a number.'],
      [element.is_decimal_allowed === false && !Number.isInteger(number), 'Please enter a whole number.'],
      [number < Number(least ?? -Infinity), `Please enter a number of at least ${show(least)}.`],
      [number > Number(most ?? Infinity), `Please enter a number of at most ${show(most)}.`],
    ],
    file_input: [
      [
        items.length > Number(element.max_files ?? 10),
        `Please upload at most ${show(element.max_files ?? 10)} files.`,
      ],
      [
        items.some(({ filetype }) => endings?.includes(filetype) === false),
        `Please upload only files of these types: ${show(endings?.join(', '))}.`,
      ],
    ],
  };
  return checks[String(element.type)]?.find(([isWrong]) => isWrong)?.[1];
}
