import { post } from '../outbox/enqueue.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { heldImportMessage, heldImportSlot } from '../intake/held-import-slot.ts';
import { heldOfImport } from './store.ts';

/**
 * Shows the held leads of an import to marketing, all in one message and once, with the buttons that release them in
 * batches. Says nothing where none is held. To be called when the import is done, in its last transaction.
 */
export async function postHeldImport(work: Work, importId: number, team: Team): Promise<void> {
  if ((await heldOfImport(work, importId)) === 0) return;
  const slot = heldImportSlot(importId);
  await post(work, heldImportMessage(importId), {
    channelId: team.marketingChannelId,
    slot,
    dedupeKey: slot,
  });
}
