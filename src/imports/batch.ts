import { admit } from '../intake/admit.ts';
import type { LeadDraft } from '../intake/draft.ts';
import { updateSlot } from '../outbox/enqueue.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { importSlot, progressMessage } from './progress.ts';
import type { BadRow } from './rejected.ts';
import { readRow, rowKey, type Mapping } from './row-draft.ts';
import { importOfArrival, insertBadRows, type ImportFigures, type ImportRow, saveFigures } from './store.ts';

/** The progress message changes when so many more rows are in: about every two seconds. */
const rowsBetweenUpdates = 2000;

/** Where the leads go, and what the cells mean. */
export interface ImportTarget {
  team: Team;
  /** The lead channel of their cards; without it the team's first. */
  channelId?: string;
  mapping: Mapping;
}

/**
 * Takes rows in, in the file's order, from `next_row` on, until `enough` says that others have waited; the figures
 * are saved with them, so that after a crash the next row is the next row.
 * @returns the figures as they are now
 * @throws TakenOver when another process has taken these rows in meanwhile
 */
export async function importRows(
  work: Work,
  row: ImportRow,
  { team, channelId, mapping }: ImportTarget,
  rows: readonly (readonly string[])[],
  enough: () => boolean,
): Promise<ImportFigures> {
  const { next_row: first, added, held, known, repeated, twice, bad } = row;
  const figures: ImportFigures = { next_row: first, added, held, known, repeated, twice, bad };
  const badRows: (BadRow & { row: number })[] = [];
  for (const cells of rows) {
    const reading = readRow(cells, mapping);
    const reason = 'reason' in reading ? reading.reason : await takeIn(reading.draft, cells);
    if (reason !== undefined) badRows.push({ row: figures.next_row, cells, reason });
    figures.next_row += 1;
    if (enough()) break;
  }
  figures.bad += badRows.length;
  await saveFigures(work.db, row, figures);
  await insertBadRows(work, row.id, badRows);
  if (Math.floor(figures.next_row / rowsBetweenUpdates) > Math.floor(first / rowsBetweenUpdates)) {
    await updateSlot(work, progressMessage(row.id), importSlot(row.id));
  }
  return figures;

  async function takeIn(draft: LeadDraft, cells: readonly string[]): Promise<string | undefined> {
    const key = `import:${team.id}:${rowKey(cells)}`;
    const arrival = {
      team,
      way: 'import' as const,
      key,
      draft,
      channelId,
      by: row.user_id,
      importId: row.id,
      listOf: row.rows,
    };
    const admitted = await admit(work, arrival);
    switch (admitted.outcome) {
      case 'lead':
        figures.added += 1;
        if (admitted.lead.state === 'held') figures.held += 1;
        return undefined;
      case 'signal':
        figures[admitted.lead.import_id === row.id ? 'twice' : 'known'] += 1;
        return undefined;
      case 'repeat':
        figures[(await importOfArrival(work, key)) === row.id ? 'twice' : 'repeated'] += 1;
        return undefined;
      case 'probable':
        return `May be ${personOf(admitted.like)}, who is a lead already: the same name at the same company. If it is somebody else, add them with /leads add`;
    }
  }
}

function personOf({
  name,
  email,
  phone,
}: {
  name: string | null;
  email: string | null;
  phone: string | null;
}): string {
  return `${name ?? 'somebody'} (${email ?? phone ?? ''})`;
}
