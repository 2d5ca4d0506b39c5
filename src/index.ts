import { WebAPIRequestError } from '@slack/web-api';
import { schedule } from 'node-cron';
import { pino } from 'pino';
import { buildApp, type SixthTouch } from './app.ts';
import { systemClock } from './calendar/clock.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { NewerDatabaseError } from './db/migrate.ts';
import { openDatabase } from './db/open.ts';
import type { Db } from './db/schema.ts';
import { intakeRoutes } from './http/intake.ts';
import { operatorRoutes } from './http/routes.ts';
import { closeServer, serveRoutes } from './http/server.ts';
import { failureOf } from './outbox/outcome.ts';
import { PlaybookError } from './playbook/parse.ts';
import { Playbooks } from './playbook/playbooks.ts';
import { boltLogger } from './slack/bolt-logger.ts';
import { slackClient, whoAmI } from './slack/client.ts';
import { httpReceiver, socketModeReceiver } from './slack/receivers.ts';
import { Secrets } from './webhooks/secrets.ts';

/** A reason not to start that an operator can do something about. */
class StartError extends Error {}

async function start(config: Config): Promise<void> {
  const log = pino({
    level: config.logLevel,
    redact: ['*.token', '*.email', '*.phone'],
  });
  const db = openOrExplain(config.databasePath);
  const slack = slackClient(config.botToken, config.slackApiUrl, log);
  const workspace = await whoAmI(slack).catch((error: unknown) => {
    if (error instanceof WebAPIRequestError) {
      const code = failureOf(error).error;
      throw new StartError(
        `Slack could not be reached (${code}). Check the network and SLACK_API_URL, then start again.`,
      );
    }
    throw new StartError(
      `Slack did not accept SLACK_BOT_TOKEN (${reason(error)}). Copy it again from api.slack.com/apps, your app, "OAuth & Permissions".`,
    );
  });
  const playbooks = new Playbooks(config.playbookPath, workspace.teamId);
  const mistake = await playbooks.load(db, systemClock.now());

  let app: SixthTouch | undefined = undefined;
  let connected = config.transport.kind === 'http';
  const webhooks = { secrets: new Secrets(config.secretsKey), publicUrl: config.publicUrl };
  const routes = [
    ...operatorRoutes({
      db,
      health: () => app?.health,
      isReady: () => connected,
    }),
    ...intakeRoutes({ ...webhooks, transact: () => app?.transact, log }),
  ];
  const logger = boltLogger(log);
  const { transport, port, slackApiUrl } = config;
  const clientOptions = slackApiUrl === undefined ? {} : { slackApiUrl };
  const receiver =
    transport.kind === 'http'
      ? httpReceiver({
          signingSecret: transport.signingSecret,
          port,
          customRoutes: routes,
          logger,
        })
      : socketModeReceiver({
          appToken: transport.appToken,
          installerOptions: { clientOptions },
          logger,
        });
  if ('client' in receiver) {
    receiver.client.on('connected', () => {
      connected = true;
      void app?.catchUp.run();
    });
    receiver.client.on('close', () => {
      connected = false;
      app?.catchUp.missed();
    });
  }
  const built = buildApp({
    receiver,
    slack,
    db,
    clock: systemClock,
    playbooks,
    workspace: { ...workspace, botToken: config.botToken },
    webhooks,
    log,
  });
  app = built;
  if (mistake) {
    log.error({ mistake: mistake.message }, 'the playbook has a mistake; the last good version is in use');
    await built.reportPlaybookMistake(mistake);
  }

  const server =
    transport.kind === 'socket' ? await listenOrExplain(() => serveRoutes(routes, port), port) : undefined;
  // Before anything live comes in, so that what was missed keeps its order; then the moment until we listen.
  await built.catchUp.run();
  built.catchUp.missed();
  await listenOrExplain(() => built.bolt.start(port), port);
  built.outbox.start();
  const cron = schedule('* * * * *', () => built.tick());
  await built.tick();
  log.info({ workspace: workspace.url, mode: transport.kind, port }, 'Sixth Touch is running');

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await cron.stop();
    await built.imports.stop();
    await built.roster.idle();
    await built.bolt.stop();
    if (server) await closeServer(server);
    await built.outbox.stop();
    await db.destroy();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      log.info({ signal }, 'stopping');
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, 'could not stop cleanly; what waits is on disk');
          process.exit(1);
        },
      );
    });
  }
}

function openOrExplain(path: string): Db {
  try {
    return openDatabase(path);
  } catch (error) {
    if (error instanceof NewerDatabaseError) throw new StartError(error.message);
    throw new StartError(
      `The database ${path} can't be opened (${reason(error)}). Set DATABASE_PATH to a file in a folder that this user may write to.`,
    );
  }
}

async function listenOrExplain<T>(listen: () => Promise<T>, port: number): Promise<T> {
  try {
    return await listen();
  } catch (error) {
    if (reason(error).includes('EADDRINUSE')) {
      throw new StartError(`Port ${port} is taken. Stop what uses it, or set PORT to another number.`);
    }
    throw new StartError(
      `Slack could not be reached for events (${reason(error)}). Check SLACK_APP_TOKEN: it needs the scope connections:write.`,
    );
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

try {
  await start(readConfig(process.env));
} catch (error) {
  const expected =
    error instanceof StartError || error instanceof ConfigError || error instanceof PlaybookError;
  process.stderr.write(
    `${expected ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
  );
  process.exit(1);
}
