import { recordAudit } from '../db/audit.ts';
import { release } from '../intake/release.ts';
import { waitingIn } from '../outbox/store.ts';
import { teamById } from '../team/store.ts';
import type { Work } from '../work.ts';
import { refuseStranger } from './gate.ts';
import { refreshHeldImport } from '../intake/held-import-slot.ts';
import { type HeldImport, heldOfImport, importById, nextOfImport, saveReleaseWanted } from './store.ts';

/** So many leads at most in one transaction: everybody else's clicks wait for it. */
const batch = 100;

/** What one click released; zero when the list had changed since its message was rendered. */
export interface ImportRelease {
  released: number;
  /** How many of the list still wait for somebody to release them. */
  left: number;
  /** How many cards go to the channel before these are all there, theirs included. */
  cards: number;
}

/**
 * Releases the next leads of an import in the order in which they came: the first at once, the rest by the tick.
 * @param seenLeft how many were left where it was clicked: when two click at once, the second has to look again
 * @throws Refusal for who may not
 */
export async function releaseImport(
  work: Work,
  importId: number,
  click: { userId: string; channelId?: string },
  amount: number,
  seenLeft: number,
): Promise<ImportRelease> {
  const row = await importById(work, importId);
  refuseStranger(await teamById(work, row.sales_team_id), click);
  const left = await leftOfImport(work, row);
  if (left !== seenLeft || left === 0) {
    await refreshHeldImport(work, importId);
    return { released: 0, left, cards: 0 };
  }
  const released = Math.min(amount, left);
  const detail = { import: importId, leads: released };
  await recordAudit(work, { actor: click.userId, action: 'import.released', detail });
  const wanted = row.release_wanted + released;
  const channelId = await releaseNext(work, { ...row, release_wanted: wanted, release_by: click.userId });
  const { release_wanted: toCome } = await importById(work, importId);
  const queued = channelId === undefined ? 0 : await waitingIn(work.db, `bulk:${channelId}`);
  return { released, left: left - released, cards: queued + toCome };
}

/** How many held leads of an import nobody has released or turned down yet. */
export async function leftOfImport(work: Work, row: HeldImport): Promise<number> {
  if (row.turn_down !== null) return 0;
  return Math.max(0, (await heldOfImport(work, row.id)) - row.release_wanted);
}

/** Brings the next batch of what somebody has released to the reps, and keeps how many are still to follow. @returns their channel */
export async function releaseNext(work: Work, row: HeldImport): Promise<string | undefined> {
  const team = await teamById(work, row.sales_team_id);
  const now = Math.min(batch, row.release_wanted);
  const leads = await nextOfImport(work, row.id, now);
  for (const lead of leads) await release(work, lead, team, row.release_by ?? 'app');
  // Fewer than were wanted are there: the others went on by themselves.
  const wanted = leads.length < now ? 0 : row.release_wanted - leads.length;
  await saveReleaseWanted(work, row.id, wanted, wanted === 0 ? null : row.release_by);
  await refreshHeldImport(work, row.id);
  return leads[0]?.channel_id;
}
