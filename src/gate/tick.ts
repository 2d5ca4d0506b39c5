import type { Found, Work } from '../work.ts';
import { releaseNext } from './release-import.ts';
import { importToDecide } from './store.ts';
import { turnDownNext } from './turn-down-rest.ts';

/** Goes on with what one click on a list has released or turned down, batch by batch. */
export async function tickReleases(work: Work): Promise<Found> {
  const row = await importToDecide(work);
  if (!row) return 'nothing';
  // What was released first goes first.
  await (row.release_wanted > 0 ? releaseNext(work, row) : turnDownNext(work, row));
  return 'more';
}
