import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { playbookSchema, type Playbook } from './schema.ts';

/** A playbook that can't be used. The message has one line for each mistake: file, line, field, what is wrong. */
export class PlaybookError extends Error {
  override readonly name = 'PlaybookError';
}

/**
 * Reads a playbook's YAML.
 * @param file only for the messages: the name that people know the file by
 * @throws PlaybookError
 */
export function parsePlaybook(yaml: string, file: string): Playbook {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines });
  if (document.errors.length > 0) {
    throw new PlaybookError(
      document.errors
        .map((error) => `${file}, line ${lines.linePos(error.pos[0]).line}: ${firstLine(error.message)}`)
        .join('\n'),
    );
  }
  const result = playbookSchema.safeParse(document.toJS() as unknown, { reportInput: true });
  if (result.success) return result.data;
  throw new PlaybookError(
    result.error.issues.map((issue) => describe(issue, document, lines, file)).join('\n'),
  );
}

function describe(issue: z.core.$ZodIssue, document: Document, lines: LineCounter, file: string): string {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  const field = path.length === 0 ? 'the playbook' : path.join('.');
  const at = issue.code === 'unrecognized_keys' ? [...path, issue.keys[0] ?? ''] : path;
  return `${file}, line ${lineOf(at, document, lines)}: ${field} ${wording(issue)}`;
}

function wording(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys')
    return `has ${issue.keys.join(', ')}, which no playbook knows; check the spelling`;
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'is missing';
  if (issue.code === 'invalid_type') return `must be ${article(issue.expected)}`;
  if (issue.code === 'invalid_key') return issue.issues[0]?.message ?? issue.message;
  return issue.message;
}

function article(type: string): string {
  const names: Record<string, string> = {
    int: 'a whole number',
    array: 'a list',
    record: 'a group of fields',
    object: 'a group of fields',
  };
  return names[type] ?? `a ${type}`;
}

/** The line of the field, or of the nearest thing around it that does exist. */
function lineOf(path: (string | number)[], document: Document, lines: LineCounter): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}
