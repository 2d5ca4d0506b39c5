import { recordAudit } from '../db/audit.ts';
import { refreshHeldImport } from '../intake/held-import-slot.ts';
import type { Answer } from '../playbook/schema.ts';
import type { Work } from '../work.ts';
import { detailOf, restOf, type RestDetail } from './decision.ts';
import { leftOfImport } from './release-import.ts';
import { type HeldImport, importById, nextOfImport, saveTurnDown } from './store.ts';
import { closeHeld } from './turn-down.ts';

/** So many leads at most in one transaction: everybody else's clicks wait for it. */
const batch = 100;

/**
 * Turns down whatever of a list nobody has released: the first at once, the rest by the tick.
 * @param seenLeft how many were left when the form was opened
 * @returns whether it was done, and how many are left otherwise
 */
export async function turnDownRest(
  work: Work,
  importId: number,
  userId: string,
  seenLeft: number,
  { answer, answered }: { answer: Answer; answered: boolean },
): Promise<{ done: boolean; left: number }> {
  const row = await importById(work, importId);
  const left = await leftOfImport(work, row);
  if (left !== seenLeft || left === 0) return { done: false, left };
  const rest: RestDetail = { by: userId, detail: detailOf(answer, answered) };
  const detail = { import: importId, leads: left, ...rest.detail };
  await recordAudit(work, { actor: userId, action: 'import.turned_down', detail });
  const turnDown = JSON.stringify(rest);
  await saveTurnDown(work, importId, turnDown);
  if (row.release_wanted === 0) await turnDownNext(work, { ...row, turn_down: turnDown });
  else await refreshHeldImport(work, importId);
  return { done: true, left };
}

/** Closes the next batch of what somebody has turned down. */
export async function turnDownNext(work: Work, row: HeldImport): Promise<void> {
  if (row.turn_down === null) return;
  const { by, detail } = restOf(row.turn_down);
  const leads = await nextOfImport(work, row.id, batch);
  for (const lead of leads) await closeHeld(work, lead, by, detail);
  if (leads.length < batch) await saveTurnDown(work, row.id, null);
  await refreshHeldImport(work, row.id);
}
