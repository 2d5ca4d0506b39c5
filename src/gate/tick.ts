import type { Work } from '../work.ts';
import { releaseNext } from './release-import.ts';
import { importToRelease } from './store.ts';

/** Goes on with what one click on a list has released, batch by batch. @returns whether there may be more */
export async function tickReleases(work: Work): Promise<boolean> {
  const row = await importToRelease(work);
  if (row) await releaseNext(work, row);
  return row !== undefined;
}
