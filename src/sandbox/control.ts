import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { nextWorkingMorning } from './clock.ts';
import type { Core } from './core.ts';
import { ControlError } from './errors.ts';
import type { Sandbox } from './index.ts';
import { openViews } from './snapshot.ts';
import type { Change, Fields } from './types.ts';

const fields = z.record(z.string(), z.unknown());
const text = z.string().min(1);
const place = z.object({ channel: text, user: text });

/** `"2d"`, `"4h"`, `"30m"`, `"90s"`, `"1w"` or milliseconds, as milliseconds. */
const duration = z.union([
  z.number().nonnegative(),
  z
    .string()
    .regex(/^\d+(\.\d+)?[smhdw]?$/)
    .transform((written) => {
      const units: Record<string, number> = {
        s: 1000,
        m: 60_000,
        h: 3_600_000,
        d: 86_400_000,
        w: 604_800_000,
      };
      return Number.parseFloat(written) * (units[written.at(-1) ?? ''] ?? 1);
    }),
]);

const faultRule = z.object({
  match: z.object({ method: text, channel: text, type: text }).partial().optional(),
  do: z.enum([
    'drop',
    'apply_then_timeout',
    'apply_then_503',
    'apply_then_fatal_error',
    'apply_late',
    'ratelimit',
    'html_200',
    'internal_error',
    'lagging_history',
    'event_twice',
    'event_retry',
    'cut_socket',
  ]),
  times: z.number().int().positive().optional(),
  ms: z.number().nonnegative().optional(),
});

type Command = (sandbox: Sandbox, core: Core, body: unknown) => unknown;

/** The commands under `POST /_control/`; each checks its input and answers JSON. */
const commands: Record<string, Command> = {
  message: (sandbox, _core, body) => ({
    ok: true,
    message: sandbox.postMessage(place.extend({ text, thread_ts: text.optional() }).parse(body)),
  }),
  'bot-message': (sandbox, _core, body) => {
    const shape = z.object({
      channel: text,
      username: text,
      text: z.string().optional(),
      attachments: z.array(fields).optional(),
      blocks: z.array(fields).optional(),
      modern: z.boolean().optional(),
    });
    return { ok: true, message: sandbox.botMessage(shape.parse(body)) };
  },
  edit: (sandbox, _core, body) => ({
    ok: true,
    message: sandbox.editMessage(z.object({ channel: text, ts: text, text }).parse(body)),
  }),
  delete: (sandbox, _core, body) =>
    done(sandbox.deleteMessage(z.object({ channel: text, ts: text }).parse(body))),
  invite: (sandbox, _core, body) => done(sandbox.invite(place.extend({ by: text.optional() }).parse(body))),
  leave: (sandbox, _core, body) => done(sandbox.leave(place.parse(body))),
  archive: (sandbox, _core, body) => done(sandbox.archive(z.object({ channel: text }).parse(body))),
  read: (sandbox, _core, body) => done(sandbox.markRead(place.parse(body))),
  uninstall: (sandbox, _core, body) =>
    done(sandbox.uninstall(z.object({ app: text.optional() }).parse(body))),
  'home-opened': async (sandbox, _core, body) => {
    sandbox.openHome(z.object({ user: text, app: text.optional() }).parse(body));
    await sandbox.idle();
    return { ok: true };
  },
  command: (sandbox, _core, body) =>
    sandbox.command(place.extend({ command: text, text: z.string().optional() }).parse(body)),
  interact: (sandbox, _core, body) => {
    const common = {
      user: text,
      action: z.looseObject({ action_id: text, type: text.optional(), block_id: text.optional() }),
      values: fields.optional(),
    };
    const inMessage = z.object({ ...common, channel: text, messageTs: text });
    return sandbox.interact(z.union([z.object({ ...common, viewId: text }), inMessage]).parse(body));
  },
  submit: (sandbox, _core, body) => {
    const shape = z.object({
      user: text,
      viewId: text.optional(),
      values: fields.optional(),
      callback: text.optional(),
    });
    return sandbox.submit(shape.parse(body));
  },
  'close-view': (sandbox, _core, body) =>
    sandbox.closeView(z.object({ user: text, viewId: text.optional() }).parse(body)),
  shortcut: (sandbox, _core, body) => {
    const shape = z.object({
      user: text,
      callbackId: text,
      channel: text.optional(),
      messageTs: text.optional(),
    });
    return sandbox.shortcut(shape.parse(body));
  },
  clock: async (sandbox, core, body) => {
    const shape = z.object({
      forward: duration.optional(),
      until: z.literal('next-working-morning').optional(),
      tz: text.optional(),
    });
    const { forward, until, tz } = shape.parse(body);
    const now = sandbox.clock.now();
    const zone = tz ?? core.workspace.seed.users.find(({ is_bot }) => is_bot !== true)?.tz ?? 'Etc/UTC';
    const ms = until === undefined ? forward : nextWorkingMorning(now, zone) - now;
    if (ms === undefined) throw new ControlError(400, 'Say how far: forward or until.');
    const summary = await sandbox.clock.forward(ms);
    return { ok: true, now: sandbox.clock.now(), summary };
  },
  faults: (sandbox, _core, body) => {
    const rules = z.union([z.array(faultRule), faultRule.transform((rule) => [rule])]).parse(body);
    return done(sandbox.faults(rules));
  },
  'cut-sockets': (sandbox) => done(sandbox.cutSockets()),
  'refresh-sockets': (sandbox) => done(sandbox.refreshSockets()),
  reset: (sandbox) => done(sandbox.reset()),
};

