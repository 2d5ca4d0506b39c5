import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { nextWorkingMorning } from './clock.ts';
import type { Core } from './core.ts';
import { ControlError } from './errors.ts';
import { callFaults, deliveryFaults } from './faults.ts';
import type { Sandbox } from './index.ts';
import { openViews } from './snapshot.ts';
import type { Change } from './types.ts';

const fields = z.record(z.string(), z.unknown());
const text = z.string().min(1);
const maybe = text.optional();
const place = z.object({ channel: text, user: text });

const unitMs: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
/** `"2d"`, `"4h"`, `"30m"`, `"90s"`, `"1w"` or milliseconds, as milliseconds. */
const duration = z.union([
  z.number().nonnegative(),
  z
    .string()
    .regex(/^\d+(\.\d+)?[smhdw]?$/)
    .transform((written) => Number.parseFloat(written) * (unitMs[written.at(-1) ?? ''] ?? 1)),
]);

const faultRule = z.object({
  match: z.object({ method: text, channel: text, type: text, block: text }).partial().optional(),
  do: z.enum([...callFaults, ...deliveryFaults]),
  times: z.number().int().positive().optional(),
  ms: z.number().nonnegative().optional(),
});

const action = z.looseObject({ action_id: text, type: maybe, block_id: maybe });
const acting = { user: text, action, values: fields.optional() };
const acted = z.union([
  z.object({ ...acting, viewId: text }),
  z.object({ ...acting, channel: text, messageTs: text }),
]);
const botPost = z.object({
  channel: text,
  username: text,
  text: z.string().optional(),
  attachments: z.array(fields).optional(),
  blocks: z.array(fields).optional(),
  modern: z.boolean().optional(),
});

type Command = (sandbox: Sandbox, core: Core, body: unknown) => unknown;

/** A command that checks its input before it acts; what it returns is answered, `{ ok: true }` if that is nothing. */
function taking<T>(shape: z.ZodType<T>, act: (sandbox: Sandbox, input: T, core: Core) => unknown): Command {
  return async (sandbox, core, body) => (await act(sandbox, shape.parse(body), core)) ?? { ok: true };
}

const nothing = z.unknown();

/** The commands under `POST /_control/`. */
const commands: Record<string, Command> = {
  message: taking(place.extend({ text, thread_ts: maybe }), (sandbox, input) => ({
    ok: true,
    message: sandbox.postMessage(input),
  })),
  'bot-message': taking(botPost, (sandbox, input) => ({ ok: true, message: sandbox.botMessage(input) })),
  edit: taking(z.object({ channel: text, ts: text, text }), (sandbox, input) => ({
    ok: true,
    message: sandbox.editMessage(input),
  })),
  delete: taking(z.object({ channel: text, ts: text }), (sandbox, input) => sandbox.deleteMessage(input)),
  invite: taking(place.extend({ by: maybe }), (sandbox, input) => sandbox.invite(input)),
  leave: taking(place, (sandbox, input) => sandbox.leave(input)),
  archive: taking(z.object({ channel: text }), (sandbox, input) => sandbox.archive(input)),
  read: taking(place, (sandbox, input) => sandbox.markRead(input)),
  uninstall: taking(z.object({ app: maybe }), (sandbox, input) => sandbox.uninstall(input)),
  'home-opened': taking(z.object({ user: text, app: maybe }), async (sandbox, input) => {
    sandbox.openHome(input);
    await sandbox.idle();
  }),
  command: taking(place.extend({ command: text, text: z.string().optional() }), (sandbox, input) =>
    sandbox.command(input),
  ),
  interact: taking(acted, (sandbox, input) => sandbox.interact(input)),
  submit: taking(
    z.object({ user: text, viewId: maybe, values: fields.optional(), callback: maybe }),
    (sandbox, input) => sandbox.submit(input),
  ),
  'close-view': taking(z.object({ user: text, viewId: maybe }), (sandbox, input) => sandbox.closeView(input)),
  shortcut: taking(
    z.object({ user: text, callbackId: text, channel: maybe, messageTs: maybe }),
    (sandbox, input) => sandbox.shortcut(input),
  ),
  clock: taking(
    z.object({
      forward: duration.optional(),
      until: z.literal('next-working-morning').optional(),
      tz: maybe,
    }),
    async (sandbox, { forward, until, tz }, core) => {
      const now = sandbox.clock.now();
      const zone = tz ?? core.workspace.seed.users.find(({ is_bot }) => is_bot !== true)?.tz ?? 'Etc/UTC';
      const ms = until === undefined ? forward : nextWorkingMorning(now, zone) - now;
      if (ms === undefined) throw new ControlError(400, 'Say how far: forward or until.');
      const summary = await sandbox.clock.forward(ms);
      return { ok: true, now: sandbox.clock.now(), summary };
    },
  ),
  faults: taking(z.union([z.array(faultRule), faultRule.transform((rule) => [rule])]), (sandbox, rules) =>
    sandbox.faults(rules),
  ),
  'cut-sockets': taking(nothing, (sandbox) => sandbox.cutSockets()),
  'refresh-sockets': taking(nothing, (sandbox) => sandbox.refreshSockets()),
  reset: taking(nothing, (sandbox) => sandbox.reset()),
};

/** What can be seen under `GET /_control/`. */
const queries: Record<string, (sandbox: Sandbox, core: Core, id: string) => unknown> = {
  state: (sandbox) => sandbox.state(),
  // Not copied: the answer is written at once, and a channel may hold very many.
  messages: (_sandbox, core, channel) => ({ messages: core.workspace.channel(channel).messages }),
  home: (sandbox, _core, user) => ({ view: sandbox.home(user) ?? null }),
  view: (sandbox, core, user) => ({ view: sandbox.view(user) ?? null, stack: openViews(core, user) }),
  log: (sandbox) => ({ entries: sandbox.log() }),
};

/** Answers a request to the control API. Mistakes are answered in a sentence: `{ ok: false, error }`. */
export async function handleControl(
  core: Core,
  sandbox: Sandbox,
  [name = '', id = '']: string[],
  { method = '' }: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): Promise<void> {
  if (name === 'events' && method === 'GET') return streamChanges(sandbox, response);
  let [status, result]: [number, unknown] = [200, undefined];
  try {
    const query = method === 'GET' ? queries[name] : undefined;
    const command = method === 'POST' ? commands[name] : undefined;
    if (query !== undefined) result = query(sandbox, core, decodeURIComponent(id));
    else if (command === undefined) throw new ControlError(404, `There is no ${method} /_control/${name}.`);
    else result = await command(sandbox, core, body.length === 0 ? {} : JSON.parse(body.toString()));
  } catch (error) {
    const sentence = mistake(error);
    if (sentence === undefined) throw error;
    [status, result] = [error instanceof ControlError ? error.status : 400, { ok: false, error: sentence }];
  }
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
    .end(JSON.stringify(result));
}

/** What was wrong with a request, if that is what the error is about. */
function mistake(error: unknown): string | undefined {
  if (error instanceof ControlError) return error.message;
  if (error instanceof z.ZodError) return z.prettifyError(error);
  if (error instanceof SyntaxError) return 'The body is not JSON.';
  return error instanceof URIError ? 'The address is malformed.' : undefined;
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
