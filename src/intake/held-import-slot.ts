import { z } from 'zod';
import { updateSlot } from '../outbox/enqueue.ts';
import type { OutgoingMessage } from '../outbox/message.ts';
import { livingSlots } from '../outbox/store.ts';
import type { Work } from '../work.ts';

/** The data of the one message about all held leads of an import; `gate/` renders it. */
export const heldImportData = z.object({ importId: z.number() });
export const heldImportType = 'held_import';

/** That message's place in the marketing channel. */
export function heldImportSlot(importId: number): string {
  return `held_import:${importId}`;
}

export function heldImportMessage(importId: number): OutgoingMessage {
  return { type: heldImportType, data: { importId } satisfies z.infer<typeof heldImportData> };
}

/** Lets the message say again how many are left; an import that nobody was told about has none. */
export async function refreshHeldImport(work: Work, importId: number): Promise<void> {
  const slot = heldImportSlot(importId);
  const living = await livingSlots(work.db, work.workspace.teamId, [slot]);
  if (living.has(slot)) await updateSlot(work, heldImportMessage(importId), slot);
}
