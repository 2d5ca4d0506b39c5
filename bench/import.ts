import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { parse } from 'yaml';
import { awaitView } from '../src/demo/await-view.ts';
import { type Sandbox, type SandboxApp, type SandboxSeed, startSandbox } from '../src/sandbox/index.ts';
import { sendClicks, signingSecret } from './load.ts';
import { spread, type Spread } from './measure.ts';
import { insertOpenLeads, leadChannel, reps, seedTeam, workspace } from './seed.ts';
import { type ServerProcess, startServer } from './servers/start.ts';
import { number, type Row, times } from './table.ts';

/** A rep clicks so often while the file comes in, and before. */
const msBetweenClicks = 40;
const tables = ['lead', 'audit', 'arrival'] as const;
const importer = reps[0] ?? '';

/**
 * A list from the file that a rep chooses to the leads on disk: the unchanged app in a process of its own, over HTTP,
 * in a sandbox; other reps go on clicking. Against the same app without an import, and the bare inserts of its rows.
 */
export async function benchImport(folder: string, size: { rows: number }): Promise<Row[]> {
  const databasePath = join(folder, 'import.db');
  const clickable = 5000;
  await (await seedTeam(databasePath, Date.now())).db.destroy();
  insertOpenLeads(databasePath, clickable, Date.now());
  const app = sandboxApp();
  const sandbox = await startSandbox({ seed: sandboxSeed(app) });
  const server = await startServer('product', {
    slackApiUrl: sandbox.apiUrl,
    databasePath,
    transport: 'http',
  });
  app.requestUrl = `http://127.0.0.1:${server.port}/slack/events`;
  const ids = Array.from({ length: clickable }, (_, index) => index + 1);
  let figures: Figures;
  try {
    await clickUntil(server, ids, sleep(1000));
    const idle = await clickUntil(server, ids, sleep(6000));
    const started = performance.now();
    await choose(sandbox, listOf(size.rows));
    const previewed = (performance.now() - started) / 1000;
    const meanwhile = await clickUntil(server, ids, importDone(databasePath, size.rows));
    const seconds = (performance.now() - started) / 1000;
    const peak = (await server.peakMemory()) / 1_048_576;
    figures = { rows: size.rows, seconds, previewed, peak, idle, meanwhile };
  } finally {
    await server.stop();
    await sandbox.stop();
  }
  return rowsOf(figures, bareInserts(folder, databasePath));
}

interface Figures {
  rows: number;
  seconds: number;
  previewed: number;
  peak: number;
  idle: Spread;
  meanwhile: Spread;
}

function rowsOf(figures: Figures, bareSeconds: number): Row[] {
  const { rows, seconds, previewed, peak, idle, meanwhile } = figures;
  const what = `${rows.toLocaleString('en')} rows imported`;
  const [perSecond, bare] = [rows / seconds, rows / bareSeconds];
  const later = meanwhile.p50 / idle.p50;
  return [
    {
      what: `${what}, from the file to the last lead`,
      ratio: perSecond / bare,
      aim: '< 60 s',
      met: seconds < 60,
      ours: `${number(seconds)} s (preview ${number(previewed)} s), ${number(perSecond)}/s`,
      against: `${number(bare)}/s (the bare inserts)`,
    },
    {
      what: `${what}: most memory`,
      ratio: peak / 300,
      aim: '< 300 MB',
      met: peak < 300,
      ours: `${Math.round(peak)} MB`,
      against: '300 MB',
    },
    {
      what: `${what}: a click meanwhile`,
      ratio: later,
      aim: 'p99 < 100 ms',
      met: meanwhile.p99 < 100,
      ours: times(meanwhile),
      against: `${times(idle)} (no import)`,
    },
  ];
}

/** One click after the other, each on a lead of its own, with a pause between them. */
async function clickUntil(server: ServerProcess, ids: number[], done: Promise<unknown>): Promise<Spread> {
  const taken: number[] = [];
  let isDone = false;
  const end = done.finally(() => (isDone = true));
  while (!isDone) {
    taken.push(...(await sendClicks(server.port, ids.splice(0, 1), 1)).taken);
    await sleep(msBetweenClicks);
  }
  await end;
  return spread(taken);
}

