import { z } from 'zod';
import { type Blocks, defineMessage, type Rendered } from '../outbox/message.ts';
import { actions, button, context, escape, line, section } from '../slack/kit.ts';
import { heldImportData, heldImportType } from './import-slot.ts';
import { leftOfImport } from './release-import.ts';
import { importById, reasonsOfImport } from './store.ts';

export interface HeldImportView {
  importId: number;
  fileName: string;
  /** How many wait for somebody to release them. */
  left: number;
  /** Released, and not on their way yet. */
  underWay: number;
  /** Why they are held (JSON lists of sentences), the commonest first. */
  reasons: readonly { reasons: string; leads: number }[];
}

/** All held leads of an import in one message: nobody wants a thousand cards. */
export const heldImport = defineMessage(heldImportType, heldImportData, async (work, { importId }) => {
  const row = await importById(work, importId);
  return renderHeldImport({
    importId,
    fileName: row.file_name,
    left: await leftOfImport(work, row),
    underWay: row.release_wanted,
    reasons: await reasonsOfImport(work, importId, 3),
  });
});

const sizes = [20, 100];

export function renderHeldImport(view: HeldImportView): Rendered {
  const { fileName, left, underWay } = view;
  const waiting = left === 0 ? 'no lead waits any more' : `${waitText(left)} for marketing`;
  const more = underWay === 0 ? '' : ` ${numberOf(underWay)} more are on their way to the reps.`;
  const name = line(fileName, 100);
  const icon = left === 0 ? ':white_check_mark:' : ':hourglass:';
  return {
    text: `${name}: ${waiting}.${more}`,
    blocks: [
      section(`${icon} *${name}*: ${waiting}.${more}`),
      ...(left === 0 ? [] : [...whyBlocks(view), releaseButtons(view)]),
    ],
  };
}

const sentences = z.array(z.string());

function whyBlocks({ reasons }: HeldImportView): Blocks {
  if (reasons.length === 0) return [];
  const texts = reasons.map(({ reasons: list, leads }) => {
    const why = sentences.parse(JSON.parse(list)).map((reason) => escape(reason));
    return `${numberOf(leads)}: ${why.join(' ')}`;
  });
  return [context(...texts, 'They are released in the order in which they came.')];
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
      }),
    );
  const all = button(`Release all (${numberOf(left)})`, 'held_import:all', {
    value,
    label: `Release all leads of ${fileName}`,
    confirm: {
      title: { type: 'plain_text', text: 'Release them all?' },
      text: {
        type: 'plain_text',
        text: `${left === 1 ? 'One card comes' : `${numberOf(left)} cards come`} to the lead channel. This can't be taken back.`,
      },
      confirm: { type: 'plain_text', text: 'Release' },
      deny: { type: 'plain_text', text: 'Cancel' },
    },
  });
  return actions([...some, all]);
}

function waitText(leads: number): string {
  return leads === 1 ? '1 lead waits' : `${numberOf(leads)} leads wait`;
}

function numberOf(number: number): string {
  return number.toLocaleString('en');
}
