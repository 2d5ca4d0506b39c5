import { fieldKey } from '../intake/labels.ts';
import { decodeLink, decodeMrkdwn } from './mrkdwn.ts';
import type { Budget, Unit } from './post-unit.ts';
import { isRecord, linesUnit, listOf, takeText, textUnit } from './post-unit.ts';

const DEEPEST = 6;

/** The readable parts of one block. Buttons, images and unknown blocks say nothing about a lead. */
export function readBlocks(block: unknown, budget: Budget, depth = 0): Unit[] {
  if (!isRecord(block) || depth > DEEPEST || budget.nodes-- <= 0) return [];
  switch (block.type) {
    case 'header':
      return textUnit(textOf(block.text), budget, 'heading');
    case 'section':
      return [
        ...textUnit(textOf(block.text), budget),
        ...listOf(block.fields).flatMap((field) => textUnit(textOf(field), budget, 'cell')),
      ];
    case 'context':
      return listOf(block.elements).flatMap((element) =>
        isRecord(element) && element.type !== 'image' ? textUnit(textOf(element), budget) : [],
      );
    case 'markdown':
      return linesUnit(fromMarkdown(takeText(block.text, budget)));
    case 'rich_text':
      return linesUnit(richText(block, budget, depth));
    case 'table':
    case 'data_table':
      return tableUnits(block, budget, depth);
    case 'container':
    case 'card':
      return [
        ...textUnit(textOf(block.title), budget, 'heading'),
        ...textUnit(textOf(block.subtitle), budget),
        ...textUnit(textOf(block.body), budget),
        ...listOf(block.child_blocks ?? block.blocks).flatMap((inner) =>
          readBlocks(inner, budget, depth + 1),
        ),
      ];
    default:
      return [];
  }
}

/** Text objects are `{ type, text }`; older senders write the bare string. */
function textOf(value: unknown): unknown {
  return isRecord(value) ? value.text : value;
}

/** Markdown's own links and headings; Slack's tokens may be in it as well. */
function fromMarkdown(text: string): string {
  return decodeMrkdwn(text)
    .replace(
      /\[([^[\]\n]{1,300})\]\(((?:https?:\/\/|mailto:|tel:)[^()\s]{1,2000})\)/g,
      (_, label: string, url: string) => decodeLink(url, label),
    )
    .replace(/^#{1,6}\s+/gm, '');
}

function richText(node: unknown, budget: Budget, depth: number): string {
  if (!isRecord(node) || depth > DEEPEST || budget.nodes-- <= 0) return '';
  switch (node.type) {
    case 'text':
      return emphasise(decodeMrkdwn(takeText(node.text, budget)), node.style);
    case 'link':
      return emphasise(decodeLink(takeText(node.url, budget), takeText(node.text, budget)), node.style);
    case 'emoji':
      return `:${takeText(node.name, budget)}:`;
    case 'user':
      return `@${takeText(node.user_id, budget)}`;
    case 'channel':
      return `#${takeText(node.channel_id, budget)}`;
    case 'broadcast':
      return `@${takeText(node.range, budget)}`;
    case 'date':
      return takeText(node.fallback, budget);
    case 'rich_text':
    case 'rich_text_list':
      return childTexts(node, budget, depth).join('\n');
    default:
      return childTexts(node, budget, depth).join('');
  }
}

function childTexts(node: Record<string, unknown>, budget: Budget, depth: number): string[] {
  return listOf(node.elements).map((element) => richText(element, budget, depth + 1));
}

/** Bold is kept as mrkdwn writes it, because it is what tells a template's labels from typed text. */
function emphasise(text: string, style: unknown): string {
  if (!isRecord(style) || style.bold !== true) return text;
  return text.replace(/^(\s*)([^*\n]*\S)(\s*)$/, '$1*$2*$3');
}

/** Two columns are label and value; a head row over one row is one lead; anything else is only lines. */
function tableUnits(block: Record<string, unknown>, budget: Budget, depth: number): Unit[] {
  const rows = listOf(block.rows).map((row) => listOf(row).map((cell) => cellText(cell, budget, depth)));
  const [head = [], row = []] = rows;
  if (
    rows.length === 2 &&
    head.length === row.length &&
    head.filter((cell) => fieldKey(cell) !== null).length > 1
  ) {
    return head.map((label, column) => ({ label, lines: (row[column] ?? '').split('\n') }));
  }
  if (rows.every((cells) => cells.length === 2)) {
    return rows.map(([label = '', value = '']) => ({ label, lines: value.split('\n') }));
  }
  return linesUnit(rows.map((cells) => cells.join(' | ')).join('\n'));
}

function cellText(cell: unknown, budget: Budget, depth: number): string {
  if (!isRecord(cell)) return '';
  if (cell.type === 'rich_text') return richText(cell, budget, depth).replaceAll('*', '');
  if (typeof cell.value === 'number') return String(cell.value);
  return decodeMrkdwn(takeText(cell.text, budget));
}
