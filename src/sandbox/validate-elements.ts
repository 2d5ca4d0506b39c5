import type { Fields } from './types.ts';
import type { Problems } from './validate-problems.ts';
import { isFields, listOf, show } from './values.ts';

/** What Slack checks in an element: limits of its texts and options. */
export function checkElement(problems: Problems, element: Fields, at: string): void {
  problems.string(element, 'action_id', at, { max: 255 });
  problems.text(element, 'placeholder', at, { max: 150, plain: true });
  if (element.confirm !== undefined) checkConfirm(problems, element.confirm, `${at}/confirm`);
  const type = String(element.type);
  if (type === 'button') checkButton(problems, element, at);
  else if (type === 'image') checkImage(problems, element, at);
  else if (type === 'overflow') checkOptions(problems, element, at, 1, 5);
  else if (type === 'checkboxes' || type === 'radio_buttons') checkOptions(problems, element, at, 1, 10);
  else if (type === 'static_select' || type === 'multi_static_select')
    checkStaticSelect(problems, element, at);
  else if (type === 'datepicker') checkFormat(problems, element, 'initial_date', at, /^\d{4}-\d\d-\d\d$/);
  else if (type === 'timepicker')
    checkFormat(problems, element, 'initial_time', at, /^([01]\d|2[0-3]):[0-5]\d$/);
  else if (type === 'number_input' && typeof element.is_decimal_allowed !== 'boolean') {
    problems.add('missing required field: is_decimal_allowed', at);
  } else if (type === 'plain_text_input') checkTextInput(problems, element, at);
}

function checkButton(problems: Problems, button: Fields, at: string): void {
  problems.text(button, 'text', at, { max: 75, plain: true, required: true });
  problems.string(button, 'value', at, { max: 2000, mayBeEmpty: true });
  problems.string(button, 'url', at, { max: 3000 });
  problems.string(button, 'accessibility_label', at, { max: 75 });
  problems.oneOf(button, 'style', at, ['primary', 'danger']);
}

function checkImage(problems: Problems, image: Fields, at: string): void {
  problems.string(image, 'alt_text', at, { max: 2000, required: true });
  if (image.slack_file === undefined) problems.string(image, 'image_url', at, { max: 3000, required: true });
}

function checkConfirm(problems: Problems, confirm: unknown, at: string): void {
  if (!isFields(confirm)) return problems.add('must be a confirmation dialog object', at);
  problems.text(confirm, 'title', at, { max: 100, plain: true });
  problems.text(confirm, 'text', at, { max: 300, required: true });
  problems.text(confirm, 'confirm', at, { max: 30, plain: true });
  problems.text(confirm, 'deny', at, { max: 30, plain: true });
}

function checkStaticSelect(problems: Problems, select: Fields, at: string): void {
  if (select.option_groups === undefined) return checkOptions(problems, select, at, 1, 100);
  problems.items(select, 'option_groups', at, 1, 100);
  listOf(select.option_groups).forEach((group, index) => {
    const here = `${at}/option_groups/${index}`;
    problems.text(group, 'label', here, { max: 75, plain: true, required: true });
    checkOptions(problems, group, here, 1, 100);
  });
  checkInitial(
    problems,
    select,
    at,
    listOf(select.option_groups).flatMap((group) => listOf(group.options)),
  );
}

function checkOptions(problems: Problems, owner: Fields, at: string, min: number, max: number): void {
  problems.items(owner, 'options', at, min, max);
  const values = new Set<unknown>();
  const mayFormat = owner.type === 'checkboxes' || owner.type === 'radio_buttons';
  listOf(owner.options).forEach((option, index) => {
    const here = `${at}/options/${index}`;
    problems.text(option, 'text', here, { max: 75, plain: !mayFormat, required: true });
    problems.text(option, 'description', here, { max: 75, plain: !mayFormat });
    problems.string(option, 'value', here, { max: 150, required: owner.type !== 'overflow' });
    if (option.value !== undefined && values.has(option.value)) {
      problems.add(`duplicate option value: ${show(option.value)}`, `${here}/value`);
    }
    values.add(option.value);
  });
  checkInitial(problems, owner, at, listOf(owner.options));
}

/** An initial option must be one of those offered, exactly. */
function checkInitial(problems: Problems, owner: Fields, at: string, options: Fields[]): void {
  const same = (a: Fields, b: Fields): boolean =>
    a.value === b.value && (a.text as Fields | undefined)?.text === (b.text as Fields | undefined)?.text;
  const field = owner.initial_option === undefined ? 'initial_options' : 'initial_option';
  const initial = isFields(owner[field]) ? [owner[field]] : listOf(owner[field]);
  if (Array.isArray(owner.initial_options) && owner.initial_options.length === 0) {
    problems.add('no fewer than 1 items allowed', `${at}/initial_options`);
  }
  if (!initial.every((chosen) => options.some((option) => same(option, chosen)))) {
    problems.add('initial option not found among the options', `${at}/${field}`);
  }
}

function checkFormat(problems: Problems, element: Fields, name: string, at: string, format: RegExp): void {
  const value = element[name];
  if (value !== undefined && !(typeof value === 'string' && format.test(value))) {
    problems.add(`invalid format: ${show(value)}`, `${at}/${name}`);
  }
}

function checkTextInput(problems: Problems, input: Fields, at: string): void {
  problems.string(input, 'initial_value', at, { max: 3000, mayBeEmpty: true });
  for (const name of ['min_length', 'max_length']) {
    const value = input[name];
    if (value !== undefined && !(typeof value === 'number' && value >= 0 && value <= 3000)) {
      problems.add('must be a number from 0 to 3000', `${at}/${name}`);
    }
  }
}
