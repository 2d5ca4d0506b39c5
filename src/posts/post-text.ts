import { withoutEmphasis } from './label-line.ts';
import { readBlocks } from './post-blocks.ts';
import type { Budget, Unit } from './post-unit.ts';
import { isRecord, listOf, newBudget, textUnit } from './post-unit.ts';

/** What we read of a Slack message event. Everything but `ts` may be missing, and nothing is trusted to be well formed. */
export interface SlackPost {
  text?: string;
  blocks?: unknown[];
  attachments?: unknown[];
  bot_id?: string;
  username?: string;
  bot_profile?: { name?: string };
  subtype?: string;
  user?: string;
  ts: string;
}

/**
 * Everything readable in a post, in the order text, blocks, attachments (each with its own blocks), and an attachment's
 * fallback only where it says nothing else. Content that a sender repeats, as text for notifications and again as
 * blocks, is there once. At most 20,000 characters are read.
 */
export function postUnits(post: SlackPost): Unit[] {
  const budget = newBudget();
  const text = textUnit(post.text, budget);
  const blocks = listOf(post.blocks).flatMap((block) => readBlocks(block, budget));
  const containers =
    sameText(text, blocks) && lineCount(blocks) > lineCount(text) ? [blocks] : [text, blocks];
  for (const attachment of listOf(post.attachments)) {
    if (!isUnfurl(attachment)) containers.push(readAttachment(attachment, budget, 0));
  }
  return withoutRepeats(containers);
}

function readAttachment(attachment: unknown, budget: Budget, depth: number): Unit[] {
  if (!isRecord(attachment) || depth > 2) return [];
  const body = [
    ...textUnit(attachment.pretext, budget),
    ...textUnit(attachment.text, budget),
    ...listOf(attachment.fields).flatMap((field) => readAttachmentField(field, budget)),
    ...listOf(attachment.blocks).flatMap((block) => readBlocks(block, budget)),
    ...listOf(attachment.message_blocks).flatMap((shared) =>
      isRecord(shared) && isRecord(shared.message)
        ? listOf(shared.message.blocks).flatMap((block) => readBlocks(block, budget))
        : [],
    ),
    ...listOf(attachment.attachments).flatMap((inner) => readAttachment(inner, budget, depth + 1)),
  ];
  const title = textUnit(attachment.title, budget);
  if (body.length === 0) return [...title, ...textUnit(attachment.fallback, budget)];
  const hasPretext =
    body.length > 0 && typeof attachment.pretext === 'string' && attachment.pretext.trim() !== '';
  return hasPretext ? [...body.slice(0, 1), ...title, ...body.slice(1)] : [...title, ...body];
}

function readAttachmentField(field: unknown, budget: Budget): Unit[] {
  if (!isRecord(field)) return [];
  const [title] = textUnit(field.title, budget);
  const [value] = textUnit(field.value, budget);
  if (title === undefined) return value === undefined ? [] : [value];
  return [{ label: withoutEmphasis(title.lines.join(' ')), lines: value?.lines ?? [] }];
}

/** Slack adds a page's title and text under a link that someone posted. Those are not the poster's words. */
function isUnfurl(attachment: unknown): boolean {
  if (!isRecord(attachment)) return false;
  const shared = attachment.is_msg_unfurl === true || attachment.is_share === true;
  return typeof attachment.from_url === 'string' && !shared;
}

/** Drops what an earlier container has said in full. Repeats inside one container are the sender's own and stay. */
function withoutRepeats(containers: Unit[][]): Unit[] {
  const said = new Set<string>();
  return containers.flatMap((container) => {
    const fresh = container.filter((unit) => unitLines(unit).some((line) => !said.has(line)));
    for (const unit of container) for (const line of unitLines(unit)) said.add(line);
    return fresh;
  });
}

function unitLines(unit: Unit): string[] {
  const lines =
    unit.label === undefined ? unit.lines : [`${unit.label}${unit.lines[0] ?? ''}`, ...unit.lines.slice(1)];
  return lines.map(essence).filter((line) => line !== '');
}

function sameText(left: Unit[], right: Unit[]): boolean {
  const flat = (units: Unit[]): string => units.flatMap(unitLines).join('');
  return left.length > 0 && flat(left) === flat(right);
}

function lineCount(units: Unit[]): number {
  return units.reduce((sum, unit) => sum + unit.lines.length + (unit.label === undefined ? 0 : 1), 0);
}

function essence(line: string): string {
  return line.replace(/[\s*_`~:>•-]+/g, '');
}