/** As a person does it: the command, the file, the preview, *Import*. */
async function choose(sandbox: Sandbox, content: string): Promise<void> {
  await sandbox.command({ channel: leadChannel, user: importer, command: '/leads', text: 'import' });
  await awaitView(sandbox, importer);
  await sandbox.submit({ user: importer, values: { file: { name: 'contact list.csv', content } } });
  for (let shown = ''; shown !== 'import_start'; shown = sandbox.view(importer)?.callback_id ?? '') {
    if (shown === 'refusal') throw new Error('The list was refused.');
    await sleep(20);
  }
  await sandbox.submit({ user: importer, callback: 'import_start' });
}

/** @throws when the import ends without all the rows */
async function importDone(path: string, rows: number): Promise<void> {
  const sqlite = new Sqlite(path, { readonly: true });
  const query = sqlite.prepare<[], { state: string; added: number }>('SELECT state, added FROM lead_import');
  try {
    for (;;) {
      const found = query.get();
      if (found?.state === 'done' && found.added === rows) return;
      if (found?.state === 'done' || found?.state === 'failed')
        throw new Error(`The import is ${found.state} with ${found.added} of ${rows} rows.`);
      await sleep(100);
    }
  } finally {
    sqlite.close();
  }
}

type RowOf = Record<string, string | number | null>;

/** The same rows once more, by prepared statements, a hundred leads a transaction. @returns seconds */
function bareInserts(folder: string, from: string): number {
  const source = new Sqlite(from, { readonly: true });
  const imported = (table: string): string =>
    `${table === 'lead' ? 'id' : 'lead_id'} IN (SELECT id FROM lead WHERE import_id IS NOT NULL)`;
  const rows = tables.map((table) =>
    source
      .prepare<[], RowOf>(
        `SELECT * FROM ${table} WHERE ${imported(table)} ORDER BY ${table === 'lead' ? 'id' : 'lead_id'}`,
      )
      .all(),
  );
  const path = join(folder, 'import-raw.db');
  source.prepare('VACUUM INTO ?').run(path);
  source.close();
  const sqlite = new Sqlite(path);
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL']) sqlite.pragma(pragma);
  for (const table of [...tables].reverse())
    sqlite.prepare(`DELETE FROM ${table} WHERE ${imported(table)}`).run();
  const inserts = rows.map(([first = {}], index) => {
    const columns = Object.keys(first);
    return sqlite.prepare(
      `INSERT INTO ${tables[index]} (${columns.join(', ')}) VALUES (${columns.map((name) => `@${name}`).join(', ')})`,
    );
  });
  const write = sqlite.transaction((start: number) => {
    inserts.forEach((insert, table) => {
      for (const row of rows[table]?.slice(start, start + 100) ?? []) insert.run(row);
    });
  });
  const started = performance.now();
  for (let start = 0; start < (rows[0]?.length ?? 0); start += 100) write(start);
  const seconds = (performance.now() - started) / 1000;
  sqlite.close();
  return seconds;
}

function listOf(rows: number): string {
  const lines = Array.from(
    { length: rows },
    (_, index) =>
      `Grace,Hopper ${index.toString(36)},grace${index}@list${index % 9000}.example,+49 30 ${2_000_000 + index},"Flow-Matic ${index % 9000}, Ltd",Head of Compilers,${index % 500},"We would like to see how this works for about forty people."`,
  );
  return `First name,Last name,Email,Phone,Company,Job title,Seats,Message\n${lines.join('\n')}\n`;
}

function sandboxApp(): SandboxApp {
  return {
    id: 'A0BENCH',
    name: 'Sixth Touch',
    botUserId: workspace.botUserId,
    botId: 'B0BOT',
    botToken: 'xoxb-bench',
    signingSecret,
    manifest: parse(
      readFileSync(new URL('../manifest.yml', import.meta.url), 'utf8'),
    ) as SandboxApp['manifest'],
    // The app's port is known once it has started.
    requestUrl: '',
  };
}

function sandboxSeed(app: SandboxApp): SandboxSeed {
  const users = [...reps, 'U0MONA'];
  const person = (id: string) => ({ id, name: id.toLowerCase(), real_name: id, tz: 'Europe/Berlin' });
  const members = [...users, app.botUserId];
  return {
    team: { id: workspace.teamId, name: 'Bench', domain: 'bench' },
    users: users.map(person),
    channels: [
      { id: leadChannel, name: 'leads', members },
      { id: 'C0MARKETING', name: 'marketing', members },
    ],
    apps: [app],
  };
}
