import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

export interface RunningDemo {
  url: string;
  /** What the demo printed. */
  output(): string;
  stop(): Promise<void>;
}

/** Starts `npm run demo` as a new user would, on a free port, and waits until it is ready. */
export async function startDemo(): Promise<RunningDemo> {
  const port = await freePort();
  const child = spawn('npm', ['run', '--silent', 'demo'], {
    env: { ...process.env, DEMO_PORT: String(port), TZ: 'Europe/Berlin' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  await untilReady(child, () => printed);
  return {
    url: `http://localhost:${port}`,
    output: () => printed,
    stop: async () => {
      if (child.pid !== undefined && child.exitCode === null) {
        process.kill(-child.pid, 'SIGTERM');
        await once(child, 'exit');
      }
    },
  };
}

function untilReady(child: ChildProcess, printed: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', () => {
      if (/^Ready: /m.test(printed())) resolve();
    });
    child.once('exit', (code) => reject(new Error(`The demo ended with ${code}:\n${printed()}`)));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
