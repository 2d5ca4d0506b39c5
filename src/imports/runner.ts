import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { DAY } from '../calendar/civil.ts';
import type { Clock } from '../calendar/clock.ts';
import { isDatabaseFailure } from '../db/failure.ts';
import { Refusal } from '../errors.ts';
import { postHeldImport } from '../gate/import-message.ts';
import { postFile, updateSlot } from '../outbox/enqueue.ts';
import type { Guard } from '../slack/guard.ts';
import { importRows, type ImportTarget } from './batch.ts';
import { mappingOf, planOf, teamOfImport } from './import.ts';
import { importSlot, progressMessage, rejectedMessage } from './progress.ts';
import { readRows } from './read-rows.ts';
import { type BadRow, rejectedHeader, rejectedRows } from './rejected.ts';
import * as store from './store.ts';

/** So many rows a transaction at most, and so long: a click that comes meanwhile waits for its end. */
const mostInBatch = 100;
const mostMs = 20;
/** Between two batches everybody else gets so long; a click needs several turns of the event loop. */
const restMs = 3;
/** Rows that go back are handled so many at a time. */
const rowsInPage = 1000;

export interface ImportRunnerOptions {
  guard: Pick<Guard, 'transact'>;
  clock: Clock;
  log: Logger;
}

type Target = Omit<ImportTarget, 'team'>;

