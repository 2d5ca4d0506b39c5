import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { channels, demoWorkspace, people, productApp } from '../src/demo/workspace.ts';
import { type Sandbox, startSandbox } from '../src/sandbox/index.ts';

let folder: string;
let sandbox: Sandbox;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sixth-touch-'));
  sandbox = await startSandbox({ seed: demoWorkspace('Europe/Berlin') });
});

afterAll(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Running {
  child: ChildProcess;
  stdout: Promise<string>;
  stderr: Promise<string>;
  exit: Promise<number | null>;
}

/** Starts the app as an operator does, in a folder of its own. Undefined takes a setting away. */
function start(settings: Record<string, string | undefined> = {}): Running {
  const env = {
    PATH: process.env['PATH'],
    SLACK_BOT_TOKEN: productApp.botToken,
    SLACK_APP_TOKEN: productApp.appToken,
    SLACK_API_URL: sandbox.apiUrl,
    DATABASE_PATH: join(mkdtempSync(join(folder, 'run-')), 'sixth-touch.db'),
    PLAYBOOK_PATH: resolve('data/playbook.yml'),
    PORT: '0',
    ...settings,
  };
  const child = spawn(process.execPath, [resolve('src/start.js')], { cwd: folder, env, stdio: 'pipe' });
  onTestFinished(() => void child.kill('SIGKILL'));
  return {
    child,
    stdout: text(child.stdout),
    stderr: text(child.stderr),
    exit: new Promise((done) => child.once('exit', done)),
  };
}

async function listen(): Promise<{ server: Server; port: number }> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, done));
  return { server, port: (server.address() as AddressInfo).port };
}

async function freePort(): Promise<number> {
  const { server, port } = await listen();
  await new Promise((done) => server.close(done));
  return port;
}

async function statusOf(url: string): Promise<number> {
  return fetch(url).then(
    (response) => response.status,
    () => 0,
  );
}

async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await what())) await new Promise((done) => setTimeout(done, 20));
}

function inFolder(name: string, content: string): string {
  const path = join(mkdtempSync(join(folder, 'file-')), name);
  writeFileSync(path, content);
  return path;
}

describe('what keeps the app from starting is said in one clear sentence, and the exit code is 1', () => {
  test.each<[string, () => Record<string, string | undefined>, RegExp]>([
    [
      'no token',
      () => ({ SLACK_BOT_TOKEN: undefined }),
      /^SLACK_BOT_TOKEN is missing: it must begin with xoxb-/,
    ],
    [
      'a token that Slack does not know',
      () => ({ SLACK_BOT_TOKEN: 'xoxb-wrong' }),
      /^Slack did not accept SLACK_BOT_TOKEN \(.*invalid_auth\)\. Copy it again from/,
    ],
    [
      'an app token that Slack does not know',
      () => ({ SLACK_APP_TOKEN: 'xapp-wrong' }),
      /^Slack could not be reached for events \(.*invalid_auth\)\. Check SLACK_APP_TOKEN/,
    ],
    [
      'a database that can not be written',
      () => {
        const DATABASE_PATH = join(folder, 'a-folder');
        mkdirSync(DATABASE_PATH);
        return { DATABASE_PATH };
      },
      /^The database .*a-folder can't be opened \(.*\)\. Set DATABASE_PATH to a file in a folder that this user may write to\./,
    ],
    [
      'a database in a folder that can not be made',
      () => ({ DATABASE_PATH: join(inFolder('file', ''), 'sixth-touch.db') }),
      /^The database .*sixth-touch\.db can't be opened \(.*\)\. Set DATABASE_PATH/,
    ],
    [
      'a playbook with a mistake',
      () => ({ PLAYBOOK_PATH: inFolder('playbook.yml', 'name: [') }),
      /^.*playbook\.yml, line 1: \S/,
    ],
    [
      'a playbook that is not there',
      () => ({ PLAYBOOK_PATH: join(folder, 'nowhere.yml') }),
      /^.*nowhere\.yml can't be read \(ENOENT\)\. Put the file back or set PLAYBOOK_PATH/,
    ],
  ])('%s', async (_what, settings, sentence) => {
    const { exit, stderr } = start(settings());
    expect(await exit).toBe(1);
    const said = (await stderr).trim();
    expect(said).toMatch(sentence);
    expect(said.split('\n')).toHaveLength(1);
  });

  test.each([
    ['Socket Mode', {}],
    ['HTTP', { SLACK_SIGNING_SECRET: productApp.signingSecret }],
  ])('a port that is taken, %s', async (_mode, settings) => {
    const { server, port } = await listen();
    onTestFinished(() => void server.close());
    const { exit, stderr } = start({ ...settings, PORT: String(port) });
    expect(await exit).toBe(1);
    expect(await stderr).toBe(`Port ${port} is taken. Stop what uses it, or set PORT to another number.\n`);
  });
});

/** From the start to the end, with one thing done in between that takes Slack's events and an answer of ours. */
async function serve(slack: Sandbox, settings: Record<string, string>, port: number): Promise<string> {
  const { child, exit, stdout, stderr } = start({
    SLACK_API_URL: slack.apiUrl,
    PORT: String(port),
    ...settings,
  });
  const gone = exit.then(async (code) => {
    throw new Error(`It ended with ${code}: ${await stderr}`);
  });
  const url = `http://localhost:${port}`;
  const ready = until(async () => (await statusOf(`${url}/readyz`)) === 200);
  await Promise.race([ready, gone]);
  gone.catch(() => undefined);
  expect(await statusOf(`${url}/healthz`)).toBe(200);
  expect(await statusOf(`${url}/nothing-here`)).toBe(404);

  slack.invite({ channel: channels.leads, user: productApp.botUserId, by: people.mona });
  await until(() => slack.messages(channels.leads).some((message) => message.bot_id === productApp.botId));
  child.kill('SIGTERM');
  expect(await exit).toBe(0);
  expect(await statusOf(`${url}/healthz`)).toBe(0);
  expect(await stderr).toBe('');
  return stdout;
}

describe('with the right settings', () => {
  test('Socket Mode: it starts, is healthy and ready, answers, and ends with 0 on SIGTERM', async () => {
    const port = await freePort();
    const log = await serve(sandbox, {}, port);
    expect(log).toContain('Sixth Touch is running');
    expect(log).not.toContain(productApp.botToken);
    expect(log).not.toContain(productApp.appToken);
  });

  test('HTTP: it starts, is healthy and ready, answers, and ends with 0 on SIGTERM', async () => {
    const port = await freePort();
    const seed = demoWorkspace('Europe/Berlin');
    const apps = seed.apps.map((app) => ({ ...app, requestUrl: `http://localhost:${port}/slack/events` }));
    const slack = await startSandbox({ seed: { ...seed, apps } });
    onTestFinished(() => slack.stop());
    const log = await serve(slack, { SLACK_SIGNING_SECRET: productApp.signingSecret }, port);
    expect(log).toContain('Sixth Touch is running');
    expect(log).not.toContain(productApp.signingSecret);
  });

  test('Slack is away when it starts: it says so and ends, for a supervisor to try again', async () => {
    const { exit, stderr } = start({ SLACK_API_URL: `http://localhost:${await freePort()}/api/` });
    expect(await exit).toBe(1);
    const said = await stderr;
    expect(said).toMatch(/ECONNREFUSED|reached/);
    expect(said).not.toContain('did not accept');
    expect(said.trim().split('\n')).toHaveLength(1);
  });
});
