import { checkElement } from './validate-elements.ts';
import { Problems } from './validate-problems.ts';
import { checkChart, checkDataTable, checkTable } from './validate-tables.ts';
import type { Fields } from './types.ts';
import { isFields, listOf, show } from './values.ts';

export type Surface = 'message' | 'modal' | 'home';

type BlockCheck = (problems: Problems, block: Fields, at: string, surface: Surface) => void;

const everywhere: Surface[] = ['message', 'modal', 'home'];

/** Each block type: where it may appear and what Slack checks in it. */
const blockTypes: Record<string, { surfaces: Surface[]; check: BlockCheck }> = {
  section: { surfaces: everywhere, check: checkSection },
  divider: { surfaces: everywhere, check: () => undefined },
  header: {
    surfaces: everywhere,
    check: (problems, block, at) =>
      problems.text(block, 'text', at, { max: 150, plain: true, required: true }),
  },
  context: { surfaces: everywhere, check: checkContext },
  context_actions: {
    surfaces: ['message'],
    check: (problems, block, at) => {
      problems.items(block, 'elements', at, 1, 5);
      problems.elements(block.elements, `${at}/elements`, ['feedback_buttons', 'icon_button'], checkElement);
    },
  },
  actions: {
    surfaces: everywhere,
    check: (problems, block, at) => {
      problems.items(block, 'elements', at, 1, 25);
      problems.elements(block.elements, `${at}/elements`, actionElements, checkElement);
    },
  },
  input: { surfaces: everywhere, check: checkInput },
  image: {
    surfaces: everywhere,
    check: (problems, block, at) => {
      checkElement(problems, block, at);
      problems.text(block, 'title', at, { max: 2000, plain: true });
    },
  },
  rich_text: { surfaces: everywhere, check: checkRichText },
  markdown: {
    surfaces: ['message'],
    check: (problems, block, at) => problems.string(block, 'text', at, { max: 12_000, required: true }),
  },
  alert: {
    surfaces: ['modal'],
    check: (problems, block, at) => {
      problems.text(block, 'text', at, { max: 3000, required: true });
      problems.oneOf(block, 'level', at, ['default', 'info', 'warning', 'error', 'success']);
    },
  },
  table: { surfaces: ['message'], check: checkTable },
  data_table: { surfaces: everywhere, check: checkDataTable },
  data_visualization: { surfaces: ['message'], check: checkChart },
};

const selects = [
  'static_select',
  'users_select',
  'conversations_select',
  'channels_select',
  'external_select',
];
const choices = [...selects, ...selects.map((type) => `multi_${type}`), 'checkboxes', 'radio_buttons'];
const pickers = ['datepicker', 'timepicker'];
const actionElements = [
  ...choices,
  ...pickers,
  'datetimepicker',
  'button',
  'overflow',
  'workflow_button',
  'rich_text_input',
];
const accessories = [...choices, ...pickers, 'button', 'overflow', 'image', 'workflow_button'];
const inputElements = [
  ...choices,
  ...pickers,
  'datetimepicker',
  'plain_text_input',
  'email_text_input',
  'url_text_input',
  'number_input',
  'rich_text_input',
  'file_input',
];

/** How many blocks of a kind one message may hold. */
const perMessage: Record<string, number> = { table: 1, data_visualization: 2 };

/**
 * What Slack would refuse in these blocks, as the lines of `response_metadata.messages`; empty when it would accept.
 * `at` is the JSON pointer of the list.
 */
export function blockProblems(blocks: unknown, surface: Surface, at = '/blocks'): string[] {
  const problems = new Problems();
  if (!Array.isArray(blocks)) return ['[ERROR] must be an array of blocks [json-pointer:/blocks]'];
  const max = surface === 'message' ? 50 : 100;
  if (blocks.length > max) problems.add(`no more than ${max} items allowed`, at);
  const ids = new Set<unknown>();
  const counts: Record<string, number> = {};
  blocks.forEach((block: unknown, index) => {
    const here = `${at}/${index}`;
    if (!isFields(block)) return problems.add('must be a block object', here);
    const kind = blockTypes[String(block.type)];
    if (kind === undefined || !kind.surfaces.includes(surface)) {
      return problems.add(`unsupported type: ${String(block.type)}`, `${here}/type`);
    }
    problems.string(block, 'block_id', here, { max: 255 });
    if (block.block_id !== undefined && ids.has(block.block_id)) {
      problems.add(`\`block_id\` "${show(block.block_id)}" already exists`, `${here}/block_id`);
    }
    ids.add(block.block_id);
    const type = String(block.type);
    counts[type] = (counts[type] ?? 0) + 1;
    if (counts[type] === (perMessage[type] ?? Infinity) + 1) problems.add(`too many ${type} blocks`, here);
    kind.check(problems, block, here, surface);
  });
  checkTableText(problems, listOf(blocks), at);
  return problems.lines;
}

/** Characters that people can read in these blocks, which Slack adds up for `msg_blocks_too_long`. */
export function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + textLength(item), 0);
  if (!isFields(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [key, item]) => sum + (key === 'text' && typeof item === 'string' ? item.length : textLength(item)),
    0,
  );
}

