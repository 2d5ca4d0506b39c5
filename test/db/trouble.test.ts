import Sqlite from 'better-sqlite3';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { healthReport } from '../../src/http/health.ts';
import type { Db } from '../../src/db/schema.ts';
import { memoryLog } from '../support/memory-log.ts';
import { channels, startWorld, temporaryFile, textOf } from '../support/world.ts';

interface Trouble {
  /** Makes every write of the app fail. @returns what ends the trouble */
  begin: (db: Db, path: string) => Promise<() => Promise<unknown>>;
  error: string;
}

const troubles: Record<string, Trouble> = {
  'locked by another process': {
    begin: async (db, path) => {
      // The app would wait a second with the event loop standing still; here a moment will do.
      await sql.raw('PRAGMA busy_timeout = 20').execute(db);
      const other = new Sqlite(path);
      other.exec('BEGIN IMMEDIATE');
      return () => Promise.resolve(other.close());
    },
    error: 'database is locked',
  },
  full: {
    begin: async (db) => {
      await sql.raw('PRAGMA max_page_count = 1').execute(db);
      await fill(db);
      return () => sql.raw('PRAGMA max_page_count = 1000000').execute(db);
    },
    error: 'database or disk is full',
  },
  'not writable': {
    begin: async (db) => {
      await sql.raw('PRAGMA query_only = 1').execute(db);
      return () => sql.raw('PRAGMA query_only = 0').execute(db);
    },
    error: 'attempt to write a readonly database',
  },
};

/** Uses up what room there is in the last page of the table that every change writes to. */
async function fill(db: Db): Promise<void> {
  const row = { team_id: 'T', at: 0, actor: 'a', action: 'filler', detail: '' };
  for (;;) {
    try {
      await db.insertInto('audit').values(row).execute();
    } catch {
      return;
    }
  }
}

test.each(Object.entries(troubles))(
  'a database that is %s: nothing is acknowledged, nothing is lost, all works again afterwards',
  async (_name, { begin, error }) => {
    const memory = memoryLog();
    const databasePath = temporaryFile('sixth-touch.db');
    const world = await startWorld({ databasePath, log: memory.log });
    const lead = await world.hubspotLead();
    const health = () => healthReport(world.db, world.app.health);
    expect(await health()).toMatchObject({ status: 200 });

    const end = await begin(world.db, databasePath);
    world.sandbox.botMessage({
      channel: channels.leads,
      username: 'HubSpot',
      text: '*First Name*: Grace\n*Last Name*: Hopper\n*Email*: grace@navy.example\n*Form*: Demo request',
    });
    const click = world.clickOnly('alice', world.card(lead), 'claim');
    const refusals = () => memory.errors().filter((line) => line.msg.startsWith('the database refused'));
    while (refusals().length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    const report = await health();
    expect(report.status).toBe(503);
    expect(report.body.database).toContain(error);
    expect(refusals()[0]).toMatchObject({ err: { message: error } });

    await end();
    expect(await click).toMatchObject({ ok: false, acked: false });
    expect((await world.lead(lead.id)).owner_id).toBeNull();
    await world.sandbox.idle();
    await world.advance('7m');
    const leads = await world.db.selectFrom('lead').select('name').orderBy('id').execute();
    expect(leads.map((row) => row.name)).toEqual(['Ada Lovelace', 'Grace Hopper']);
    expect(world.posts('leads').filter((message) => message.text.startsWith('Lead: Grace'))).toHaveLength(1);
    expect((await world.click('alice', world.card(lead), 'claim')).ok).toBe(true);
    expect(textOf(world.card(lead))).toContain('<@U0ALICE>');
    expect(await health()).toMatchObject({ status: 200 });
  },
);

test('an outbox that cannot write sends nothing, and catches up', async () => {
  const memory = memoryLog();
  const databasePath = temporaryFile('sixth-touch.db');
  const world = await startWorld({ databasePath, log: memory.log });
  world.sandbox.botMessage({
    channel: channels.leads,
    username: 'HubSpot',
    text: '*First Name*: Grace\n*Email*: grace@navy.example\n*Form*: Demo request',
  });
  await world.sandbox.idle();
  await sql.raw('PRAGMA query_only = 1').execute(world.db);
  world.app.outbox.start();
  while (memory.errors().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await world.app.outbox.stop();
  expect(memory.errors()[0]?.msg).toBe('outbox: the database refused; trying again in 5 s');
  const cards = () => world.posts('leads').filter((message) => message.text.startsWith('Lead:'));
  expect(cards()).toHaveLength(0);
  await sql.raw('PRAGMA query_only = 0').execute(world.db);
  await world.settle();
  expect(cards()).toHaveLength(1);
});

test('a tick that cannot write says so, and the next one does what is due', async () => {
  const memory = memoryLog();
  const world = await startWorld({ databasePath: temporaryFile('sixth-touch.db'), log: memory.log });
  await world.db.updateTable('sales_team').set({ next_digest_at: world.now }).execute();
  await sql.raw('PRAGMA query_only = 1').execute(world.db);
  await world.app.tick();
  expect(
    memory
      .errors()
      .map((line) => line['part'])
      .filter((part) => part !== undefined),
  ).toContain('digests');
  await sql.raw('PRAGMA query_only = 0').execute(world.db);
  await world.app.tick();
  await world.settle();
  const { next_digest_at: next } = await world.db
    .selectFrom('sales_team')
    .select('next_digest_at')
    .executeTakeFirstOrThrow();
  expect(next).toBeGreaterThan(world.now);
});

test('health stays bad while the disk is full, however often something is only read', async () => {
  const world = await startWorld({ databasePath: temporaryFile('sixth-touch.db') });
  const lead = await world.hubspotLead();
  await sql.raw('PRAGMA query_only = 1').execute(world.db);
  await world.clickOnly('alice', world.card(lead), 'claim');
  await world.app.tick();
  expect((await healthReport(world.db, world.app.health)).status).toBe(503);
  await sql.raw('PRAGMA query_only = 0').execute(world.db);
  await world.app.tick();
  expect((await healthReport(world.db, world.app.health)).status).toBe(200);
});
