import { ControlError } from './errors.ts';
import type { Fields, StateValues } from './types.ts';
import { elementsOf } from './validate-blocks.ts';
import { fieldsOf, isFields, listOf, show, textOf } from './values.ts';

/** Where each kind of element keeps its value, and where its first value comes from. */
const kinds: Record<string, { key: string; initial: string; many?: boolean }> = {
  plain_text_input: { key: 'value', initial: 'initial_value' },
  email_text_input: { key: 'value', initial: 'initial_value' },
  url_text_input: { key: 'value', initial: 'initial_value' },
  number_input: { key: 'value', initial: 'initial_value' },
  rich_text_input: { key: 'rich_text_value', initial: 'initial_value' },
  file_input: { key: 'files', initial: 'initial_files', many: true },
  static_select: { key: 'selected_option', initial: 'initial_option' },
  external_select: { key: 'selected_option', initial: 'initial_option' },
  radio_buttons: { key: 'selected_option', initial: 'initial_option' },
  checkboxes: { key: 'selected_options', initial: 'initial_options', many: true },
  multi_static_select: { key: 'selected_options', initial: 'initial_options', many: true },
  multi_external_select: { key: 'selected_options', initial: 'initial_options', many: true },
  users_select: { key: 'selected_user', initial: 'initial_user' },
  multi_users_select: { key: 'selected_users', initial: 'initial_users', many: true },
  conversations_select: { key: 'selected_conversation', initial: 'initial_conversation' },
  multi_conversations_select: { key: 'selected_conversations', initial: 'initial_conversations', many: true },
  channels_select: { key: 'selected_channel', initial: 'initial_channel' },
  multi_channels_select: { key: 'selected_channels', initial: 'initial_channels', many: true },
  datepicker: { key: 'selected_date', initial: 'initial_date' },
  timepicker: { key: 'selected_time', initial: 'initial_time' },
  datetimepicker: { key: 'selected_date_time', initial: 'initial_date_time' },
};

/** The values of all elements that have one: what was there before where the ids stayed, the initial ones elsewhere. */
export function stateOf(blocks: Fields[], before: StateValues = {}): StateValues {
  const values: StateValues = {};
  for (const block of blocks) {
    for (const element of elementsOf(block)) {
      const kind = kinds[String(element.type)];
      if (kind === undefined) continue;
      const [blockId, actionId] = [String(block.block_id), String(element.action_id)];
      const first = {
        type: element.type,
        [kind.key]: element[kind.initial] ?? (kind.many === true ? [] : null),
      };
      const kept = before[blockId]?.[actionId];
      (values[blockId] ??= {})[actionId] = kept !== undefined && kept.type === element.type ? kept : first;
    }
  }
  return values;
}

/** The name under which an element's value travels, for example `selected_option`; `undefined` if it has none. */
export function valueKey(element: Fields): string | undefined {
  return kinds[String(element.type)]?.key;
}

/**
 * What Slack keeps for an element when a person chose or typed `given`: either Slack's own form
 * (`{ selected_option: … }`) or the bare value (`'text'`, an option's value, a list of them).
 *
 * @throws ControlError when an option is not offered.
 */
export function stateValue(element: Fields, given: unknown): Fields {
  const kind = kinds[String(element.type)];
  if (kind === undefined)
    throw new ControlError(400, `An element of type ${String(element.type)} has no value.`);
  const raw = isFields(given) && kind.key in given ? given[kind.key] : given;
  const type = element.type;
  if (!kind.key.startsWith('selected_option')) {
    const bare = typeof raw === 'number' && kind.key === 'value' ? String(raw) : raw;
    return { type, [kind.key]: bare === '' || bare === undefined ? null : bare };
  }
  if (kind.many === true) {
    const chosen = Array.isArray(raw) ? raw : raw === null || raw === undefined ? [] : [raw];
    return { type, [kind.key]: chosen.map((one) => optionOf(element, one)) };
  }
  return {
    type,
    [kind.key]: raw === null || raw === undefined || raw === '' ? null : optionOf(element, raw),
  };
}