/** What can be seen under `GET /_control/`. */
const queries: Record<string, (sandbox: Sandbox, core: Core, id: string) => unknown> = {
  state: (sandbox) => sandbox.state(),
  messages: (sandbox, _core, channel) => ({ messages: sandbox.messages(channel) }),
  home: (sandbox, _core, user) => ({ view: sandbox.home(user) ?? null }),
  view: (sandbox, core, user) => ({ view: sandbox.view(user) ?? null, stack: openViews(core, user) }),
  log: (sandbox) => ({ entries: sandbox.log() }),
};

function done(_result: void): { ok: true } {
  return { ok: true };
}

/** Answers a request to the control API. Mistakes are answered in a sentence: `{ ok: false, error }`. */
export async function handleControl(
  core: Core,
  sandbox: Sandbox,
  [name = '', id = '']: string[],
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): Promise<void> {
  if (name === 'events' && request.method === 'GET') return streamChanges(sandbox, response);
  try {
    const result = await answerTo(core, sandbox, request.method ?? '', name, decodeURIComponent(id), body);
    sendJson(response, 200, result);
  } catch (error) {
    const known =
      error instanceof z.ZodError
        ? new ControlError(400, z.prettifyError(error))
        : error instanceof SyntaxError
          ? new ControlError(400, 'The body is not JSON.')
          : error;
    if (!(known instanceof ControlError)) throw error;
    sendJson(response, known.status, { ok: false, error: known.message });
  }
}

async function answerTo(
  core: Core,
  sandbox: Sandbox,
  method: string,
  name: string,
  id: string,
  body: Buffer,
): Promise<unknown> {
  const query = method === 'GET' ? queries[name] : undefined;
  if (query !== undefined) return query(sandbox, core, id);
  const command = method === 'POST' ? commands[name] : undefined;
  if (command === undefined) throw new ControlError(404, `There is no ${method} /_control/${name}.`);
  const input = body.length === 0 ? {} : (JSON.parse(body.toString()) as Fields);
  return await command(sandbox, core, input);
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
    .end(JSON.stringify(value));
}

const streamEveryMs = 50;

/**
 * Server-Sent Events: one small JSON line for each change, until the client goes away. What changes again within a
 * moment is told once: a clock that walks through two weeks would flood the page.
 */
function streamChanges(sandbox: Sandbox, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  response.write(': connected\n\n');
  const waiting = new Map<string, Change>();
  const flush = (): void => {
    for (const change of waiting.values()) response.write(`data: ${JSON.stringify(change)}\n\n`);
    waiting.clear();
  };
  const stop = sandbox.onChange((change) => {
    if (waiting.size === 0) setTimeout(flush, streamEveryMs).unref();
    waiting.set(change.type === 'clock' ? 'clock' : JSON.stringify(change), change);
  });
  const heartbeat = setInterval(() => response.write(': still here\n\n'), 15_000);
  heartbeat.unref();
  response.on('close', () => {
    clearInterval(heartbeat);
    stop();
    waiting.clear();
  });
}