/** Imports what was started, one file after the other, a few rows at a time. */
export class ImportRunner {
  readonly #options: ImportRunnerOptions;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  constructor(options: ImportRunnerOptions) {
    this.#options = options;
  }

  /** Nobody waits for it. What fails is tried again when it is called next: by the tick, after a restart as well. */
  start(): void {
    void this.run();
  }

  /** Resolves once nothing is left to import. Called while it runs, it looks once more when it has finished. */
  run(): Promise<void> {
    this.#again = true;
    this.#running ??= this.#work().finally(() => (this.#running = undefined));
    return this.#running;
  }

  /** Lets the rows that are just being taken in end, and starts no more; the others wait on disk for the next start. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #work(): Promise<void> {
    const { guard, log } = this.#options;
    try {
      while (this.#again) {
        this.#again = false;
        // After the transaction that has just started one.
        await setImmediate();
        for (;;) {
          if (this.#stopped) return;
          const next = await guard.transact((work) => store.runningImport(work));
          if (!next) break;
          await this.#import(next).catch((error: unknown) => this.#giveUp(next, error));
        }
      }
    } catch (error) {
      log.error({ err: error }, 'an import was interrupted; the next tick goes on where it stopped');
    }
  }

  /**
   * It was readable when it was previewed: trying again will not help, a person may, and the next file must not wait
   * for that. @throws what will be better next time
   */
  async #giveUp({ id }: store.ImportRow, error: unknown): Promise<void> {
    const { guard, log } = this.#options;
    if (isDatabaseFailure(error) || error instanceof store.TakenOver) throw error;
    if (!(error instanceof Refusal)) log.error({ err: error, importId: id }, 'an import was given up');
    await this.#end(await guard.transact((work) => store.importById(work, id)), 'failed');
  }

  async #import(start: store.ImportRow): Promise<void> {
    const { guard } = this.#options;
    const bytes = await guard.transact((work) => store.fileOf(work.db, start.id));
    if (!bytes) return this.#end(start, 'failed');
    const plan = planOf(start);
    const target: Target = { channelId: plan.channelId, mapping: mappingOf(plan) };
    let row = start;
    let batch: string[][] = [];
    let place = plan.hasHeadings ? -1 : 0;
    for await (const cells of readRows(bytes, plan)) {
      if (place >= row.next_row) batch.push(cells);
      place += 1;
      if (batch.length >= mostInBatch) [row, batch] = await this.#takeIn(row, target, batch);
      if (this.#stopped) return;
    }
    while (batch.length > 0) {
      [row, batch] = await this.#takeIn(row, target, batch);
      if (this.#stopped) return;
    }
    return this.#end(row, 'done');
  }

  /** @returns the import as it is now, and the rows that there was no time for */
  async #takeIn(
    row: store.ImportRow,
    target: Target,
    rows: string[][],
  ): Promise<[store.ImportRow, string[][]]> {
    const { guard, clock } = this.#options;
    const take = (part: string[][]): Promise<store.ImportFigures> =>
      guard.transact(async (work) => {
        const until = clock.now() + mostMs;
        const team = await teamOfImport(work, row);
        return importRows(work, row, { ...target, team }, part, () => clock.now() >= until);
      });
    let figures: store.ImportFigures;
    try {
      figures = await take(rows);
    } catch (error) {
      if (isDatabaseFailure(error) || error instanceof store.TakenOver) throw error;
      figures = await take(rows.slice(0, 1)).catch((cause: unknown) => {
        if (isDatabaseFailure(cause) || cause instanceof store.TakenOver) throw cause;
        return this.#giveBack(row, rows[0] ?? [], cause);
      });
    }
    await sleep(restMs);
    return [{ ...row, ...figures }, rows.slice(figures.next_row - row.next_row)];
  }

  /** One row that meets a mistake of ours must not keep the others waiting. */
  async #giveBack(row: store.ImportRow, cells: string[], cause: unknown): Promise<store.ImportFigures> {
    const { next_row: place, added, held, known, repeated, twice, bad } = row;
    const figures = { next_row: place + 1, added, held, known, repeated, twice, bad: bad + 1 };
    const reason = 'Something went wrong on our side with this row: please try it once more';
    const { guard, log } = this.#options;
    await guard.transact(async (work) => {
      await store.saveFigures(work.db, row, figures);
      await store.insertBadRows(work, row.id, [{ row: place, cells, reason }]);
    });
    log.error({ err: cause, importId: row.id, row: place }, 'a row could not be imported');
    return figures;
  }

  async #end(row: store.ImportRow, state: 'done' | 'failed'): Promise<void> {
    const { id, user_id: userId } = row;
    const rejected = state === 'done' ? await this.#rejected(row) : undefined;
    await this.#options.guard.transact(async (work) => {
      if (!(await store.saveEnd(work, id, state))) return;
      await store.replaceFile(work.db, id, rejected);
      await updateSlot(work, progressMessage(id), importSlot(id));
      await postHeldImport(work, id, await teamOfImport(work, row));
      if (rejected) {
        const thread = { userId, threadSlot: importSlot(id), dedupeKey: `import-rejected:${id}` };
        await postFile(work, rejectedMessage(id), thread);
      }
    });
    const end = row.bad === 0 ? 0 : row.next_row + rowsInPage;
    for (let before = rowsInPage; before < end; before += rowsInPage) {
      await this.#options.guard.transact((work) => store.deleteBadRows(work.db, id, before));
    }
  }

  /** Put together in parts, while others are served. */
  async #rejected(row: store.ImportRow): Promise<Buffer | undefined> {
    if (row.bad === 0) return undefined;
    const { labels, delimiter } = planOf(row);
    const parts = [Buffer.from(rejectedHeader(labels, delimiter))];
    let after = -1;
    for (;;) {
      const page: (BadRow & { row: number })[] = await this.#options.guard.transact((work) =>
        store.badRowsAfter(work.db, row.id, after, rowsInPage),
      );
      if (page.length === 0) return Buffer.concat(parts);
      parts.push(Buffer.from(rejectedRows(page, delimiter)));
      after = page.at(-1)?.row ?? after;
    }
  }

  /** Lets go of files that are no longer needed: the tick's part. */
  tidy(): Promise<void> {
    return this.#options.guard.transact((work) =>
      store.forgetFiles(work, { previewsBefore: work.now - DAY, doneBefore: work.now - 7 * DAY }),
    );
  }
}