/** Characters in all blocks together from which Slack answers `msg_blocks_too_long`; seen, not documented. */
export const longestBlocks = 11_300;

/** What Slack would refuse in a message, its blocks' length and its attachments' blocks included. */
export function messageProblems(message: {
  text?: string;
  blocks?: unknown;
  attachments?: unknown;
}): string[] {
  const { text = '', blocks, attachments } = message;
  const own = blocks === undefined ? [] : blockProblems(blocks, 'message');
  const attached = listOf(attachments).flatMap((attachment, index) =>
    attachment.blocks === undefined
      ? []
      : blockProblems(attachment.blocks, 'message', `/attachments/${index}/blocks`),
  );
  const isEmpty = text === '' && listOf(blocks).length === 0 && listOf(attachments).length === 0;
  const isLong = textLength(blocks) > longestBlocks;
  return [...(isEmpty ? ['no_text'] : []), ...(isLong ? ['msg_blocks_too_long'] : []), ...own, ...attached];
}

function checkTableText(problems: Problems, blocks: Fields[], at: string): void {
  const limits = { table: 10_000, data_table: 20_000 };
  for (const [type, max] of Object.entries(limits)) {
    const total = textLength(blocks.filter((block) => block.type === type));
    if (total > max) problems.add(`must be less than ${max + 1} characters in all ${type} blocks`, at);
  }
}

function checkSection(problems: Problems, block: Fields, at: string): void {
  if (block.fields === undefined) problems.text(block, 'text', at, { max: 3000, required: true });
  else {
    problems.text(block, 'text', at, { max: 3000 });
    problems.items(block, 'fields', at, 1, 10);
    listOf(block.fields).forEach((_, index, fields) =>
      problems.text({ ...fields }, String(index), `${at}/fields`, { max: 2000, required: true }),
    );
  }
  if (block.accessory === undefined) return;
  problems.elements([block.accessory], `${at}/accessory`, accessories, checkElement);
}

function checkContext(problems: Problems, block: Fields, at: string): void {
  problems.items(block, 'elements', at, 1, 10);
  listOf(block.elements).forEach((element, index, elements) => {
    if (element.type === 'image') checkElement(problems, element, `${at}/elements/${index}`);
    else problems.text({ ...elements }, String(index), `${at}/elements`, { max: 2000, required: true });
  });
}

function checkInput(problems: Problems, block: Fields, at: string): void {
  problems.text(block, 'label', at, { max: 2000, plain: true, required: true });
  problems.text(block, 'hint', at, { max: 2000, plain: true });
  if (!isFields(block.element)) return problems.add('missing required field: element', at);
  problems.elements([block.element], `${at}/element`, inputElements, checkElement);
}

function checkRichText(problems: Problems, block: Fields, at: string): void {
  if (!Array.isArray(block.elements)) return problems.add('missing required field: elements', at);
  const containers = ['rich_text_section', 'rich_text_list', 'rich_text_preformatted', 'rich_text_quote'];
  listOf(block.elements).forEach((element, index) => {
    const here = `${at}/elements/${index}`;
    if (!containers.includes(String(element.type))) {
      return problems.add(`unsupported type: ${String(element.type)}`, `${here}/type`);
    }
    if (!Array.isArray(element.elements)) return problems.add('missing required field: elements', here);
    if (element.type === 'rich_text_list') {
      problems.oneOf(element, 'style', here, ['bullet', 'ordered'], true);
      return;
    }
    listOf(element.elements).forEach((part, position) => {
      const inner = `${here}/elements/${position}`;
      if (part.type === 'text') problems.string(part, 'text', inner, { required: true });
      if (part.type === 'link') problems.string(part, 'url', inner, { required: true });
    });
  });
}

/** What Slack would refuse in a view given to `views.open`, `push`, `update` or `publish`. */
export function viewProblems(view: Fields, expected: 'modal' | 'home' | undefined): string[] {
  const problems = new Problems();
  const type = String(view.type);
  if (!['modal', 'home'].includes(type) || (expected !== undefined && type !== expected)) {
    problems.add(`unsupported type: ${type}`, '/view/type');
    return problems.lines;
  }
  problems.string(view, 'private_metadata', '/view', { max: 3000, mayBeEmpty: true });
  problems.string(view, 'callback_id', '/view', { max: 255, mayBeEmpty: true });
  problems.string(view, 'external_id', '/view', { max: 255, mayBeEmpty: true });
  if (type === 'modal') {
    problems.text(view, 'title', '/view', { max: 24, plain: true, required: true });
    problems.text(view, 'submit', '/view', { max: 24, plain: true });
    problems.text(view, 'close', '/view', { max: 24, plain: true });
    const hasInput = listOf(view.blocks).some((block) => block.type === 'input');
    if (hasInput && !isFields(view.submit)) problems.add('missing required field: submit', '/view');
  }
  const lines = blockProblems(view.blocks, type === 'modal' ? 'modal' : 'home', '/view/blocks');
  return [...problems.lines, ...lines];
}

/** The elements of a block that people can act on, whatever the block. */
export function elementsOf(block: Fields): Fields[] {
  const single = [block.element, block.accessory].filter(isFields);
  return [...single, ...listOf(block.elements)].filter((element) => typeof element.action_id === 'string');
}