/** The offered option with this value. @throws ControlError when there is none. */
export function optionOf(element: Fields, given: unknown): Fields {
  const value = isFields(given) ? textOf(given.value) : textOf(given);
  if (String(element.type).includes('external')) {
    return isFields(given) ? given : { text: { type: 'plain_text', text: value }, value };
  }
  const options = [
    ...listOf(element.options),
    ...listOf(element.option_groups).flatMap((group) => listOf(group.options)),
  ];
  const option = options.find((candidate) => candidate.value === value);
  if (option === undefined) {
    const offered = options.map((candidate) => String(candidate.value)).join(', ');
    throw new ControlError(
      404,
      `"${String(value)}" is not an option of ${String(element.action_id)}: ${offered}.`,
    );
  }
  return option;
}

/**
 * The state after a person filled in `given`: by block_id and action_id, or shorter where it is plain what is meant,
 * `{ block_id: value }` for a block with one element and `{ action_id: value }` for an id used once.
 *
 * @throws ControlError for a field that the form does not have.
 */
export function filledIn(blocks: Fields[], before: StateValues, given: Fields): StateValues {
  const values = stateOf(blocks, before);
  const places = blocks.flatMap((block) =>
    elementsOf(block)
      .filter((element) => String(element.type) in kinds)
      .map((element) => ({ blockId: String(block.block_id), actionId: String(element.action_id), element })),
  );
  for (const [key, value] of Object.entries(given)) {
    const inBlock = places.filter(({ blockId }) => blockId === key);
    const named = isFields(value) ? inBlock.filter(({ actionId }) => actionId in value) : [];
    const [only, another] = inBlock.length > 0 ? inBlock : places.filter(({ actionId }) => actionId === key);
    const targets =
      named.length > 0
        ? named.map((place) => ({ ...place, value: fieldsOf(value)[place.actionId] }))
        : only !== undefined && another === undefined
          ? [{ ...only, value }]
          : [];
    if (targets.length === 0) throw new ControlError(404, `The form has no field ${key}.`);
    for (const target of targets) {
      (values[target.blockId] ??= {})[target.actionId] = stateValue(target.element, target.value);
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
    const state = values[blockId]?.[String(element.action_id)] ?? {};
    const value = state[kinds[String(element.type)]?.key ?? ''];
    const error = isBlank(value)
      ? block.optional === true
        ? undefined
        : 'Please complete this required field.'
      : valueError(element, value);
    if (error !== undefined) errors[blockId] = error;
  }
  return errors;
}

function isBlank(value: unknown): boolean {
  return (
    value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

function valueError(element: Fields, value: unknown): string | undefined {
  const text = String(value);
  const { type, min_length: min, max_length: max, min_value: least, max_value: most } = element;
  if (type === 'plain_text_input' && typeof min === 'number' && text.length < min) {
    return `Please use at least ${min} characters.`;
  }
  if (type === 'plain_text_input' && text.length > (typeof max === 'number' ? max : 3000)) {
    return `Please use at most ${typeof max === 'number' ? max : 3000} characters.`;
  }
  if (type === 'email_text_input' && !/^\S+@\S+\.\S+$/.test(text))
    return 'Please enter a valid email address.';
  if (type === 'url_text_input' && !URL.canParse(text)) return 'Please enter a valid URL.';
  if (type !== 'number_input') return undefined;
  const number = Number(text);
  if (Number.isNaN(number)) return 'Please enter a number.';
  if (element.is_decimal_allowed === false && !Number.isInteger(number))
    return 'Please enter a whole number.';
  if (least !== undefined && number < Number(least))
    return `Please enter a number of at least ${show(least)}.`;
  if (most !== undefined && number > Number(most)) return `Please enter a number of at most ${show(most)}.`;
  return undefined;
}
