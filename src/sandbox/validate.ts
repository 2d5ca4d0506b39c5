import { z } from 'zod';
import { distinct, fitTogether, formHasSubmit, textLength } from './block-checks.ts';
import { blocks, checked, viewShape, type Surface } from './block-shapes.ts';
import { isFields, listOf } from './values.ts';

export type { Surface };

/** Characters in a message's blocks from which Slack answers `msg_blocks_too_long`; seen, not documented. */
const longestMessage = 11_300;

const blocksOn = (surface: Surface, most: number) =>
  checked(z.array(blocks[surface]).max(most), distinct('block_id'), fitTogether);
const lists = {
  message: blocksOn('message', 50),
  modal: blocksOn('modal', 100),
  home: blocksOn('home', 100),
};
const views = {
  home: viewShape.home(lists.home),
  modal: checked(viewShape.modal(lists.modal), formHasSubmit),
};

/** What is wrong, in Slack's words: `[ERROR] what [json-pointer:where]`. `at` is the pointer of the whole. */
function problems(schema: z.ZodType, value: unknown, at: string): string[] {
  // Through JSON, as a call would bring it; what is null counts as not there.
  const given: unknown = JSON.parse(
    JSON.stringify(value, (_key, one: unknown) => one ?? undefined) ?? 'null',
  );
  const issues = schema.safeParse(given).error?.issues ?? [];
  return issues.flatMap((issue) => {
    const found = issue.path.reduce((below: unknown, key) => (below as never)?.[key], given);
    const isMissing = found === undefined && issue.path.at(-1) !== 'type' && issue.code !== 'custom';
    const path = isMissing ? issue.path.slice(0, -1) : issue.path;
    const whats = isMissing ? [`missing required field: ${String(issue.path.at(-1))}`] : said(issue, found);
    return whats.map((what) => `[ERROR] ${what} [json-pointer:${[at, ...path].join('/')}]`);
  });
}

function said(issue: z.core.$ZodIssue, found: unknown): string[] {
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => `invalid additional property: ${key}`);
    case 'too_small':
      if (issue.origin === 'array') return [`no fewer than ${issue.minimum} items allowed`];
      if (issue.origin === 'string') return [`must be more than ${Number(issue.minimum) - 1} characters`];
      return [`must be ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`];
    case 'too_big':
      if (issue.origin === 'array') return [`no more than ${issue.maximum} items allowed`];
      if (issue.origin === 'string') return [`must be less than ${Number(issue.maximum) + 1} characters`];
      return [`must be at most ${issue.maximum}`];
    case 'invalid_format':
      return [`invalid format: ${String(found)}`];
    case 'invalid_value':
    case 'invalid_union':
      if (issue.path.at(-1) === 'type')
        return [`unsupported type: ${(found as string | undefined) ?? 'none'}`];
      return [`must be one of the allowed values: ${'values' in issue ? issue.values.join(', ') : ''}`];
    case 'invalid_type':
      return [`must be a ${issue.expected}`];
    default:
      return [issue.message];
  }
}

/** What Slack would refuse in these blocks, as the lines of `response_metadata.messages`; empty when it would accept. */
export function blockProblems(given: unknown, surface: Surface, at = '/blocks'): string[] {
  return problems(lists[surface], given, at);
}

/** Whether Slack answers `msg_blocks_too_long` to these blocks. */
export function isTooLong(given: unknown): boolean {
  return textLength(given) > longestMessage;
}

/** What Slack would refuse in a message, its blocks' length and its attachments' blocks included. */
export function messageProblems(message: {
  text?: string;
  blocks?: unknown;
  attachments?: unknown;
}): string[] {
  const { text = '', blocks: own = [], attachments } = message;
  const attached = listOf(attachments);
  const isEmpty = text === '' && listOf(own).length === 0 && attached.length === 0;
  return [
    ...(isEmpty ? ['no_text'] : []),
    ...(isTooLong(own) ? ['msg_blocks_too_long'] : []),
    ...blockProblems(own, 'message'),
    ...attached.flatMap((one, index) =>
      blockProblems(one.blocks ?? [], 'message', `/attachments/${index}/blocks`),
    ),
  ];
}

/** What Slack would refuse in a view given to `views.open`, `push`, `update` or `publish`. */
export function viewProblems(view: unknown, expected: 'modal' | 'home' = 'modal'): string[] {
  return isFields(view) ? problems(views[expected], view, '/view') : ['[ERROR] missing required field: view'];
}
