import { sql } from 'kysely';
import { pino } from 'pino';
import { messageTypes } from '../../../src/app.ts';
import { Committer } from '../../../src/db/committer.ts';
import { DatabaseHealth } from '../../../src/db/health.ts';
import { openDatabase } from '../../../src/db/open.ts';
import type { Db, OutboxRow } from '../../../src/db/schema.ts';
import { ImportRunner } from '../../../src/imports/runner.ts';
import { tick } from '../../../src/jobs/tick.ts';
import type { Rendered } from '../../../src/outbox/message.ts';
import { Playbooks } from '../../../src/playbook/playbooks.ts';
import { Guard } from '../../../src/slack/guard.ts';
import { saveTeam } from '../../../src/team/store.ts';
import type { Team } from '../../../src/team/team.ts';
import type { Work } from '../../../src/work.ts';

/** A literal, as in the index. */
const waiting = sql<boolean>`state IN ('ready', 'unknown')`;
const workspace = { teamId: 'T0ACME', botUserId: 'U0SIXTH', url: 'https://acme-sales.slack.com/' };
export const leadChannel = 'C0LEADS';
export const marketingChannel = 'C0MARKETING';
export const manager = 'U0MONA';

/** A message as Slack would have got it. */
export interface Delivered {
  at: number;
  row: OutboxRow;
  type: string;
  rendered: Rendered;
}

/**
 * The product without Slack: the real database, tick, rules and messages, a clock that is set, and in Slack's place
 * somebody who takes every message at once. Cards and what changes them are taken unread: they are most of the messages.
 */
export class Office {
  readonly db: Db;
  readonly #guard: Guard;
  readonly #tick: () => Promise<void>;
  readonly #types = new Map(messageTypes.map((type) => [type.type, type]));
  readonly #work: Omit<Work, 'now' | 'db'>;
  readonly failures: unknown[] = [];
  #now: number;
  #ts = 0;
  /** Called for every message that somebody is meant to act on. */
  delivered: (message: Delivered) => Promise<void> = () => Promise.resolve();

  private constructor(db: Db, playbooks: Playbooks, now: number) {
    this.db = db;
    this.#now = now;
    this.#work = { playbooks, workspace };
    const clock = { now: () => this.#now };
    const failures = this.failures;
    const log = pino({ level: 'error' }, { write: (line: string) => void failures.push(JSON.parse(line)) });
    const committer = new Committer(db);
    const health = new DatabaseHealth();
    this.#guard = new Guard({ work: this.#work, committer, clock, log, health, committed: () => undefined });
    const imports = new ImportRunner({ guard: this.#guard, clock, log });
    this.#tick = () =>
      tick({
        db,
        playbooks,
        guard: this.#guard,
        clock,
        log,
        imports,
        reportPlaybookMistake: (error) => Promise.reject(error),
      });
  }

  static async open(now: number): Promise<Office> {
    const db = openDatabase(':memory:');
    const playbooks = new Playbooks('data/playbook.yml', workspace.teamId);
    await playbooks.load(db, now);
    return new Office(db, playbooks, now);
  }

  get now(): number {
    return this.#now;
  }

  get work(): Work {
    return { ...this.#work, db: this.db, now: this.#now };
  }

  setUp(reps: string[], mode: Team['mode']): Promise<Team> {
    const settings = {
      name: 'Inbound',
      mode,
      zone: 'Europe/Berlin',
      workingDays: [1, 2, 3, 4, 5],
      dayStart: '09:00',
      dayEnd: '17:00',
      marketingChannelId: marketingChannel,
      reps,
      managers: [manager],
    };
    return this.act((work) => saveTeam(work, leadChannel, settings, this.#now));
  }

  /** One person's action: one transaction. */
  act<T>(unit: (work: Work) => Promise<T>): Promise<T> {
    return this.#guard.transact(unit);
  }

  async passTo(at: number): Promise<void> {
    this.#now = at;
    await this.#tick();
    await this.deliver();
  }

  /** Slack takes everything that waits. */
  async deliver(): Promise<void> {
    // Looked at once the transaction is over: there is one connection.
    for (const message of await this.#deliver()) await this.delivered(message);
  }

  #deliver(): Promise<Delivered[]> {
    return this.act(async (work) => {
      const read: Delivered[] = [];
      // By the index of what waits, however much was sent before.
      const rows = await work.db
        .selectFrom('outbox')
        .selectAll()
        .where(waiting)
        .orderBy(sql`+id`)
        .execute();
      if (rows.length === 0) return read;
      const posted: { slot: string; channelId: string; ts: string }[] = [];
      for (const row of rows) {
        const { type, data } = JSON.parse(row.message) as { type: string; data: unknown };
        if (row.kind === 'post' && type !== 'lead_card' && type !== 'held_card') {
          const rendered = await this.#types.get(type)?.render(work, data);
          if (!rendered) continue;
          read.push({ at: work.now, row, type, rendered });
        }
        if (row.kind === 'post' && row.slot !== null) {
          this.#ts += 1;
          const ts = `${Math.floor(work.now / 1000)}.${String(this.#ts).padStart(6, '0')}`;
          posted.push({ slot: row.slot, channelId: row.channel_id ?? `D${row.user_id}`, ts });
        }
      }
      if (posted.length > 0) {
        await work.db
          .insertInto('slack_message')
          .values(
            posted.map(({ slot, channelId, ts }) => ({
              team_id: workspace.teamId,
              slot,
              channel_id: channelId,
              ts,
            })),
          )
          .onConflict((conflict) =>
            conflict.columns(['team_id', 'slot']).doUpdateSet((eb) => ({
              channel_id: eb.ref('excluded.channel_id'),
              ts: eb.ref('excluded.ts'),
            })),
          )
          .execute();
      }
      await work.db
        .updateTable('outbox')
        .set({ state: 'sent', settled_at: work.now })
        .where(waiting)
        .execute();
      return read;
    });
  }
}
