import { DatabaseHealth } from '../../src/db/health.ts';
import { Committer } from '../../src/db/committer.ts';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { openDatabase } from '../../src/db/open.ts';
import type { Db, OutboxRow } from '../../src/db/schema.ts';
import { botUserId, channels, demoWorkspace, people, productApp } from '../../src/demo/workspace.ts';
import {
  post,
  postDirect,
  postEphemeral,
  type PostOptions,
  replyToCommand,
  updateSlot,
} from '../../src/outbox/enqueue.ts';
import { defineMessage, type OutgoingMessage, type Rendered } from '../../src/outbox/message.ts';
import { Outbox } from '../../src/outbox/outbox.ts';
import { Playbooks } from '../../src/playbook/playbooks.ts';
import {
  type LogEntry,
  type Message,
  type Sandbox,
  SandboxClock,
  type SandboxSeed,
  startSandbox,
} from '../../src/sandbox/index.ts';
import { slackClient, whoAmI } from '../../src/slack/client.ts';
import type { Work } from '../../src/work.ts';
import { memoryLog } from './memory-log.ts';
import { mondayMorning } from './world.ts';

export { channels, people };

type ChannelName = keyof typeof channels;

/** The client gives up after this real time: long for an answer on one machine, short for a test. */
const slackTimeoutMs = 150;

/**
 * The outbox alone, with a real database and the sandbox's Slack on a frozen clock: what is queued here is sent by
 * nothing else, and what a message says is the test's business.
 */
export class OutboxRig {
  readonly sandbox: Sandbox;
  readonly db: Db;
  readonly outbox: Outbox;
  readonly log = memoryLog();
  /** Texts that nobody wants any more when they are about to be sent. */
  readonly unwanted = new Set<string>();
  /** What a text looks like, where plain text won't do. */
  readonly looks = new Map<string, Rendered>();
  readonly dead: { row: OutboxRow; error: string }[] = [];
  readonly slack;
  readonly #work: Omit<Work, 'now'>;

  constructor(sandbox: Sandbox, db: Db, workspace: Work['workspace']) {
    this.sandbox = sandbox;
    this.db = db;
    this.#work = { db, workspace, playbooks: new Playbooks('data/playbook.yml', workspace.teamId) };
    this.slack = slackClient(productApp.botToken, sandbox.apiUrl, this.log.log, slackTimeoutMs);
    this.outbox = this.anotherOutbox();
  }

  /** An outbox on the same database: what a restarted process would run. */
  anotherOutbox(): Outbox {
    const say = defineMessage('say', z.object({ text: z.string() }), (_work, { text }) =>
      this.unwanted.has(text) ? null : (this.looks.get(text) ?? { text }),
    );
    return new Outbox({
      work: this.#work,
      committer: new Committer(this.db),
      health: new DatabaseHealth(),
      clock: this.sandbox.clock,
      slack: this.slack,
      types: [say],
      log: this.log.log,
      onDead: (_work, row, error) => {
        this.dead.push({ row, error });
        return Promise.resolve();
      },
    });
  }

  get now(): number {
    return this.sandbox.clock.now();
  }

  get work(): Work {
    return { ...this.#work, now: this.now };
  }

  /** @returns the row's id */
  async post(text: string, options: Partial<PostOptions> = {}): Promise<number> {
    await post(this.work, say(text), { channelId: channels.leads, ...options });
    return this.#newest();
  }

  async direct(text: string, userId: string): Promise<number> {
    await postDirect(this.work, say(text), userId);
    return this.#newest();
  }

  async whisper(text: string, userId: string): Promise<number> {
    await postEphemeral(this.work, say(text), { channelId: channels.leads, userId });
    return this.#newest();
  }

  async reply(text: string, responseUrl: string): Promise<number> {
    await replyToCommand(this.work, say(text), responseUrl);
    return this.#newest();
  }

  async update(text: string, slot: string): Promise<void> {
    await updateSlot(this.work, say(text), slot);
  }

  async row(id: number): Promise<OutboxRow> {
    return this.db.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  }

  async #newest(): Promise<number> {
    const query = this.db.selectFrom('outbox').select('id').orderBy('id', 'desc').limit(1);
    return (await query.executeTakeFirstOrThrow()).id;
  }

  /** Sends what is due this very moment. */
  async drain(): Promise<void> {
    await this.outbox.drain();
  }

  /** Lets this much time pass, stopping wherever the outbox asks to be woken. */
  async advance(seconds: number): Promise<void> {
    const to = this.now + seconds * 1000;
    for (;;) {
      const wakeAt = (await this.outbox.drain()) ?? to;
      if (this.now >= to) return;
      this.sandbox.clock.set(Math.max(Math.min(wakeAt, to), this.now + 1));
    }
  }

  /** What stands in the channel, threads included, oldest first. */
  texts(channel: ChannelName = 'leads'): string[] {
    return this.messages(channel).map((message) => message.text);
  }

  messages(channel: ChannelName = 'leads'): Message[] {
    return this.sandbox.messages(channels[channel]);
  }

  /** The messages that carry this row's id. */
  copies(outboxId: number, channel: ChannelName = 'leads'): Message[] {
    return this.messages(channel).filter(
      (message) => message.metadata?.event_payload['outbox_id'] === outboxId,
    );
  }

  /** The calls of one Web API method, oldest first. */
  calls(method: string): LogEntry[] {
    return this.sandbox.log().filter((entry) => entry.direction === 'from_app' && entry.kind === method);
  }

  /** When a method was called, in seconds since the test began. */
  callTimes(method: string): number[] {
    return this.calls(method).map((entry) => (entry.at - mondayMorning) / 1000);
  }
}

function say(text: string): OutgoingMessage {
  return { type: 'say', data: { text } };
}

/** The demo's workspace with the app in its channels; nobody listens to events, so there are none. */
function seed(): SandboxSeed {
  const workspace = demoWorkspace('Europe/Berlin');
  return {
    ...workspace,
    channels: workspace.channels.map((entry) => ({ ...entry, members: [...entry.members, botUserId] })),
    apps: workspace.apps.map((app) => ({
      ...app,
      manifest: { ...app.manifest, settings: { ...app.manifest.settings, event_subscriptions: {} } },
    })),
  };
}

/** Ends with the test. */
export async function startOutboxRig(): Promise<OutboxRig> {
  const clock = new SandboxClock({ frozenAt: mondayMorning });
  const sandbox = await startSandbox({ seed: seed(), clock });
  const db = openDatabase(':memory:');
  const rig = new OutboxRig(
    sandbox,
    db,
    await whoAmI(slackClient(productApp.botToken, sandbox.apiUrl, memoryLog().log)),
  );
  onTestFinished(async () => {
    await sandbox.stop();
    await db.destroy();
  });
  return rig;
}
