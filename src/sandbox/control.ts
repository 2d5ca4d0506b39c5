import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import { nextWorkingMorning } from './clock.ts';
import type { Core } from './core.ts';
import type { Sandbox } from './index.ts';
import { inputs } from './inputs.ts';
import type { Change } from './types.ts';
import { ControlError, isFields, type Fields } from './values.ts';

const unitMs: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
/** `"2d"`, `"4h"`, `"30m"`, `"90s"`, `"1w"` or milliseconds, as milliseconds. */
const duration = z
  .union([z.number().nonnegative(), z.string().regex(/^\d+(\.\d+)?[smhdw]?$/)])
  .transform((given) => Number.parseFloat(`${given}`) * (unitMs[`${given}`.at(-1) ?? ''] ?? 1));
const jump = z.object({
  forward: duration.optional(),
  until: z.literal('next-working-morning').optional(),
  tz: z.string().optional(),
});

/** Paths under `POST /_control/` that are not the name of the sandbox's method. */
const methodOf = new Map([
  ['message', 'postMessage'],
  ['bot-message', 'botMessage'],
  ['edit', 'editMessage'],
  ['delete', 'deleteMessage'],
  ['read', 'markRead'],
  ['status', 'setStatus'],
  ['home-opened', 'openHome'],
  ['close-view', 'closeView'],
]);

/** Does what a command asks for; `undefined` when there is no such command. */
async function act(sandbox: Sandbox, path: string, body: unknown): Promise<unknown> {
  if (path === 'refresh-sockets') return sandbox.refreshSockets() ?? {};
  if (path === 'reset') return sandbox.reset() ?? {};
  if (path === 'clock') return await moveClock(sandbox, jump.parse(body));
  const name = methodOf.get(path) ?? path;
  if (!Object.hasOwn(inputs, name)) return undefined;
  // What the shape lets through is what the method of that name takes.
  const method = (sandbox as unknown as Record<string, (input: unknown) => unknown>)[name];
  const result = await method?.(inputs[name as keyof typeof inputs].parse(body));
  if (name === 'openHome') await sandbox.idle();
  return result ?? {};
}

async function moveClock(sandbox: Sandbox, { forward, until, tz }: z.infer<typeof jump>): Promise<Fields> {
  const { clock } = sandbox;
  const zone = tz ?? sandbox.state().users.find(({ is_bot }) => !is_bot)?.tz ?? 'Etc/UTC';
  const ms = until === undefined ? forward : nextWorkingMorning(clock.now(), zone) - clock.now();
  if (ms === undefined) throw new ControlError(400, 'Say how far: forward or until.');
  const summary = await clock.forward(ms);
  return { now: clock.now(), summary };
}

/** A channel's messages, or only what was changed or removed since a revision; not copied, as there may be many. */
function messages({ workspace }: Core, id: string, since: number): Fields {
  const { messages: all, byTs, changes, rev } = workspace.channel(id);
  if (Number.isNaN(since)) return { messages: all, rev };
  const isNewer = (ts: string): boolean => (changes.get(ts) ?? 0) > since;
  const removed = [...changes.keys()].filter((ts) => !byTs.has(ts) && isNewer(ts));
  return { messages: all.filter(({ ts }) => isNewer(ts)), removed, rev };
}

/** What can be seen under `GET /_control/`; `undefined` when there is no such thing. */
function look(core: Core, sandbox: Sandbox, name: string, id: string, since: number): unknown {
  if (name === 'state') return sandbox.state();
  if (name === 'messages') return messages(core, id, since);
  if (name === 'home') return { view: sandbox.home(id) ?? null };
  if (name === 'view') return { view: sandbox.view(id) ?? null, stack: sandbox.modals(id) };
  return name === 'log' ? { entries: sandbox.log() } : undefined;
}

/** Answers a request to the control API. Mistakes are answered in a sentence: `{ ok: false, error }`. */
export async function handleControl(
  core: Core,
  sandbox: Sandbox,
  { method, url, body }: { method: string; url: URL; body: Buffer },
  response: ServerResponse,
): Promise<void> {
  const [, , name = '', id = ''] = url.pathname.split('/');
  if (name === 'events' && method === 'GET') return streamChanges(sandbox, response);
  let [status, result]: [number, unknown] = [200, undefined];
  try {
    const since = Number(url.searchParams.get('since') ?? Number.NaN);
    const given: unknown = body.length === 0 ? {} : JSON.parse(body.toString());
    const isQuery = method === 'GET';
    const answer = isQuery
      ? look(core, sandbox, name, decodeURIComponent(id), since)
      : method === 'POST' && (await act(sandbox, name, given));
    if (!isFields(answer)) throw new ControlError(404, `There is no ${method} /_control/${name}.`);
    const isMessage = answer.type === 'message';
    result = isQuery ? answer : isMessage ? { ok: true, message: answer } : { ok: true, ...answer };
  } catch (error) {
    status = error instanceof ControlError ? error.status : 400;
    result = { ok: false, error: mistake(error) };
  }
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
    .end(JSON.stringify(result));
}

/** What was wrong with a request. @throws the error itself when it is none of the asker's */
function mistake(error: unknown): string {
  if (error instanceof ControlError) return error.message;
  if (error instanceof z.ZodError) return z.prettifyError(error);
  if (error instanceof SyntaxError) return 'The body is not JSON.';
  if (error instanceof URIError) return 'The address is malformed.';
  throw error;
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
  const heartbeat = setInterval(() => response.write(': still here\n\n'), 15_000).unref();
  response.on('close', () => {
    clearInterval(heartbeat);
    stop();
    waiting.clear();
  });
}
