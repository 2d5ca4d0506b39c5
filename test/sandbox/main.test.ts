import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

interface Run {
  /** Everything it has said so far. */
  said: () => string;
  exit: Promise<unknown>;
}

function start(args: string[], env: Record<string, string> = {}): Run {
  const child = spawn(process.execPath, ['src/sandbox/main.ts', ...args], {
    env: { PATH: process.env['PATH'], SANDBOX_PORT: '0', ...env },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (text += String(part)));
  return { said: () => text, exit: once(child, 'close').then(([code]) => code as unknown) };
}

async function saying(run: Run, what: RegExp): Promise<string> {
  while (!what.test(run.said())) await new Promise((resolve) => setTimeout(resolve, 20));
  return run.said();
}

function file(name: string, content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

test('it says where it is and what to give the app, and that works', async () => {
  const said = await saying(start([]), /Ctrl\+C/);
  const [, apiUrl = ''] = /SLACK_API_URL=(\S+)/.exec(said) ?? [];
  const [, token] = /SLACK_BOT_TOKEN=(\S+)/.exec(said) ?? [];
  expect(said).toMatch(/SLACK_APP_TOKEN=xapp-/);
  const answer = await fetch(`${apiUrl}auth.test`, { headers: { authorization: `Bearer ${token}` } });
  expect(await answer.json()).toMatchObject({ ok: true, bot_id: 'B0APP' });
});

test("a manifest gives the app's name and commands, and the address of an app that is reached by HTTP", async () => {
  const content = [
    'display_information: { name: Robot }',
    'features: { slash_commands: [{ command: /beep, description: Beep }] }',
    'settings: { event_subscriptions: { request_url: "http://localhost:9/events", bot_events: [] } }',
  ];
  const said = await saying(start([file('manifest.yml', content.join('\n'))]), /Ctrl\+C/);
  expect(said).toMatch(/SLACK_SIGNING_SECRET=.*\n\nEvents go to http:\/\/localhost:9\/events/);
  const [, url = ''] = /sandbox is at (\S+)/.exec(said) ?? [];
  const state: unknown = await (await fetch(`${url}/_control/state`)).json();
  expect(state).toMatchObject({ apps: [{ name: 'Robot' }], commands: [{ command: '/beep' }] });
});

test.each<[string, () => string, RegExp]>([
  ['is not there', () => 'nowhere.yml', /^The manifest nowhere\.yml can't be used \(ENOENT.*\n$/],
  ['is no YAML', () => file('m.yml', 'name: ['), /^The manifest .*m\.yml can't be used \(.*\n$/],
  [
    'has a mistake',
    () => file('m.json', '{"display_information":{"name":7}}'),
    /\(display_information\.name: Invalid input: expected string.*\n$/,
  ],
])('a manifest that %s ends it with one sentence', async (_what, path, sentence) => {
  const run = start([], { SANDBOX_MANIFEST: path() });
  expect(await run.exit).toBe(1);
  expect(run.said()).toMatch(sentence);
  expect(run.said().trim().split('\n')).toHaveLength(1);
});

test('a port that is taken, or none at all, ends it with one sentence', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const run = start([], { SANDBOX_PORT: String(port) });
  expect(await run.exit).toBe(1);
  expect(run.said()).toMatch(/^The sandbox can't use port \d+ \(.*\)\. Set SANDBOX_PORT to a free one\.\n$/);
  const odd = start([], { SANDBOX_PORT: 'many' });
  expect(await odd.exit).toBe(1);
  expect(odd.said()).toBe('SANDBOX_PORT must be a number from 0 to 65535, not many.\n');
});
