import { savedReasons } from '../intake/gate.ts';
import { type Blocks, defineMessage, type Rendered } from '../outbox/message.ts';
import {
  actions,
  button,
  type ButtonOptions,
  context,
  escape,
  line,
  plain,
  section,
  user,
} from '../slack/kit.ts';
import { heldImportData, heldImportType } from '../intake/held-import-slot.ts';
import { leftOfImport } from './release-import.ts';
import { counted, numberOf } from './numbers.ts';
import { type GateAction, heldOfImport, importById, outcomesOfImport, reasonsOfImport } from './store.ts';

export interface HeldImportView {
  importId: number;
  fileName: string;
  /** How many wait for somebody to release them. */
  left: number;
  /** Released, and not on their way yet. */
  underWay: number;
  /** Turned down, and not closed yet. */
  closing: number;
  /** Why they are held (JSON lists of sentences), the commonest first. */
  reasons: readonly { reasons: string; leads: number }[];
  /** What became of the list; needed when none of it is left. */
  outcomes: readonly { action: GateAction; actor: string; leads: number }[];
}

/** All held leads of an import in one message: nobody wants a thousand cards. */
export const heldImport = defineMessage(heldImportType, heldImportData, async (work, { importId }) => {
  const row = await importById(work, importId);
  const left = await leftOfImport(work, row);
  const { release_wanted: underWay } = row;
  const closing = row.turn_down === null ? 0 : (await heldOfImport(work, importId)) - underWay;
  return renderHeldImport({
    importId,
    fileName: row.file_name,
    left,
    underWay,
    closing: Math.max(0, closing),
    reasons: await reasonsOfImport(work, importId, 3),
    outcomes: left + underWay + closing > 0 ? [] : await outcomesOfImport(work, row),
  });
});

const sizes = [20, 100];

export function renderHeldImport(view: HeldImportView): Rendered {
  const { fileName, left } = view;
  const said = leftText(view);
  const name = line(fileName, 100);
  const icon = left === 0 ? ':white_check_mark:' : ':hourglass:';
  return {
    text: `${name}: ${said}`,
    blocks: [
      section(`${icon} *${name}*: ${said}`),
      ...(left === 0 ? [] : [...whyBlocks(view), releaseButtons(view), otherButtons(view)]),
    ],
  };
}

function leftText({ left, underWay, closing, outcomes }: HeldImportView): string {
  if (left + underWay + closing === 0 && outcomes.length > 0) return `${outcomeText(outcomes)}.`;
  const waiting = left === 0 ? 'no lead waits any more' : `${waitText(left)} for marketing`;
  const more = underWay === 0 ? '' : ` ${numberOf(underWay)} more are on their way to the reps.`;
  const rest = closing === 0 ? '' : ` ${counted(closing, 'lead')} are being turned down.`;
  return `${waiting}.${more}${rest}`;
}

/** `12 leads released by @Max, 3 turned down by @Mona`. */
function outcomeText(outcomes: HeldImportView['outcomes']): string {
  const all = outcomes.slice(0, 8).map(({ action, actor, leads }, index) => {
    const number = index === 0 ? counted(leads, 'lead') : numberOf(leads);
    if (actor === 'app') return `${number} released when they came in again`;
    return `${number} ${action === 'lead.turned_down' ? 'turned down' : 'released'} by ${user(actor)}`;
  });
  return all.join(', ');
}

function whyBlocks({ reasons, left }: HeldImportView): Blocks {
  if (reasons.length === 0) return [];
  const [first, ...others] = reasons.map(({ reasons: list, leads }) =>
    whyText(savedReasons(list), leads, left),
  );
  const isOne = others.length === 0;
  const start = `Why they wait: ${isOne ? first : [first, ...others].map((text) => `\n• ${text}`).join('')}`;
  return [context(`${start}${isOne ? ' ' : '\n'}The oldest go first.`)];
}

/** `all 11 are of rank D (from a list), and marketing checks those first.` */
function whyText(reasons: readonly string[], leads: number, left: number): string {
  const who = leads === left && left > 1 ? `all ${numberOf(leads)}` : numberOf(leads);
  const are = leads === 1 ? 'is' : 'are';
  const [first = '', ...rest] = reasons;
  const rank = /^Rank ([A-Z] \(.*\)) is qualified first\.$/s.exec(first)?.[1];
  if (rank === undefined) return `${who}: ${escape(reasons.join(' '))}`;
  const marketing = `${who} ${are} of rank ${escape(rank)}, and marketing checks those first.`;
  return [marketing, ...rest.map(escape)].join(' ');
}

/** Each button says how many were left when it was drawn, so that two people never release the same batch twice. */
function releaseButtons({ importId, fileName, left }: HeldImportView): Blocks[number] {
  const value = `${importId}:${left}`;
  const some = sizes
    .filter((size) => size < left)
    .map((size) =>
      button(`Release ${size}`, `held_import:${size}`, {
        value,
        label: `Release the next ${size} leads of ${fileName}`,
        confirm: surely(`Release the next ${size} leads to the reps?`),
      }),
    );
  const everything =
    left === 1 ? 'Release the lead to the reps?' : `Release all ${numberOf(left)} leads to the reps?`;
  const all = button(`Release all (${numberOf(left)})`, 'held_import:all', {
    value,
    label: `Release all leads of ${fileName}`,
    confirm: surely(everything),
  });
  return actions([...some, all]);
}

function otherButtons({ importId, fileName, left }: HeldImportView): Blocks[number] {
  const value = String(importId);
  return actions([
    button('Show leads…', 'held_list', { value, label: `Show the held leads of ${fileName}` }),
    button(`Turn down all (${numberOf(left)})…`, 'held_rest', {
      value,
      label: `Turn down the held leads of ${fileName}`,
    }),
  ]);
}

function surely(question: string): NonNullable<ButtonOptions['confirm']> {
  return {
    title: plain('Release them?'),
    text: plain(`${question} You can't take this back.`, 300),
    confirm: plain('Release', 30),
    deny: plain('Cancel', 30),
  };
}

function waitText(leads: number): string {
  return `${counted(leads, 'lead')} ${leads === 1 ? 'waits' : 'wait'}`;
}
