import { Committer } from '../src/db/committer.ts';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { pino } from 'pino';
import { systemClock } from '../src/calendar/clock.ts';
import { receivePost } from '../src/posts/receive.ts';
import { DatabaseHealth } from '../src/db/health.ts';
import { Guard } from '../src/slack/guard.ts';
import { compare, timeEach } from './measure.ts';
import { leadChannel, seedTeam } from './seed.ts';
import { type Row, times } from './table.ts';

const tables = ['lead', 'audit', 'outbox', 'arrival'] as const;

/**
 * A lead from the post to the disk (read, de-duplicated, ranked, offered, its card on the way), one transaction a
 * lead; against the bare inserts of the same rows with prepared statements, as fast as SQLite takes them.
 */
export async function benchIntake(folder: string, size: { rounds: number; leads: number }): Promise<Row[]> {
  const ourPath = join(folder, 'intake.db');
  const rawPath = join(folder, 'intake-raw.db');
  const { db, work } = await seedTeam(ourPath, Date.now());
  const guard = new Guard({
    work,
    committer: new Committer(db),
    clock: systemClock,
    log: pino({ level: 'silent' }),
    health: new DatabaseHealth(),
    committed: () => undefined,
  });
  await (await seedTeam(rawPath, Date.now())).db.destroy();
  const raw = openRaw(rawPath);
  let received = 0;
  let written = 0;
  const receive = async (): Promise<void> => {
    const post = hubspotPost((received += 1));
    const result = await guard.transact((unit) => receivePost(unit, leadChannel, post));
    if (result.outcome !== 'lead') throw new Error(`A post became ${result.outcome} instead of a lead.`);
  };
  // The same values that ours has written: so many leads are always ahead of the bare inserts.
  const ahead = size.leads;
  await timeEach(ahead, receive);
  const copy = async (): Promise<number[]> => {
    const rows = readRows(ourPath, written, size.leads);
    written += size.leads;
    return timeEach(rows.length, (index) => Promise.resolve(raw.write(rows[index] ?? [])));
  };
  const result = await compare(size.rounds, () => timeEach(size.leads, receive), copy);
  await db.destroy();
  raw.close();
  const throughput = 1 / result.ratio;
  return [
    {
      what: 'leads taken in a second, one transaction each',
      ratio: throughput,
      aim: '≥ 0.5×',
      met: throughput >= 0.5,
      ours: times(result.ours),
      against: `${times(result.against)} (the bare inserts)`,
    },
  ];
}

type RowOf = Record<string, string | number | null>;

/** The rows of some leads, each in the order of `tables`. */
function readRows(path: string, after: number, count: number): RowOf[][] {
  const sqlite = new Sqlite(path, { readonly: true });
  const keys = { lead: 'id', audit: 'lead_id', outbox: 'id', arrival: 'lead_id' };
  const rows = tables.map((table) =>
    sqlite
      .prepare<[number, number], RowOf>(
        `SELECT * FROM ${table} WHERE ${keys[table]} > ? ORDER BY ${keys[table]} LIMIT ?`,
      )
      .all(after, count),
  );
  sqlite.close();
  return Array.from({ length: count }, (_, index) => rows.map((list) => list[index] ?? {}));
}

/** Prepared inserts into a database that was opened exactly as the app opens it. */
function openRaw(path: string): { write(rows: readonly RowOf[]): void; close(): void } {
  const sqlite = new Sqlite(path);
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON'])
    sqlite.pragma(pragma);
  const inserts = tables.map((table) => {
    const columns = sqlite
      .prepare<[], string>(`SELECT name FROM pragma_table_info('${table}')`)
      .pluck()
      .all();
    return sqlite.prepare(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((name) => `@${name}`).join(', ')})`,
    );
  });
  const write = sqlite.transaction((rows: readonly RowOf[]) => {
    inserts.forEach((insert, index) => insert.run(rows[index]));
  });
  return { write, close: () => sqlite.close() };
}

/** As HubSpot posts a form: one attachment with a labelled line for each field. */
function hubspotPost(number: number): Parameters<typeof receivePost>[2] {
  const email = `ada${number}@company${number % 900}.example`;
  const text = [
    `*First Name*: Ada`,
    `*Last Name*: Lovelace${number.toString(36)}`,
    `*Email*: <mailto:${email}|${email}>`,
    `*Phone*: +49 30 ${String(1_000_000 + number)}`,
    `*Company*: Analytical Engines ${number % 900}`,
    `*Job Title*: Head of Engines`,
    `*Form*: Demo request`,
    `*Message*: We would like to see how this works for about forty people.`,
  ].join('\n');
  return {
    ts: `17000${String(number).padStart(5, '0')}.000100`,
    subtype: 'bot_message',
    username: 'HubSpot',
    text: '',
    attachments: [{ fallback: text, text, mrkdwn_in: ['text'] }],
  };
}
