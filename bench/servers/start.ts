import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { signingSecret } from '../load.ts';

export interface ServerProcess {
  port: number;
  /** Resident memory in bytes, after a full garbage collection. */
  memory(): Promise<number>;
  /** The most resident memory that it ever had, in bytes. */
  peakMemory(): Promise<number>;
  stop(): Promise<void>;
}

export interface ServerOptions {
  slackApiUrl: string;
  transport: 'http' | 'socket';
  /** Needed by the product only. */
  databasePath?: string;
}

const entries = { product: '../../src/start.js', bolt: './bolt.ts' };

/** Starts the unchanged product, or the bare Bolt app, as a process of its own and waits until it answers. */
export async function startServer(
  which: keyof typeof entries,
  options: ServerOptions,
): Promise<ServerProcess> {
  const port = await freePort();
  const secret =
    options.transport === 'http'
      ? { SLACK_SIGNING_SECRET: signingSecret }
      : { SLACK_APP_TOKEN: 'xapp-bench' };
  const child = fork(path(entries[which]), {
    execArgv: ['--expose-gc', '--import', new URL('./memory-probe.ts', import.meta.url).href],
    // Nothing of the caller's environment: a token in it must not reach a benchmark.
    env: {
      NODE_ENV: 'production',
      // As start.js has it, for both: neither strips types again.
      NODE_COMPILE_CACHE: join(tmpdir(), 'sixth-touch-bench-cache'),
      SLACK_BOT_TOKEN: 'xoxb-bench',
      SLACK_API_URL: options.slackApiUrl,
      PORT: String(port),
      PLAYBOOK_PATH: path('../../data/playbook.yml'),
      ...(options.databasePath !== undefined && { DATABASE_PATH: options.databasePath }),
      ...secret,
    },
    // Away from the project, where a .env file may be.
    cwd: tmpdir(),
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  while (!(await answers(port))) {
    if (child.exitCode !== null)
      throw new Error(`${which} ended with ${child.exitCode} instead of starting.`);
    await sleep(50);
  }
  const ask = async (what: 'memory' | 'peak'): Promise<number> => {
    const answer = once(child, 'message');
    child.send(what);
    return Number((await answer)[0]);
  };
  return {
    port,
    memory: () => ask('memory'),
    peakMemory: () => ask('peak'),
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}

async function answers(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/readyz`).then(
    (response) => response.ok,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function path(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
