import type { LeadRow } from '../db/schema.ts';
import type { Work } from '../work.ts';
import { leftOfImport } from './release-import.ts';
import { importById, nextOfImport } from './store.ts';

/** So many leads of a list are shown at once. */
export const pageSize = 10;

/** Which part of a list somebody looks at. */
export interface ListPlace {
  importId: number;
  offset: number;
}

export interface HeldListView extends ListPlace {
  fileName: string;
  /** How many wait. */
  left: number;
  leads: readonly LeadRow[];
}

/** A page of what waits of a list, the oldest first; the last one where the page asked for is gone by now. */
export async function heldList(work: Work, { importId, offset }: ListPlace): Promise<HeldListView> {
  const row = await importById(work, importId);
  const left = await leftOfImport(work, row);
  const last = Math.max(0, Math.ceil(left / pageSize) - 1) * pageSize;
  const from = Math.min(offset, last);
  // What is released and not on its way yet stands before them.
  const leads = left === 0 ? [] : await nextOfImport(work, importId, pageSize, row.release_wanted + from);
  return { importId, offset: from, fileName: row.file_name, left, leads };
}

/** A lead in a form or button, and where in a list it was clicked: `12`, or `12:3:20`. */
export function placed(leadId: number, place: ListPlace | undefined): string {
  return place === undefined ? String(leadId) : `${leadId}:${place.importId}:${place.offset}`;
}

/** @throws for what `placed` has not written */
export function readPlaced(text: string): { leadId: number; place: ListPlace | undefined } {
  const [leadId = NaN, importId, offset = 0] = text.split(':').map(Number);
  if (![leadId, importId ?? 0, offset].every(Number.isSafeInteger))
    throw new Error(`No lead: ${text.slice(0, 40)}`);
  return { leadId, place: importId === undefined ? undefined : { importId, offset } };
}
