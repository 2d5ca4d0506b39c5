import type { Logger } from 'pino';
import { buildApp, type SixthTouch } from '../app.ts';
import { openDatabase } from '../db/open.ts';
import type { Db } from '../db/schema.ts';
import { Playbooks } from '../playbook/playbooks.ts';
import type { Sandbox } from '../sandbox/index.ts';
import { boltLogger } from '../slack/bolt-logger.ts';
import { slackClient, whoAmI } from '../slack/client.ts';
import { socketModeReceiver } from '../slack/receivers.ts';
import { Secrets } from '../webhooks/secrets.ts';
import { productApp } from './workspace.ts';

export interface Wired {
  app: SixthTouch;
  db: Db;
  /**
   * Lets time pass up to an instant: every tick in between runs at its minute, and everything that falls due leaves
   * at its second, as if the time had passed; with `tickMinutes`, as if some ticks had been missed.
   */
  driveTo(at: number): Promise<void>;
  /** Sends what is waiting, moving the clock by the few seconds that rate limits ask for. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

export interface WireOptions {
  sandbox: Sandbox;
  databasePath: string;
  playbookPath: string;
  /** How many minutes lie between two ticks while time is driven: one, as in the product, or more to get there sooner. */
  tickMinutes?: number;
  /** Where webhooks reach this app, if they do. */
  publicUrl?: string;
  log: Logger;
}

const minute = 60_000;

/** A key that everybody may know, for secrets that protect nothing. */
export const demoWebhooks = {
  secrets: new Secrets(Buffer.alloc(32, 'sixth touch demo')),
  publicUrl: 'https://leads.example.com',
};

/** Starts the unchanged app in Socket Mode against a sandbox. */
export async function wireApp(options: WireOptions): Promise<Wired> {
  const { sandbox, publicUrl, log, tickMinutes = 1 } = options;
  const step = tickMinutes * minute;
  const { clock } = sandbox;
  const db = openDatabase(options.databasePath);
  const slack = slackClient(productApp.botToken, sandbox.apiUrl, log);
  const workspace = { ...(await whoAmI(slack)), botToken: productApp.botToken };
  const playbooks = new Playbooks(options.playbookPath, workspace.teamId);
  await playbooks.load(db, clock.now());
  const receiver = socketModeReceiver({
    appToken: productApp.appToken ?? '',
    installerOptions: { clientOptions: { slackApiUrl: sandbox.apiUrl } },
    clientPingTimeout: 5000,
    logger: boltLogger(log),
  });
  const app = buildApp({
    receiver,
    slack,
    db,
    clock,
    playbooks,
    workspace,
    webhooks: { ...demoWebhooks, ...(publicUrl !== undefined && { publicUrl }) },
    log,
  });
  receiver.client.on('close', () => app.catchUp.missed());
  receiver.client.on('connected', () => void app.catchUp.run());
  await app.catchUp.run();
  app.catchUp.missed();
  await app.bolt.start();

  const quiet = async (): Promise<void> => {
    await sandbox.idle();
    await app.modals.idle();
    await app.roster.idle();
  };
  const driveTo = async (to: number): Promise<void> => {
    for (;;) {
      await quiet();
      const wakeAt = await app.outbox.drain();
      const now = clock.now();
      if (now >= to) return;
      const nextTick = (Math.floor(now / step) + 1) * step;
      const next = Math.max(Math.min(wakeAt ?? Infinity, nextTick, to), now + 1);
      clock.set(next);
      if (next === nextTick) await app.tick();
    }
  };
  return {
    app,
    db,
    driveTo,
    settle: async () => {
      for (;;) {
        await quiet();
        const wakeAt = await app.outbox.drain();
        if (wakeAt === undefined || wakeAt > clock.now() + 5000) return;
        if (wakeAt > clock.now()) clock.set(wakeAt);
      }
    },
    stop: async () => {
      await app.imports.stop();
      await app.roster.idle();
      await app.bolt.stop();
      await app.outbox.stop();
      await db.destroy();
    },
  };
}
